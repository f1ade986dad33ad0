// Who calls the API: whom the verified token names, as the person whom the config knows.
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { beforeAll, describe, expect, test } from "vitest";
import { applyOrganisation } from "../functions/apply-organisation.ts";
import { type Directory, directory } from "../functions/directory.ts";
import { knownBy, signedIn } from "../functions/signed-in.ts";
import { loadConfig } from "../schemas/load-config.ts";
import { anEntrance, config } from "./support/intake.ts";

const tenant = "6f0c1f6e-0000-4000-8000-74656e616e74";
const account = "0b1ec7ed-0000-4000-8000-000000000001";

/** As the gateway hands them over, once it has verified issuer, audience, signature and time. */
const by = (claims: Readonly<Record<string, unknown>>) =>
  signedIn({ requestContext: { authorizer: { jwt: { claims } } } } as unknown as APIGatewayProxyEventV2);

const ofMicrosoft = {
  iss: `https://login.microsoftonline.com/${tenant}/v2.0`,
  tid: tenant,
  sub: "opaque",
  azp: "5e3ce6c0-2b1f-4285-8d4b-75ee78787346",
  scp: "access_as_user",
};

let house: Directory;
beforeAll(async () => {
  const hub = await anEntrance();
  const loaded = loadConfig(
    config
      .replace("email: ada@test.example", `email: ada@test.example, teams: ${account}`)
      .replace("name: Linus,", "name: Linus, teams: linus@test.example,"),
  );
  if ("problems" in loaded) throw new Error(JSON.stringify(loaded.problems));
  await applyOrganisation(hub, loaded);
  house = directory(hub.configItems, hub.clock);
});

async function personOf(claims: Readonly<Record<string, unknown>>) {
  const who = by(claims);
  return who === undefined ? undefined : knownBy(house, who);
}

describe("whoever signs in is known by", () => {
  test.each([
    ["an e-mail address", { sub: "s", email: "Ada@Test.example" }, "ada"],
    ["the name that Teams' tokens carry", { ...ofMicrosoft, preferred_username: "ada@test.example" }, "ada"],
    ["the name in older tokens", { ...ofMicrosoft, upn: "ada@test.example" }, "ada"],
    [
      "the account's own id",
      { ...ofMicrosoft, oid: account, preferred_username: "married@test.example" },
      "ada",
    ],
    [
      "the name in Teams",
      { ...ofMicrosoft, oid: "unknown", preferred_username: "Linus@test.example" },
      "linus",
    ],
  ])("%s", async (_, claims, person) => {
    expect(await personOf(claims)).toMatchObject({ id: person, assurance: "signed-in", via: "web" });
  });

  test("the account before the name: a name may have been somebody else's", async () => {
    const claims = { ...ofMicrosoft, oid: account, preferred_username: "linus@test.example" };
    expect(await personOf(claims)).toMatchObject({ id: "ada" });
  });

  test("no account and no name in Teams where another provider says them", async () => {
    expect(await personOf({ iss: "https://issuer.example", sub: "s", oid: account })).toMatchObject({
      id: "s",
    });
  });

  test("nothing, and may look all the same, under the name that the provider gives", async () => {
    const claims = { ...ofMicrosoft, oid: "unknown", preferred_username: "new@test.example", name: "New" };
    expect(await personOf(claims)).toEqual({
      kind: "person",
      id: "new@test.example",
      via: "web",
      assurance: "signed-in",
      name: "New",
    });
  });
});

describe("nobody is", () => {
  test.each([
    ["a call without claims", {}],
    [
      "a token whose tenant is not its issuer's",
      { ...ofMicrosoft, tid: "11111111-2222-4333-8444-555566667777", email: "ada@test.example" },
    ],
    ["an application of the tenant", { ...ofMicrosoft, scp: undefined, oid: account }],
    ["an application that says so", { ...ofMicrosoft, idtyp: "app", oid: account }],
  ])("%s", (_, claims) => {
    expect(by(claims)).toBeUndefined();
  });
});

test("what the config knows a person by does not go into what the person did", async () => {
  const claims = { ...ofMicrosoft, oid: account, preferred_username: "ada@test.example", name: "Ada L" };
  expect(Object.keys((await personOf(claims)) ?? {}).sort()).toEqual([
    "assurance",
    "id",
    "kind",
    "name",
    "via",
  ]);
});
