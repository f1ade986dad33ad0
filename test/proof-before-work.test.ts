// What a stranger sends is not looked at before a proof is: a body that nobody may send is never read, and what has to be read
// for the proof is bounded first.
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { botProof } from "../functions/adapters/teams/bot-proof.ts";
import { make as answerLink } from "../functions/answer-link/handler.ts";
import type { HttpHandler } from "../functions/lambda.ts";
import { make as receiveActivity } from "../functions/receive-activity/handler.ts";
import { make as receiveAlert } from "../functions/receive-alert/handler.ts";
import { fromTwilio, largestForm, mostFields } from "../functions/twilio-call.ts";
import { simulatedTeams } from "../infra/local/simulator/chat/account.ts";
import { anEntrance, listening } from "./support/intake.ts";

let entrance: Awaited<ReturnType<typeof anEntrance>>;
beforeAll(async () => {
  entrance = await anEntrance();
});
afterAll(() => entrance.close());

/** A request whose body counts how often it is looked at. */
function aRequest(headers: Readonly<Record<string, string>>, body = "x=1", parameters = {}) {
  const looked = { count: 0 };
  const event = {
    rawPath: "/somewhere",
    rawQueryString: "",
    headers,
    pathParameters: parameters,
    requestContext: { http: { method: "POST" } },
    isBase64Encoded: false,
    get body() {
      looked.count += 1;
      return body;
    },
  } as unknown as APIGatewayProxyEventV2;
  return { event, looked };
}

const { tools } = listening();

describe("a body is not read", () => {
  const twilio = fromTwilio({ valid: () => Promise.resolve(false) }, "call", () =>
    Promise.reject(new Error("It was let in")),
  );

  test.each([
    ["no signature", {}],
    ["an empty one", { "x-twilio-signature": "" }],
    ["a long one", { "x-twilio-signature": "a".repeat(10_000) }],
    ["one of another digest", { "x-twilio-signature": Buffer.alloc(32).toString("base64") }],
    ["one with another sign", { "x-twilio-signature": `${"a".repeat(26)}*=` }],
  ])("of a form with %s", async (_, headers: Readonly<Record<string, string>>) => {
    const { event, looked } = aRequest(headers);
    expect((await twilio(event, tools)).statusCode).toBe(403);
    expect(looked.count).toBe(0);
  });

  test.each([
    ["no token", {}],
    ["no bearer token", { authorization: "Basic x" }],
    ["something that is no token", { authorization: "Bearer x.y.z" }],
    ["a token without end", { authorization: `Bearer ${"a".repeat(20_000)}` }],
    ["a token for somebody else", { authorization: `Bearer ${tokenFor("another-bot")}` }],
  ])("of an activity with %s", async (_, headers: Readonly<Record<string, string>>) => {
    const { id: app } = simulatedTeams.bot;
    const { clock } = entrance;
    const addresses = { keys: "http://127.0.0.1:9/keys", trusts: () => true };
    const proof = botProof({ app, tenant: simulatedTeams.tenant, clock, addresses });
    const activity: HttpHandler = receiveActivity({ ...entrance, botProof: proof } as never);
    const { event, looked } = aRequest(headers);
    expect((await activity(event, tools)).statusCode).toBe(401);
    expect(looked.count).toBe(0);
  });

  test.each([
    ["a wrong key", { source: "anything", key: "a-key-that-opens-nothing" }],
    ["an unknown source", { source: "nothing", key: "a-key-that-opens-nothing" }],
    ["no key", { source: "anything" }],
  ])("of alerts with %s", async (_, parameters) => {
    const { event, looked } = aRequest({}, "{}", parameters);
    expect((await receiveAlert(entrance)(event, tools)).statusCode).toBe(401);
    expect(looked.count).toBe(0);
  });

  test("of a link that this hub did not sign", async () => {
    const links = { read: () => Promise.resolve(undefined) };
    const { event, looked } = aRequest({}, "act=acknowledge", { token: "made-up" });
    expect((await answerLink({ ...entrance, links } as never)(event, tools)).statusCode).toBe(404);
    expect(looked.count).toBe(0);
  });
});

function tokenFor(aud: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "RS256", kid: "k" })}.${part({ aud })}.x`;
}

describe("a form that is said to be signed", () => {
  const headers = { "x-twilio-signature": Buffer.alloc(20).toString("base64") };
  let asked = 0;
  const twilio = fromTwilio(
    {
      valid: (_, __, form) => {
        asked += 1;
        return Promise.resolve(Object.keys(form).length > 0);
      },
    },
    "call",
    (form) => Promise.resolve({ statusCode: 200, body: String(Object.keys(form).length) }),
  );
  const answered = async (body: string) => {
    asked = 0;
    const { statusCode, body: said } = await twilio(aRequest(headers, body).event, tools);
    return { status: statusCode, said, asked };
  };
  const fields = (count: number) => Array.from({ length: count }, (_, n) => `k${n}=v`).join("&");

  test("is checked up to the bound, and refused unread beyond it", async () => {
    const longest = `k=${"a".repeat(largestForm - 2)}`;
    expect(await answered(longest)).toEqual({ status: 200, said: "1", asked: 1 });
    expect(await answered(`${longest}a`)).toMatchObject({ status: 413, asked: 0 });
    expect(await answered(fields(mostFields))).toEqual({ status: 200, said: `${mostFields}`, asked: 1 });
    expect(await answered(fields(mostFields + 1))).toMatchObject({ status: 413, asked: 0 });
    expect(await answered("&".repeat(largestForm))).toMatchObject({ status: 413, asked: 0 });
  });

  test("holds the longest text that Twilio brings, with ten pictures", async () => {
    const pictures = Array.from({ length: 10 }, (_, n) => [
      [`MediaUrl${n}`, `https://api.twilio.com/${"m".repeat(300)}`],
      [`MediaContentType${n}`, "image/jpeg"],
    ]).flat();
    const others = Array.from({ length: 40 }, (_, n) => [`Field${n}`, "x".repeat(60)]);
    const form = new URLSearchParams([["Body", "🚒".repeat(1_600)], ...pictures, ...others] as [
      string,
      string,
    ][]);
    expect(await answered(form.toString())).toMatchObject({ status: 200, asked: 1 });
  });
});
