// By what people are recognised: an account belongs to one person, and a config that leaves it to weak claims is told so.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { keys } from "../../functions/organisation-items.ts";
import { loadConfig } from "../../schemas/load-config.ts";

const tenant = "6f0c1f6e-0000-4000-8000-74656e616e74";
const oid = "0b1ec7ed-0000-4000-8000-000000000001";
const entra = `https://login.microsoftonline.com/${tenant}/v2.0`;
const issuer = "https://login.test.example/";

const config = (ada: string, linus = `identity: { issuer: "${issuer}", subject: "linus" }`) => `
organisation: Test Works
people:
  ada: { name: Ada, time_zone: Europe/London, sms: "+12025550101", ${ada} }
  linus: { name: Linus, time_zone: Europe/Stockholm, sms: "+46701740605", ${linus} }
policies:
  shop: { levels: [{ page: [ada, linus] }] }
services:
  website: { name: Website, policy: shop }
sources:
  anything: { kind: generic, key: anything-key-0001 }
routing:
  - { service: website }
`;
const one = (subject: string, from = issuer) => `{ issuer: "${from}", subject: "${subject}" }`;

function loaded(text: string) {
  const config = loadConfig(text);
  if ("problems" in config) throw new Error(JSON.stringify(config.problems));
  return config;
}
const identitiesOf = (ada: string) => loaded(config(ada)).organisation.people[0]?.identities;
function problemsIn(ada: string, linus?: string): readonly string[] {
  const read = loadConfig(config(ada, linus));
  return "problems" in read
    ? read.problems.map(({ path, message, advice }) => `${path}: ${message}; ${advice}`)
    : [];
}
const warningsIn = (ada: string, linus?: string) =>
  loaded(config(ada, linus)).warnings.map(({ message }) => message);

describe("an account", () => {
  test("is one, or a list of up to five", () => {
    expect(identitiesOf(`identity: ${one("ada")}`)).toEqual([{ issuer, subject: "ada" }]);
    expect(identitiesOf(`identity: [${one("ada")}, ${one("x", entra)}]`)).toEqual([
      { issuer, subject: "ada" },
      { issuer: entra, subject: "x" },
    ]);
    const six = Array.from({ length: 6 }, (_, n) => one(`a${n}`)).join(", ");
    expect(problemsIn(`identity: [${six}]`)).toEqual([expect.stringContaining("at most 5 accounts")]);
    expect(problemsIn("identity: []")).toHaveLength(1);
  });

  test("is exact, but an object id at Microsoft is in small letters as its tokens write it", () => {
    expect(identitiesOf(`identity: ${one("ADA")}`)).toEqual([{ issuer, subject: "ADA" }]);
    expect(identitiesOf(`identity: ${one(oid.toUpperCase(), entra)}`)).toEqual([
      { issuer: entra, subject: oid },
    ]);
  });

  test("belongs to one person, once", () => {
    expect(problemsIn(`identity: ${one("linus")}`)).toEqual([
      'people.linus.identity: "ada" has the same account; name each account once: it belongs to one person',
    ]);
    expect(problemsIn(`identity: [${one("a")}, ${one("a")}]`)).toEqual([
      expect.stringMatching(/^people\.ada\.identity\[1\]: the same account is here twice/),
    ]);
    const [capitals, small] = [one(oid.toUpperCase(), entra), one(oid, entra)];
    expect(problemsIn(`identity: ${capitals}`, `identity: ${small}`)).toHaveLength(1);
    expect(problemsIn(`identity: ${one("linus", entra)}`)).toEqual([]);
  });

  test.each([
    ["no https address", one("a", "http://login.test.example"), "issuer"],
    ["an address with a query", one("a", "https://login.test.example?x"), "issuer"],
    ["an address with the key's own divider", one("a", "https://login.test.example/|a"), "issuer"],
    ["the issuer of one machine", one("operator", "urn:muster:this-machine"), "issuer"],
    ["an empty subject", one(""), "subject"],
    ["a subject in another alphabet", one("\u0430da"), "subject"],
    ["a subject of 256 characters", one("a".repeat(256)), "subject"],
    [
      "a subject that YAML takes for a number",
      `{ issuer: "${issuer}", subject: 117700000000000000001 }`,
      "quotes",
    ],
    ["no subject", `{ issuer: "${issuer}" }`, "subject is missing"],
    ["an unknown key", `{ issuer: "${issuer}", subject: a, email: x }`, '"email" is not known here'],
    ["the issuer of every tenant", one("a", "https://login.microsoftonline.com/common/v2.0"), "one tenant"],
  ])("is refused with %s, and the fault is named", (_, identity, named) => {
    expect(problemsIn(`identity: ${identity}`).join()).toContain(named);
  });

  test("is found in the store by issuer and subject, and by nothing that begins alike", () => {
    const a = keys.identity({ issuer: "https://a.example", subject: "b|c" });
    expect(a).toBe("identity/https://a.example|b|c");
    expect(keys.identity({ issuer: "https://a.example/b", subject: "c" })).not.toBe(a);
  });
});

describe("a config warns of people", () => {
  test("who are known by an e-mail address only, in one line for all of them", () => {
    expect(warningsIn("email: ada@test.example", "email: linus@test.example")).toEqual([
      "ada, linus: recognised at sign-in by e-mail address only",
    ]);
  });

  test("who are known by nothing, so that they can give no order in the command post", () => {
    expect(warningsIn("language: en")).toEqual([
      "ada: not recognised at sign-in, so the command post takes no orders from them",
    ]);
  });

  test("who are known in Teams by a name that can be given to somebody else", () => {
    expect(warningsIn(`identity: ${one("ada")}, teams: ada@test.example`)).toEqual([
      "ada: known in Teams by user principal name, which can be given to another account",
    ]);
  });

  test("and of nobody whose accounts stand there", () => {
    expect(warningsIn(`identity: ${one("ada")}, teams: ${oid}`)).toEqual([]);
    expect(warningsIn(`teams: ${oid}`)).toEqual([]);
  });

  test("in lines that stay short", () => {
    const people = Array.from(
      { length: 20 },
      (_, n) => `  p${n}: { name: P, time_zone: UTC, sms: "+12025550${110 + n}" }\n`,
    ).join("");
    const text = config(`identity: ${one("ada")}`).replace("policies:", `${people}policies:`);
    expect(loaded(text).warnings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^p0, p1, p2, p3, p4, p5, p6, p7 and 12 more: not recognised/),
    ]);
  });

  test("and so does the sample, which is only to be tried out", () => {
    const sample = readFileSync(new URL("../../muster.yaml", import.meta.url), "utf8");
    expect(loaded(sample).warnings.map(({ message }) => message.replace(/^.*?: /, ""))).toEqual([
      "recognised at sign-in by e-mail address only",
      "known in Teams by user principal name, which can be given to another account",
      "not recognised at sign-in, so the command post takes no orders from them",
      "the sample's demo keys are known to everybody",
    ]);
  });
});
