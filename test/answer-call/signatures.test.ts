// Every address that Twilio calls about a call refuses what Twilio did not sign, to the last byte.
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import webhooks from "twilio/lib/webhooks/webhooks.js";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { aCallHouse, authToken, type CallHouse, type PagedCall, publicUrl } from "../support/a-call.ts";

let house: CallHouse;
let call: PagedCall;
beforeEach(async () => {
  house = await aCallHouse();
  call = await house.page();
});
afterEach(() => house.close());

const flipped = (text: string, at: number): string =>
  text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);
const withSignature = (event: APIGatewayProxyEventV2, change: (signature: string) => string) => ({
  ...event,
  headers: { "x-twilio-signature": change(event.headers["x-twilio-signature"] ?? "") },
});

const routes = {
  "/twilio/calls/i1/p1.1.1": { CallSid: "CA1", CallStatus: "in-progress" },
  "/twilio/calls/i1/p1.1.1/1": { CallSid: "CA1", Digits: "1" },
  "/twilio/call-ins/i1/c1": { CallSid: "CA1", CallStatus: "in-progress" },
  "/twilio/call-ins/i1/c1/1": { CallSid: "CA1", Digits: "1" },
  "/twilio/rooms/i1": {
    ConferenceSid: "CF1",
    SequenceNumber: "1",
    StatusCallbackEvent: "participant-join",
    CallSid: "CA1",
  },
  "/twilio/rooms/emergency": { ConferenceSid: "CF1", SequenceNumber: "1" },
  "/twilio/announcements/i1/a1": { ConferenceSid: "CF1" },
  "/twilio/reports/i1/call-in/c1": { CallSid: "CA1", CallStatus: "busy" },
  "/twilio/fallback": { CallSid: "CA1", ErrorCode: "11200" },
  "/twilio/reports/i1/page/p1.1.1": { CallSid: "CA1", CallStatus: "busy" },
  "/twilio/reports/i1/machine/p1.1.1": { CallSid: "CA1", AnsweredBy: "machine_start" },
} as const;

describe.each(Object.entries(routes))("%s", (path, form) => {
  test("hears what Twilio signed", async () => {
    expect((await house.post(path, form)).status).toBe(200);
  });

  test("hears what Twilio signed where a parameter came more than once", async () => {
    const pairs = [...Object.entries(form), ["MediaUrl", "b"], ["MediaUrl", "a"], ["MediaUrl", "b"]];
    const body = pairs.map(([name, value]) => `${name}=${encodeURIComponent(value ?? "")}`).join("&");
    const signed = webhooks.getExpectedTwilioSignature(authToken, publicUrl + path, {
      ...form,
      MediaUrl: ["b", "a", "b"],
    });
    const sent = (event: APIGatewayProxyEventV2) => withSignature({ ...event, body }, () => signed);
    expect((await house.post(path, form, sent)).status).toBe(200);
    const changed = (event: APIGatewayProxyEventV2) => ({ ...sent(event), body: body.replace("=a&", "=c&") });
    expect((await house.post(path, form, changed)).status).toBe(403);
  });

  test.each<[string, (event: APIGatewayProxyEventV2) => APIGatewayProxyEventV2]>([
    ["a flipped byte of the form", (event) => ({ ...event, body: flipped(event.body ?? "", 9) })],
    ["a field more", (event) => ({ ...event, body: `${event.body}&Digits=9` })],
    ["a flipped byte of the path", (event) => ({ ...event, rawPath: flipped(event.rawPath, 10) })],
    ["a query that was not signed", (event) => ({ ...event, rawQueryString: "a=b" })],
    ["a flipped byte of the signature", (event) => withSignature(event, (signed) => flipped(signed, 3))],
    ["no signature", (event) => ({ ...event, headers: {} })],
  ])("refuses %s, and changes nothing", async (_, spoil) => {
    const before = await call.state();
    expect((await house.post(path, form, spoil)).status).toBe(403);
    expect(await call.state()).toEqual(before);
    expect(house.said.lines.join()).toMatch(/not signed by Twilio/);
  });
});
