// Whoever is to come into the room is rung: once, and only while it is wanted.
import { afterEach, beforeEach, expect, test } from "vitest";
import { twilioVoice } from "../../functions/adapters/twilio/voice.ts";
import { make } from "../../functions/call-in/handler.ts";
import type { Actor } from "../../functions/core/command.ts";
import { minutes, seconds } from "../../functions/core/time.ts";
import {
  aCallHouse,
  adasPhone,
  type CallHouse,
  hubNumber,
  type PagedCall,
  publicUrl,
} from "../support/a-call.ts";
import { type CallProvider, callProvider } from "../support/call-provider.ts";
import { listening, records } from "../support/intake.ts";

let house: CallHouse;
let call: PagedCall;
let provider: CallProvider;
beforeEach(async () => {
  house = await aCallHouse();
  call = await house.page();
  provider = await callProvider(house.ports.clock.now);
  await call.order({ type: "OpenBridge" }, web("ada"));
  await call.order({ type: "SetUpBridge", round: 1, pinKey: "pin/1" });
});
afterEach(() => Promise.all([house.close(), provider.close()]));

const web = (id: string): Actor => ({ kind: "person", id, via: "web", assurance: "signed-in" });
const said = listening();
const callIn = (ref = "c1") => {
  const voice = twilioVoice({
    accountSid: `AC${"0".repeat(32)}`,
    credentials: { authToken: "t" },
    apiUrl: provider.apiUrl,
    from: hubNumber,
    publicUrl,
    timeoutMs: 300,
  });
  const detail = { stream: call.stream, version: 1, index: 0, ref, drill: false };
  return make({ ...house.ports, channels: { voice } })(records({ detail }), said.tools);
};
const asked = () => call.order({ type: "CallIn" }, web("ada"));
const rung = async () => (await call.state()).bridge.callIns["c1"];
const report = (form: Readonly<Record<string, string>>) =>
  house.post(`/twilio/reports/i1/call-in/c1`, { CallSid: provider.calls[0]?.sid ?? "CA1", ...form });

test("who asks for it is rung, and asked for a key when the call is answered", async () => {
  await asked();
  expect((await callIn()).batchItemFailures).toEqual([]);
  const form = Object.fromEntries(provider.calls[0]?.form ?? []);
  expect(form).toMatchObject({
    To: adasPhone,
    From: hubNumber,
    Url: `${publicUrl}/twilio/call-ins/i1/c1`,
    StatusCallback: `${publicUrl}/twilio/reports/i1/call-in/c1`,
    Timeout: "30",
  });
  // A machine never presses: nobody has to find out whether it is one.
  expect(Object.keys(form).filter((name) => /amd|machine/i.test(name))).toEqual([]);
  expect(await rung()).toMatchObject({ state: "handed", receipt: provider.calls[0]?.sid });
});

test("an order that comes twice rings once", async () => {
  await asked();
  await callIn();
  await callIn();
  expect(provider.calls).toHaveLength(1);
});

test("nobody is rung into a room that has ended, or in which they are", async () => {
  await asked();
  await call.order({ type: "AdmitCaller", call: "CA9", way: "pin", person: "ada" });
  await call.order({
    type: "RecordRoom",
    conference: "CF1",
    sequence: 1,
    happened: { what: "join", call: "CA9" },
  });
  await callIn();
  expect(await rung()).toMatchObject({ state: "failed" });
  expect(provider.asked).toEqual([]);
});

test("orders that waited together ring once, by the newest", async () => {
  await asked();
  house.pass(minutes(2));
  await asked();
  await callIn("c1");
  await callIn("c2");
  expect(provider.calls).toHaveLength(1);
  expect((await call.state()).bridge.callIns).toMatchObject({
    c1: { state: "failed" },
    c2: { state: "handed" },
  });
});

test("the end of the bridge ends the wish", async () => {
  await asked();
  await call.order({ type: "EndBridge" }, web("ada"));
  await callIn();
  expect(await rung()).toMatchObject({ state: "failed" });
  expect(provider.asked).toEqual([]);
});

test("a sender that is gone in the middle leaves no second ring behind", async () => {
  await asked();
  const now = house.ports.clock.now();
  const lease = `${call.stream}.c1`;
  await house.ports.leases.begin(
    lease,
    call.stream,
    (await house.house.incidents.load(call.stream)).epoch,
    now,
    now + seconds(30),
  );
  expect((await callIn()).batchItemFailures).toHaveLength(1);
  provider.calls.push({
    sid: `CA${"5".repeat(32)}`,
    form: new URLSearchParams({ To: adasPhone, From: hubNumber }),
    createdAt: now + 1,
    status: "ringing",
  });
  house.pass(minutes(1));
  await callIn();
  expect(provider.calls).toHaveLength(1);
  expect(await rung()).toMatchObject({ state: "handed", receipt: `CA${"5".repeat(32)}` });
});

test("a passing failure is tried again at once", async () => {
  await asked();
  provider.next({ kind: "status", status: 503, code: 20503 });
  await callIn();
  expect(provider.calls).toHaveLength(1);
  expect(await rung()).toMatchObject({ state: "handed" });
});

test("a call that nobody knows of is given up, and known again by its first report", async () => {
  await asked();
  provider.next({ kind: "is silent", taken: true });
  await callIn();
  expect(await rung()).toMatchObject({ state: "failed" });
  await report({ CallStatus: "initiated" });
  expect(await rung()).toMatchObject({ state: "handed", receipt: provider.calls[0]?.sid });
  await report({ CallStatus: "no-answer" });
  expect(await rung()).toMatchObject({ state: "failed" });
  await report({ CallStatus: "initiated" });
  expect(await rung()).toMatchObject({ state: "failed" });
});

test("a refusal of our account alarms the operator", async () => {
  await asked();
  provider.next({ kind: "status", status: 401, code: 20003 });
  await callIn();
  expect(said.counted).toContain("OperatorAlarm");
  expect(await rung()).toMatchObject({ state: "failed" });
});

test("a call that led into the room and was hung up did not fail", async () => {
  await asked();
  await callIn();
  const receipt = provider.calls[0]?.sid ?? "";
  await call.order({ type: "AdmitCaller", call: receipt, way: "call-in", person: "ada" });
  await report({ CallStatus: "completed" });
  expect(await rung()).toMatchObject({ state: "handed" });
});
