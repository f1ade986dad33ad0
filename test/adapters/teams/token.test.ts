// The bot's own token: asked for rarely, kept as long as it is good, and shown to nobody else.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { botSecret, type FindSecret, type SecretFound } from "../../../functions/adapters/teams/secret.ts";
import { botTokens, type Tokens } from "../../../functions/adapters/teams/token.ts";
import { minutes, seconds } from "../../../functions/core/time.ts";
import { type Scripted, scriptedServer } from "../../support/scripted-server.ts";

const app = "b0700b07-70a5-4b1e-8e57-000000000002";
const tenant = "7e57ab1e-70a5-4b1e-8e57-000000000001";
const night = Date.parse("2026-11-21T02:00:00Z");

let count: number;
let now: number;
let entra: Awaited<ReturnType<typeof scriptedServer>>;
let secret: FindSecret;
let tokens: Tokens;

const invalidClient: Scripted = {
  status: 401,
  body: { error: "invalid_client", error_description: "AADSTS7000215: s3cret" },
};

beforeEach(async () => {
  count = 0;
  now = night;
  entra = await scriptedServer(({ body }) => {
    const form = new URLSearchParams(body);
    if (form.get("client_secret") !== "s3cret") return invalidClient;
    const access_token = `token-${++count}-${form.get("scope") ?? ""}`;
    return { status: 200, body: { token_type: "Bearer", expires_in: 3599, access_token } };
  });
  secret = () => Promise.resolve({ outcome: "done", secret: { clientSecrets: ["s3cret"] } });
  tokens = botTokens({
    app,
    tenant,
    secret: (refused) => secret(refused),
    clock: { now: () => now },
    addresses: { login: entra.url },
    patience: 200,
  });
});
afterEach(() => entra.stop());

const found = async (scope: "connector" | "graph" = "connector") => {
  const said = await tokens.token(scope);
  return said.outcome === "done" ? said.token : said;
};

