// The simulated second carrier: as strict about its callers as the service, on the same phones, and faulty on command.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { OutboundSpeech, OutboundText } from "../../../../../functions/ports.ts";
import { secondAccount } from "../../../../../infra/local/simulator/second-carrier/account.ts";
import { simulatedSecondCarrier } from "../../../../support/second-carrier.ts";
import { twilioClient } from "../../../../support/twilio-client.ts";

const ada = "+12025550101";
const message: OutboundText = {
  to: ada,
  text: "CRITICAL checkout. Reply 1 A4821 yes",
  drill: false,
  reference: "A4821",
  reportTo: "/twilio/reports/i1/page/p1.0.1",
  validFor: 300_000,
};
const speech: OutboundSpeech = { ...message, text: 'A page: "<no sales> & more".', language: "en-US" };

let world: Awaited<ReturnType<typeof simulatedSecondCarrier>>;
beforeEach(async () => {
  world = await simulatedSecondCarrier();
});
afterEach(() => world.close());

const told = () => world.events.map(({ detail }) => detail["eventType"]);
const until = async (holds: () => boolean) => {
  for (let n = 0; n < 200 && !holds(); n++) await new Promise((done) => setTimeout(done, 10));
  expect(holds()).toBe(true);
};

describe("a caller", () => {
  const date = "20261121T032307Z";
  const signed = (more: Readonly<Record<string, string>> = {}) => ({
    "content-type": "application/x-amz-json-1.0",
    "x-amz-target": "PinpointSMSVoiceV2.SendTextMessage",
    "x-amz-date": date,
    authorization: `AWS4-HMAC-SHA256 Credential=${secondAccount.credentials.accessKeyId}/20261121/eu-west-1/sms-voice/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, Signature=${"a".repeat(64)}`,
    ...more,
  });
  const ask = async (headers: Readonly<Record<string, string>>, body: unknown = {}) => {
    const answer = await fetch(`${world.url}/`, { method: "POST", headers, body: JSON.stringify(body) });
    return { status: answer.status, ...((await answer.json()) as { __type?: string; Reason?: string }) };
  };
  const other = (part: string, by: string) => ({ authorization: signed().authorization.replace(part, by) });

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ["no signature", { authorization: "Basic eDp5" }, "IncompleteSignatureException"],
    ["another service", other("sms-voice", "sns"), "InvalidSignatureException"],
    ["another region", other("eu-west-1", "us-east-1"), "InvalidSignatureException"],
    ["another day", other("20261121", "20261120"), "InvalidSignatureException"],
    ["a target that is not signed", other(";x-amz-target", ""), "InvalidSignatureException"],
    ["an unknown key", other("AKIA0000", "AKIA9999"), "UnrecognizedClientException"],
    ["another protocol", { "content-type": "application/json" }, "UnknownOperationException"],
    [
      "an operation that is not there",
      { "x-amz-target": "PinpointSMSVoiceV2.Nothing" },
      "UnknownOperationException",
    ],
  ])("with %s is refused", async (_, more, error) => {
    expect((await ask(signed(more))).__type).toContain(error);
  });

  test("with a body outside the service's bounds is told which field", async () => {
    const whole = {
      DestinationPhoneNumber: ada,
      OriginationIdentity: secondAccount.number,
      MessageBody: "x",
      TimeToLive: 60,
    };
    expect(await ask(signed(), whole)).toMatchObject({ status: 200 });
    for (const broken of [
      { DestinationPhoneNumber: "020" },
      { MessageBody: "" },
      { MessageBody: "x".repeat(1_601) },
      { TimeToLive: 4 },
      { TimeToLive: 259_201 },
      { Context: { a: "1", b: "2", c: "3", d: "4", e: "5", f: "6" } },
      { Nonsense: 1 },
    ])
      expect(await ask(signed(), { ...whole, ...broken })).toMatchObject({
        status: 400,
        Reason: "FIELD_VALIDATION_FAILED",
      });
    expect((await ask(signed(), { ...whole, OriginationIdentity: "pool-none" })).__type).toContain(
      "ResourceNotFoundException",
    );
  });
});

