// The gate of the API, over the table: no route of a row that asks for a sign-in answers an account without the right to it.
import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { noChat } from "../functions/adapters/teams/chat.ts";
import { thisMachine } from "../functions/core/account/issuer.ts";
import { hasRight } from "../functions/core/rights.ts";
import type { SignIn } from "../functions/ports.ts";
import { type FunctionName, type Subscription, subscriptions } from "../functions/subscriptions.ts";
import { invocable, type LocalFunction } from "../infra/local/functions.ts";
import { aCallHouse } from "./support/a-call.ts";
import { claimsOf } from "./support/accounts.ts";

const rows = Object.entries<Subscription>(subscriptions).flatMap(([name, { routes = [], signedIn }]) =>
  signedIn === undefined ? [] : routes.map((route) => [route, name as LocalFunction, signedIn] as const),
);

const issuer = "https://login.test.example";
const oidc: SignIn = {
  mode: "oidc",
  issuer,
  clientId: "muster",
  scopes: "openid",
  bearer: "id_token",
};
/** As the gateway hands them over. */
const idToken = { iss: issuer, aud: "muster", sub: "u-1", email_verified: "true" };
const ada = { ...idToken, email: "ada@test.example" };

let house: Awaited<ReturnType<typeof aCallHouse>>;
beforeAll(async () => {
  house = await aCallHouse();
  await house.page();
});
afterAll(() => house.close());

interface Answer {
  readonly status: number;
  readonly body: string;
}

async function ask(name: FunctionName, route: string, claims: object | undefined, signIn: SignIn = oidc) {
  const ports = {
    ...house.ports,
    chat: noChat,
    carrierNames: { all: () => ["twilio"] as const },
    recordings: { read: () => Promise.resolve(undefined) },
    signInSettings: { signIn: () => signIn },
  };
  const invoke = invocable(name as "show-chat", ports as never, house.said.tools);
  const answer = (await invoke({
    routeKey: route,
    headers: {},
    pathParameters: { id: "i1", recording: "RE1" },
    body: JSON.stringify({ type: "sign-in" }),
    isBase64Encoded: false,
    requestContext: claims === undefined ? {} : { authorizer: { jwt: { claims } } },
  })) as APIGatewayProxyStructuredResultV2;
  return { status: answer.statusCode ?? 0, body: answer.body ?? "" } satisfies Answer;
}

describe.each(rows)("%s", (route, name, right) => {
  test("answers 401 without verified claims", async () => {
    expect((await ask(name, route, undefined)).status).toBe(401);
    expect((await ask(name, route, {})).status).toBe(401);
  });

  test("answers 401 to the token of a program, of another provider or of another client", async () => {
    for (const wrong of [{ gty: "client-credentials" }, { iss: "https://other.example" }, { azp: "other" }])
      expect((await ask(name, route, { ...ada, ...wrong })).status).toBe(401);
  });

  test("answers an account that is no person of the config by its right alone", async () => {
    const { status, body } = await ask(name, route, idToken);
    if (hasRight("viewer", right)) return expect([401, 403]).not.toContain(status);
    expect(status).toBe(403);
    expect(JSON.parse(body)).toMatchObject({
      type: "urn:muster:problem:not-a-person",
      detail: expect.stringContaining(`identity: { issuer: "${issuer}", subject: "u-1" }`),
    });
  });

  test("answers a person of the config, and the operator of one machine", async () => {
    expect([401, 403]).not.toContain((await ask(name, route, ada)).status);
    const operator = { iss: thisMachine, sub: "operator" };
    expect([401, 403]).not.toContain((await ask(name, route, operator, { mode: "local" })).status);
  });
});

test("some rows are for people of the config only, and some for viewers as well", () => {
  const rights = new Set(rows.map(([, , right]) => hasRight("viewer", right)));
  expect(rights).toEqual(new Set([true, false]));
});

/** The list says who is looking. */
async function you(claims: object) {
  const { body } = await ask("show-incidents", "GET /api/incidents", claims);
  return (JSON.parse(body) as { readonly you: Readonly<Record<string, unknown>> }).you;
}

test("a viewer is shown the line for the config, and a name that is marked as an account's", async () => {
  expect(await you({ ...idToken, name: "New Person" })).toEqual({
    id: "account:login.test.example|u-1",
    name: "New Person (account at login.test.example)",
    mayOrder: false,
    identityLine: `identity: { issuer: "${issuer}", subject: "u-1" }`,
  });
});

test("a person is shown by the name of the config, whatever the token says", async () => {
  expect(await you({ ...ada, name: "Somebody Else" })).toEqual({ id: "ada", name: "Ada", mayOrder: true });
});

test("a name can't hide or turn what stands beside it", async () => {
  const { name } = await you({ ...idToken, name: "\u202eada\u001b[2J\u0000\r\nnext" });
  expect(name).toBe("\ufffdada\ufffd[2J\ufffd next (account at login.test.example)");
  expect(String((await you({ ...idToken, name: "a".repeat(10_000) }))["name"]).length).toBeLessThan(300);
});

test.each([
  ["a control character", "u\u001b1"],
  ["another alphabet", "аda"],
  ["more than 255 characters", "a".repeat(256)],
  ["nothing but blanks", "  "],
])("a subject of %s is not taken", async (_, sub) => {
  expect((await ask("show-incidents", "GET /api/incidents", { ...ada, sub })).status).toBe(401);
});

test("on one machine an e-mail address plays its person, and no other issuer is taken", async () => {
  const played = await ask("show-incidents", "GET /api/incidents", claimsOf("ada@test.example"), {
    mode: "local",
  });
  expect(JSON.parse(played.body)).toMatchObject({ you: { id: "ada", mayOrder: true } });
  expect((await ask("show-incidents", "GET /api/incidents", ada, { mode: "local" })).status).toBe(401);
});
