// What an operator may say to a deployment, and what is refused before anything is made.
import { describe, expect, test } from "vitest";
import { nobodysAccount, readSettings } from "../../infra/settings.ts";
import { ownAccount, plain, productionAccount } from "./support/said.ts";

const nowhere = { account: undefined, region: undefined };
const read = (
  context: Readonly<Record<string, unknown>>,
  surroundings = nowhere as { account: string | undefined; region: string | undefined },
) => readSettings((name) => context[name], surroundings);

describe("Muster refuses to live", () => {
  test("in an account that is listed as production", () => {
    expect(() => read({ ...plain, account: productionAccount })).toThrow(/listed as production/);
  });

  test("in production's account when that is where the credentials point", () => {
    const { account: _notSaid, ...rest } = plain;
    expect(() => read(rest, { account: productionAccount, region: "eu-west-1" })).toThrow(
      /listed as production/,
    );
  });

  test("in an account that it watches", () => {
    expect(() => read({ ...plain, senderAccounts: ownAccount })).toThrow(/can't live in it/);
  });

  test("anywhere, until it is told which accounts are production", () => {
    expect(() => read({ ...plain, productionAccounts: "" })).toThrow(/-c productionAccounts=/);
  });
});

test("whoever gives an account is told everything else that is missing, at once, and how to give it", () => {
  const message = messageOf(() => read({ account: ownAccount }));
  for (const name of ["region", "operatorEmail", "signInIssuer", "signInClient"])
    expect(message).toContain(`${name} is missing: give -c ${name}=`);
  expect(message).toContain("-c twilioFrom=");
});

test("a value in a wrong form is named with the form that it should have", () => {
  expect(messageOf(() => read({ ...plain, operatorEmail: "nobody", twilioFrom: "0800 123" }))).toMatch(
    /operatorEmail is "nobody"[^]*twilioFrom is "0800 123"/,
  );
});

test("a domain without a certificate is refused", () => {
  expect(() => read({ ...plain, domain: "muster.example.com" })).toThrow(/certificate/);
});

test("a hub without a bot is complete, and so is a bot without a conversation in which the chat is probed", () => {
  const { teamsBotApp, teamsTenant, chatSite, ...bare } = plain;
  expect(read(bare)).toMatchObject({ teams: undefined, chatSite: undefined });
  const teams = { app: teamsBotApp, tenant: teamsTenant, parameter: "/muster/teams" };
  expect(read({ ...bare, teamsBotApp, teamsTenant })).toMatchObject({ teams, chatSite: undefined });
  expect(read(plain)).toMatchObject({ teams, chatSite });
  expect(read({ ...plain, teamsBotApp: teamsBotApp.toUpperCase() }).teams).toEqual(teams);
});

test("of a bot both is said or neither, and nothing is probed without one", () => {
  const { teamsBotApp, teamsTenant, chatSite, ...bare } = plain;
  for (const half of [{ teamsBotApp }, { teamsTenant }])
    expect(messageOf(() => read({ ...bare, ...half }))).toMatch(/-c teamsBotApp=… and -c teamsTenant=…/);
  expect(messageOf(() => read({ ...bare, chatSite }))).toMatch(/chatSite is probed by the bot/);
  for (const wrong of [
    "muster",
    "28:b0700b07-70a5-4b1e-8e57-000000000002",
    "{b0700b07-70a5-4b1e-8e57-000000000002}",
  ])
    expect(messageOf(() => read({ ...plain, teamsBotApp: wrong }))).toMatch(/teamsBotApp is "/);
});

test("a first deployment may be unprotected, by a word of its own and never by mistake", () => {
  expect([read(plain).isProtected, read({ ...plain, protected: "false" }).isProtected]).toEqual([
    true,
    false,
  ]);
  expect(messageOf(() => read({ ...plain, protected: "no" }))).toMatch(
    /protected is "no", but should be true/,
  );
});

test("a table to go on with is named by its stream, of this account and region", () => {
  const stream = (account: string, region = "eu-west-1") =>
    `arn:aws:dynamodb:${region}:${account}:table/muster-restored/stream/2026-11-21T02:00:00.000`;
  expect(read({ ...plain, adoptTable: stream(plain.account) }).adoptTable).toEqual({
    name: "muster-restored",
    stream: stream(plain.account),
  });
  for (const other of [stream("444455556666"), stream(plain.account, "eu-north-1")])
    expect(messageOf(() => read({ ...plain, adoptTable: other }))).toMatch(/of its own account and region/);
  expect(messageOf(() => read({ ...plain, adoptTable: "muster-restored" }))).toMatch(/ARN of the stream/);
});

test("the conversation in which the chat is probed is named by its whole address", () => {
  for (const chatSite of ["chat.example.com", "http://a/v3/conversations/b", "https://a/v3/conversations/"])
    expect(messageOf(() => read({ ...plain, chatSite }))).toMatch(/chatSite is "/);
});

describe("a sign-in", () => {
  const signInOf = (more: Readonly<Record<string, string>>) => read({ ...plain, ...more }).signIn;
  const audience = { signInAudience: "https://muster.example.com/api" };

  test("takes the ID token of any provider, which is for Muster's client alone", () => {
    expect(signInOf({})).toMatchObject({ bearer: "id_token", audience: "muster", scope: undefined });
  });

  test("takes the access token where something of it is meant for Muster alone", () => {
    expect(signInOf(audience)).toMatchObject({ bearer: "access_token", audience: audience.signInAudience });
    const scoped = { signInScope: "muster:use", signInScopes: "openid muster:use" };
    expect(signInOf(scoped)).toMatchObject({ bearer: "access_token", scope: "muster:use" });
  });

  test("takes a scope that is asked for under its long name", () => {
    const asked = { signInScope: "use", signInScopes: "openid api://muster/use" };
    expect(signInOf({ ...audience, ...asked }).scope).toBe("use");
  });

  test.each([
    [
      "an access token that any program of the provider can get",
      { signInBearer: "access_token" },
      "signInAudience=…",
    ],
    [
      "a scope of ID tokens",
      { signInBearer: "id_token", signInScope: "use", signInScopes: "openid use" },
      "ID tokens bear no scopes",
    ],
    [
      "another audience of ID tokens",
      { ...audience, signInBearer: "id_token" },
      "an ID token is for the client",
    ],
    ["a scope that nobody asks for", { ...audience, signInScope: "use" }, "it is not asked for"],
    ["scopes without an ID token", { ...audience, signInScopes: "profile" }, "add openid"],
    ["a scope with a blank", { ...audience, signInScope: "a b" }, 'signInScope is "a b"'],
    [
      "every tenant of Entra",
      { signInIssuer: "https://login.microsoftonline.com/organizations/v2.0" },
      "people of every organisation",
    ],
    [
      "every personal account of Microsoft",
      { signInIssuer: "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0" },
      "people of every organisation",
    ],
  ])("is refused with %s", (_, more, words) => {
    expect(messageOf(() => signInOf(more))).toContain(words);
  });
});

describe("a tab in Teams", () => {
  const tab = "7ab07ab0-1111-4222-8333-444455556666";
  const issuerOf = (tenant: string) => `https://login.microsoftonline.com/${tenant}/v2.0`;
  const right = { ...plain, teamsTabApp: tab, signInIssuer: issuerOf(plain.teamsTenant) };

  test("is there when its app is named, and not otherwise", () => {
    expect(read({ ...right, teamsTabApp: tab.toUpperCase() }).teamsTabApp).toBe(tab);
    expect(read(plain).teamsTabApp).toBeUndefined();
  });

  // Each would let in nobody, or people of every tenant.
  test.each([
    "https://issuer.example.com",
    issuerOf("common"),
    issuerOf("organizations"),
    issuerOf("consumers"),
    `${issuerOf(plain.teamsTenant)}/`,
    `https://sts.windows.net/${plain.teamsTenant}/`,
    `https://login.microsoftonline.com.example/${plain.teamsTenant}/v2.0`,
  ])("is refused with the issuer %s", (signInIssuer) => {
    expect(messageOf(() => read({ ...right, signInIssuer }))).toContain("teamsTabApp needs -c signInIssuer=");
  });

  test("is refused where people sign in to another tenant than the bot's", () => {
    const signInIssuer = issuerOf("11111111-2222-4333-8444-555566667777");
    expect(messageOf(() => read({ ...right, signInIssuer }))).toContain("teamsTenant is");
  });

  test("is refused with the bot's own app, and so is an API that takes the bot's tokens", () => {
    const bot = plain.teamsBotApp.toUpperCase();
    expect(messageOf(() => read({ ...right, teamsTabApp: bot }))).toContain("teamsTabApp is the bot's app");
    expect(messageOf(() => read({ ...right, signInAudience: bot }))).toContain(
      "signInAudience is the bot's app",
    );
    expect(messageOf(() => read({ ...right, signInClient: bot }))).toContain(
      "signInAudience is the bot's app",
    );
  });

  test("is named with its form, and all its faults at once", () => {
    expect(messageOf(() => read({ ...right, teamsTabApp: "muster-tab", operatorEmail: "nobody" }))).toMatch(
      /operatorEmail is[^]*teamsTabApp is "muster-tab", but should be the id/,
    );
  });
});

test("without an account there is a template to read, for an account that nobody has", () => {
  expect(read({})).toMatchObject({ account: nobodysAccount, operatorEmail: "operator@example.com" });
});

test("lists may come as text or as lists", () => {
  expect(read({ ...plain, senderAccounts: [productionAccount, "777788889999"] }).senderAccounts).toEqual(
    read({ ...plain, senderAccounts: `${productionAccount}, 777788889999` }).senderAccounts,
  );
});

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  return "nothing was refused";
}