describe("a text", () => {
  test("is on the same phone as Twilio's, from its own number, and Twilio's API knows nothing of it", async () => {
    expect((await world.hub.sms?.send(message))?.outcome).toBe("done");
    expect(world.simulator.phone(ada).messages).toMatchObject([
      { from: secondAccount.number, direction: "outbound", body: message.text },
    ]);
    expect(await twilioClient(world.address).messages.list()).toEqual([]);
  });

  test("is reported with the context that it was sent with", async () => {
    await world.hub.sms?.send(message);
    await until(() => told().includes("TEXT_DELIVERED"));
    expect(world.events[0]?.detail).toMatchObject({ context: { report: message.reportTo }, isFinal: false });
    expect(world.events[1]?.detail).toMatchObject({ isFinal: true });
  });

  test("that does not arrive is on no phone, and its events say so, once, twice or never", async () => {
    world.carrier.fail({ kind: "undelivered" }, { kind: "events-doubled" });
    await world.hub.sms?.send(message);
    await until(() => told().length === 4);
    expect(told()).toEqual(["TEXT_PENDING", "TEXT_PENDING", "TEXT_UNREACHABLE", "TEXT_UNREACHABLE"]);
    expect(world.simulator.phone(ada).messages).toEqual([]);
  });
});

describe("a reply", () => {
  test("goes to the number that texted last", async () => {
    await world.hub.sms?.send(message);
    await world.simulator.text(ada, "1 A4821");
    expect(world.texts).toMatchObject([
      { originationNumber: ada, destinationNumber: secondAccount.number, messageBody: "1 A4821" },
    ]);
  });

  test("STOP is answered by the service, which then refuses to text that number until START", async () => {
    await world.carrier.text(ada, "Stop");
    expect(world.simulator.phone(ada).messages.at(-1)?.body).toContain("opted out");
    expect(await world.hub.sms?.send(message)).toMatchObject({ reason: "opted-out", method: "opted-out" });
    await world.carrier.text(ada, "START");
    expect((await world.hub.sms?.send(message))?.outcome).toBe("done");
    expect(world.texts.map(({ messageBody }) => messageBody)).toEqual(["Stop", "START"]);
  });
});

describe("a spoken message", () => {
  test("rings, is spoken word for word to whoever picks up, and hangs up; its events say how far it came", async () => {
    world.simulator.callee(ada, { kind: "human", answersIn: 10 });
    await world.hub.voice?.send(speech);
    await until(() => told().includes("VOICE_COMPLETED"));
    expect(told()).toEqual(["VOICE_INITIATED", "VOICE_RINGING", "VOICE_ANSWERED", "VOICE_COMPLETED"]);
    expect(world.simulator.phone(ada).calls).toMatchObject([
      { from: secondAccount.number, status: "completed", keyless: true, spoken: [speech.text] },
    ]);
  });

  test.each([
    ["busy", "VOICE_BUSY"],
    ["hangs-up", "VOICE_COMPLETED"],
  ] as const)("to a phone that is %s ends as %s", async (kind, event) => {
    world.simulator.callee(ada, kind === "busy" ? { kind } : { kind, answersIn: 10 });
    await world.hub.voice?.send(speech);
    await until(() => told().includes(event));
  });
});

test("faults can be laid down over HTTP, but not by a page", async () => {
  const fault = { kind: "throttled", to: ada };
  const post = (headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${world.url}/faults`, { method: "POST", headers, body: JSON.stringify(fault) });
  expect((await post({ origin: "https://elsewhere.example.com" })).status).toBe(403);
  expect((await post()).status).toBe(200);
  expect(await world.hub.sms?.send(message)).toEqual({ outcome: "retry", reason: "rate-limited" });
});
