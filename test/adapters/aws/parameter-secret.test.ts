// Secrets are read rarely, outlive the store that keeps them, and never show up in an error.
import { SSMClient } from "@aws-sdk/client-ssm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { laterCaller, laterChannel } from "../../../functions/adapters/aws/later-channel.ts";
import { parameterSecret } from "../../../functions/adapters/aws/parameter-secret.ts";
import { twilioSecret } from "../../../functions/adapters/twilio/secret.ts";
import { minutes } from "../../../functions/core/time.ts";
import type { Caller, Channel, OutboundText } from "../../../functions/ports.ts";
import { type Answer, type AwsServer, awsServer } from "../../support/aws-server.ts";

let aws: AwsServer;
let now = 0;
beforeEach(async () => {
  now = Date.UTC(2026, 10, 21, 2, 0);
  aws = await awsServer(() => kept({ accountSid: "AC1", authToken: "first" }));
});
afterEach(() => aws.stop());

const kept = (secret: unknown): Answer => ({
  body: { Parameter: { Value: typeof secret === "string" ? secret : JSON.stringify(secret) } },
});
const down: Answer = { status: 500, body: { __type: "InternalServerError" } };
const open = () =>
  parameterSecret(new SSMClient(aws.client), "/muster/twilio", { now: () => now }, twilioSecret);

describe("a secret", () => {
  test("is asked for decrypted, once for many that want it at the same time", async () => {
    const secret = open();
    const [one] = await Promise.all([secret(), secret(), secret()]);
    expect(one).toEqual({ accountSid: "AC1", credentials: { authToken: "first" }, authTokens: ["first"] });
    expect(aws.asked.map(({ input }) => input)).toEqual([{ Name: "/muster/twilio", WithDecryption: true }]);
  });

  test("that was changed is known after five minutes, and not asked for before", async () => {
    const secret = open();
    await secret();
    aws.answer = () => kept({ accountSid: "AC1", authToken: "second" });
    now += minutes(5) - 1;
    expect((await secret()).authTokens).toEqual(["first"]);
    now += 1;
    expect((await secret()).authTokens).toEqual(["second"]);
  });

  test("that a provider refuses is read again at once, but not again and again", async () => {
    const secret = open();
    const first = await secret();
    now += 2_000;
    const unchanged = await Promise.all([secret(first), secret(first), secret(first)]);
    expect(new Set(unchanged)).toEqual(new Set([first]));
    expect(aws.asked).toHaveLength(2);
    aws.answer = () => kept({ accountSid: "AC1", authToken: "second" });
    now += 1_999;
    expect(await secret(first)).toBe(first);
    now += 1;
    const second = await secret(first);
    expect(second.authTokens).toEqual(["second"]);
    // Somebody who still holds the first one gets what was read meanwhile.
    now += minutes(1);
    expect(await secret(first)).toBe(second);
    expect(aws.asked).toHaveLength(3);
  });

  test("that a provider refuses while the store is down stays as it is", async () => {
    const secret = open();
    const first = await secret();
    aws.answer = () => down;
    now += 2_000;
    expect(await secret(first)).toBe(first);
  });

  test("serves on while its store is down, and the store is left alone for a while", async () => {
    const secret = open();
    await secret();
    aws.answer = () => down;
    now += minutes(6);
    expect((await secret()).authTokens).toEqual(["first"]);
    expect((await secret()).authTokens).toEqual(["first"]);
    expect(aws.asked).toHaveLength(2);
  });

  test("that could never be read says where it should be", async () => {
    aws.answer = () => down;
    await expect(open()()).rejects.toThrow(/\/muster\/twilio/);
  });

  test.each([
    ["not JSON: hunter2"],
    ['{"authToken":"hunter2"}'],
    ['{"accountSid":"AC1","authToken":{"x":"hunter2"}}'],
  ])("in the form %s is refused without being quoted", async (value) => {
    aws.answer = () => kept(value);
    const error = await open()().catch((failure: unknown) => failure as Error);
    expect(error).toBeInstanceOf(Error);
    expect(`${(error as Error).stack} ${String((error as Error).cause)}`).not.toContain("hunter2");
  });

  test("during a rotation both tokens are there to send by", () => {
    expect(twilioSecret({ accountSid: "AC1", authToken: "a", nextAuthToken: "b" })).toEqual({
      accountSid: "AC1",
      credentials: { authToken: "a", nextAuthToken: "b" },
      authTokens: ["a", "b"],
    });
  });

  test("during a rotation both tokens count, and an API key is what texts are sent by", () => {
    const rotating = { accountSid: "AC1", authToken: "a", nextAuthToken: "b", apiKey: "SK1", apiSecret: "s" };
    expect(twilioSecret(rotating)).toEqual({
      accountSid: "AC1",
      credentials: { apiKey: "SK1", apiSecret: "s" },
      authTokens: ["a", "b"],
    });
  });
});

describe("a channel that needs a secret", () => {
  const message: OutboundText = {
    to: "+447700900001",
    text: "checkout down",
    drill: false,
    reference: "A4821",
    reportTo: "/twilio/reports/i/page/d",
    validFor: minutes(10),
  };
  const sent: Channel<OutboundText> = {
    send: () => Promise.resolve({ outcome: "done", receipt: "SM1" }),
    find: () => Promise.resolve({ outcome: "done", receipt: "SM1" }),
  };

  test("sends once it has it", async () => {
    expect(await laterChannel(open(), () => sent).send(message)).toEqual({ outcome: "done", receipt: "SM1" });
  });

  test("tries again when the secret store is down: nothing has gone out", async () => {
    aws.answer = () => down;
    const channel = laterChannel(open(), () => sent);
    expect(await channel.send(message)).toMatchObject({ outcome: "retry" });
    expect(await channel.find(message, now)).toMatchObject({ outcome: "unknown" });
  });

  test("calls the operator when the secret is missing: no retry will bring it", async () => {
    aws.answer = () => ({ status: 400, body: { __type: "ParameterNotFound" } });
    expect(await laterChannel(open(), () => sent).send(message)).toMatchObject({
      outcome: "giveUp",
      operator: true,
    });
  });

  test("calls the operator when the secret has a wrong form", async () => {
    aws.answer = () => kept("{}");
    expect(await laterChannel(open(), () => sent).send(message)).toMatchObject({
      outcome: "giveUp",
      operator: true,
    });
  });

  test("takes a call back once it has it, and says that nobody knows while the secret store is down", async () => {
    const unasked = () => Promise.reject(new Error("not asked for"));
    const caller: Caller = { send: unasked, find: unasked, takeBack: () => Promise.resolve("taken-back") };
    expect(await laterCaller(open(), () => caller).takeBack("CA1")).toBe("taken-back");
    aws.answer = () => down;
    expect(await laterCaller(open(), () => caller).takeBack("CA1")).toBe("unknown");
  });

  test("is opened anew when the secret was changed", async () => {
    const opened: string[] = [];
    const channel = laterChannel(open(), ({ authTokens }) => {
      opened.push(authTokens.join());
      return sent;
    });
    await channel.send(message);
    await channel.send(message);
    aws.answer = () => kept({ accountSid: "AC1", authToken: "second" });
    now += minutes(5);
    await channel.send(message);
    expect(opened).toEqual(["first", "second"]);
  });
});
