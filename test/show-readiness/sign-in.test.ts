// What readiness says of a config that leaves who somebody is to a weak claim.
import { describe, expect, test } from "vitest";
import type { Person } from "../../functions/core/organisation.ts";
import type { SignIn } from "../../functions/ports.ts";
import { signInFindings } from "../../functions/show-readiness/sign-in.ts";

const oid = "0b1ec7ed-0000-4000-8000-000000000001";
const issuer = "https://login.test.example";
const entra = "https://login.microsoftonline.com/6f0c1f6e-0000-4000-8000-74656e616e74/v2.0";
const at = (from: string): SignIn => ({ mode: "oidc", issuer: from, clientId: "muster", scopes: "openid" });

const person = (more: Partial<Person>, teams?: string): Person => ({
  id: "ada",
  name: "Ada",
  timeZone: "UTC",
  methods: teams === undefined ? [] : [{ id: "teams", channel: "teams", address: teams }],
  steps: { high: [], low: [] },
  ...more,
});
const says = (who: Person, signIn: SignIn) => signInFindings([who], signIn).map((finding) => finding.says);

describe("readiness says", () => {
  test.each([
    [
      "an e-mail address only",
      person({ email: "ada@test.example" }),
      at(issuer),
      /^Ada: .* by e-mail address only.*email_verified/,
    ],
    ["an e-mail address only, at Entra", person({ email: "ada@test.example" }), at(entra), /xms_edov/],
    ["nothing", person({}), at(issuer), /^Ada: not recognised at sign-in/],
    [
      "an account of another provider",
      person({ identities: [{ issuer: `${issuer}/`, subject: "a" }] }),
      at(issuer),
      /this hub signs in at https:\/\/login\.test\.example$/,
    ],
    [
      "a name in Teams",
      person({ identities: [{ issuer, subject: "a" }] }, "ada@test.example"),
      at(issuer),
      /^Ada: known in Teams by user principal name/,
    ],
    [
      "an account in Teams, where another provider signs in",
      person({}, oid),
      at(issuer),
      /not recognised at sign-in/,
    ],
  ])("that somebody is known by %s", (_, who, signIn, words) => {
    expect(says(who, signIn)).toEqual([expect.stringMatching(words)]);
  });

  test.each([
    ["an account of the provider", person({ identities: [{ issuer, subject: "a" }] }, oid), at(issuer)],
    [
      "one of several accounts",
      person({
        identities: [
          { issuer: entra, subject: "a" },
          { issuer, subject: "a" },
        ],
      }),
      at(issuer),
    ],
    ["the account in Teams, which is the one that signs in at Entra", person({}, oid), at(entra)],
  ])("nothing of whoever is known by %s", (_, who, signIn) => {
    expect(says(who, signIn)).toEqual([]);
  });

  test("nothing of sign-in on one machine, which has none, and of Teams all the same", () => {
    expect(says(person({}), { mode: "local" })).toEqual([]);
    expect(says(person({}, "ada@test.example"), { mode: "local" })).toHaveLength(1);
  });

  test("one thing for many people", () => {
    const many = Array.from({ length: 30 }, (_, n) => person({ id: `p${n}`, name: `P${n}` }));
    const [finding, ...others] = signInFindings(many, at(issuer));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ standing: "warning", area: "people", about: "sign-in" });
    expect(finding?.says.length).toBeLessThan(200);
  });
});