test("it is asked for as an app asks, in the tenant, for one audience", async () => {
  expect(await found()).toBe("token-1-https://api.botframework.com/.default");
  expect(await found("graph")).toBe("token-2-https://graph.microsoft.com/.default");
  const [first] = entra.asked;
  expect(first).toMatchObject({ method: "POST", path: `/${tenant}/oauth2/v2.0/token` });
  expect(first?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
  expect(Object.fromEntries(new URLSearchParams(first?.body))).toEqual({
    grant_type: "client_credentials",
    client_id: app,
    client_secret: "s3cret",
    scope: "https://api.botframework.com/.default",
  });
});

test("many who need it at once ask once", async () => {
  const all = await Promise.all(Array.from({ length: 30 }, () => found()));
  expect(new Set(all).size).toBe(1);
  expect(entra.asked).toHaveLength(1);
});

test("it is kept until five minutes before its end", async () => {
  const first = await found();
  now += minutes(54);
  expect(await found()).toBe(first);
  now += minutes(1);
  expect(await found()).not.toBe(first);
  expect(entra.asked).toHaveLength(2);
});

describe("while no other can be had", () => {
  test.each<readonly [string, Scripted]>([
    ["the sign-in fails", { status: 503 }],
    ["it breaks", "reset"],
    ["it is silent", "silence"],
    ["it says something else", { status: 200, body: "<html>" }],
    ["it says yes and gives none", { status: 200, body: {} }],
    ["the secret is refused", invalidClient],
  ])("because %s the old one serves to its end, and is asked about rarely", async (_, trouble) => {
    const first = await found();
    now += minutes(56);
    entra.next(trouble);
    expect(await found()).toBe(first);
    expect(await found()).toBe(first);
    expect(entra.asked).toHaveLength(2);
    now += seconds(31);
    expect(await found()).toMatch(/^token-2/);
  });

  test("one that has ended is used no more", async () => {
    await found();
    now += minutes(60);
    entra.next({ status: 503 });
    expect(await found()).toEqual({ outcome: "retry", reason: "provider-error" });
  });
});

describe("without one, who asks is told", () => {
  test.each<readonly [string, Scripted, object]>([
    [
      "a secret that is refused",
      invalidClient,
      { outcome: "giveUp", reason: "account-refused", operator: true },
    ],
    [
      "an app that nobody knows",
      { status: 400, body: { error: "unauthorized_client" } },
      { outcome: "giveUp", reason: "account-refused", operator: true },
    ],
    [
      "a tenant that nobody knows",
      { status: 400, body: { error: "invalid_request" } },
      { outcome: "giveUp", reason: "account-refused", operator: true },
    ],
    [
      "a sign-in elsewhere",
      { status: 302 },
      { outcome: "giveUp", reason: "account-refused", operator: true },
    ],
    [
      "too many at once",
      { status: 429, headers: { "retry-after": "7" } },
      { outcome: "retry", reason: "rate-limited", after: 7000 },
    ],
    ["a failure", { status: 500 }, { outcome: "retry", reason: "provider-error" }],
    ["a page of a gateway", { status: 200, body: "<html>" }, { outcome: "retry", reason: "provider-error" }],
    [
      "an answer without a token",
      { status: 200, body: { expires_in: 3599 } },
      { outcome: "retry", reason: "provider-error" },
    ],
    // Nothing was said in the chat yet, so that it may be tried again whatever became of this.
    ["a connection that breaks", "reset", { outcome: "retry", reason: "provider-unreachable" }],
    ["silence", "silence", { outcome: "retry", reason: "timed-out" }],
  ])("of %s", async (_, answer, expected) => {
    entra.next(answer);
    const said = await found();
    expect(said).toEqual(expected);
    expect(JSON.stringify(said)).not.toContain("s3cret");
    expect(await found()).toMatch(/^token-1/);
  });

  test("of a secret that can't be read, as it was told of that", async () => {
    for (const refusal of [
      { outcome: "retry", reason: "provider-unreachable" },
      { outcome: "giveUp", reason: "sender-misconfigured", operator: true },
    ] as const) {
      secret = () => Promise.resolve(refusal);
      expect(await found()).toEqual(refusal);
    }
    expect(entra.asked).toEqual([]);
  });

  test("nothing was said to anybody where nobody listens", async () => {
    await entra.stop();
    expect(await found()).toEqual({ outcome: "retry", reason: "provider-unreachable" });
  });
});

test("while the secret is changed the one before opens as well, and a failure is no reason to try it", async () => {
  secret = () => Promise.resolve({ outcome: "done", secret: { clientSecrets: ["too new", "s3cret"] } });
  expect(await found()).toMatch(/^token-1/);
  expect(entra.asked).toHaveLength(2);
  now += minutes(60);
  entra.next({ status: 503 });
  expect(await found()).toMatchObject({ outcome: "retry" });
  expect(entra.asked).toHaveLength(3);
});

describe("a secret that was changed since it was read", () => {
  const held = (...clientSecrets: [string, ...string[]]): SecretFound => ({
    outcome: "done",
    secret: { clientSecrets },
  });

  test("is read again at once, and only what was not refused yet is tried", async () => {
    secret = (refused) => Promise.resolve(refused === undefined ? held("old") : held("s3cret", "old"));
    expect(await found()).toMatch(/^token-1/);
    expect(entra.asked).toHaveLength(2);
  });

  test("is refused where it is unchanged, and where the store is down", async () => {
    secret = () => Promise.resolve(held("old"));
    expect(await found()).toMatchObject({ reason: "account-refused" });
    secret = (refused) =>
      Promise.resolve(
        refused === undefined ? held("old") : { outcome: "retry", reason: "provider-unreachable" },
      );
    expect(await found()).toMatchObject({ reason: "account-refused" });
    expect(entra.asked).toHaveLength(2);
  });
});

test("one that was refused is forgotten, and no other one", async () => {
  const first = await found();
  tokens.forget("connector", "another");
  expect(await found()).toBe(first);
  tokens.forget("connector", typeof first === "string" ? first : "");
  expect(await found()).toMatch(/^token-2/);
});

test("a secret of another form is refused without being quoted", () => {
  expect(botSecret({ clientSecret: "s" }).clientSecrets).toEqual(["s"]);
  expect(botSecret({ clientSecret: "s", previousClientSecret: "p" }).clientSecrets).toEqual(["s", "p"]);
  for (const wrong of [
    {},
    null,
    "s3cret",
    { clientSecret: "" },
    { clientSecret: { a: "s3cret" } },
    ["s3cret"],
  ])
    expect(() => botSecret(wrong)).toThrow(/^(?!.*s3cret).*clientSecret/);
});
