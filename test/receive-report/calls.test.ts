// What Twilio reports of a call, through its own address to the timeline.
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Actor } from "../../functions/core/command.ts";
import { aCallHouse, type CallHouse, callSid, type PagedCall } from "../support/a-call.ts";

let house: CallHouse;
let call: PagedCall;
beforeEach(async () => {
  house = await aCallHouse();
  call = await house.page();
});
afterEach(() => house.close());

const callNow = async () => (await call.pageNow())?.deliveries.find(({ channel }) => channel === "voice");
const events = async () => house.ports.journal.history(call.stream, 0, 100);

test("a call whose order was never answered is known by its first report", async () => {
  await call.report("page", { CallStatus: "initiated" });
  expect(await callNow()).toMatchObject({ state: "handed", receipt: callSid });
});

test("who picked up comes by an address of its own, before or after that somebody did", async () => {
  await call.report("page", { CallStatus: "in-progress" });
  expect(await callNow()).toMatchObject({ state: "handed", pickedUp: "unknown", receipt: callSid });
  await call.report("machine", { AnsweredBy: "machine_start" });
  expect(await callNow()).toMatchObject({ pickedUp: "machine" });
  await call.report("page", { CallStatus: "in-progress" });
  expect(await callNow()).toMatchObject({ pickedUp: "machine" });
});

test("a report that comes twice, or late, changes nothing", async () => {
  for (const CallStatus of ["initiated", "in-progress", "completed"])
    await call.report("page", { CallStatus });
  const after = await events();
  for (const CallStatus of ["completed", "in-progress", "initiated", "ringing"])
    await call.report("page", { CallStatus });
  expect(await events()).toEqual(after);
});

test("a call that was answered with a key and then hung up did not fail", async () => {
  await call.report("page", { CallStatus: "in-progress" });
  const ada: Actor = { kind: "person", id: "ada", via: "voice", assurance: "number" };
  await call.order({ type: "Acknowledge", page: "p1" }, ada);
  const before = await events();
  await call.report("page", { CallStatus: "completed", CallDuration: "14" });
  expect(await events()).toEqual(before);
});

test("a number that can't be called is closed for calls, and a refused account alarms the operator", async () => {
  await call.report("page", { CallStatus: "failed", ErrorCode: "21215" });
  expect(house.said.counted).toEqual(["OperatorAlarm"]);
  expect(await callNow()).toMatchObject({ state: "failed", reason: "region-not-permitted" });
});

test.each(["page/p1.0.1", "notice/n1", "call-in/c1"])(
  "what the operator has to fix alarms as well when %s was refused",
  async (what) => {
    const form = { MessageSid: "SM1", MessageStatus: "undelivered", ErrorCode: "30034" };
    await house.post(`/twilio/reports/i1/${what}`, form);
    expect(house.said.counted).toEqual(["OperatorAlarm"]);
  },
);

test("a report on what nobody knows is taken and changes nothing", async () => {
  const form = { CallSid: callSid, CallStatus: "busy" };
  expect((await house.post("/twilio/reports/none/page/p1.1.1", form)).status).toBe(200);
  expect((await house.post("/twilio/reports/i1/page/p9.9.9", form)).status).toBe(200);
  expect((await house.post("/twilio/reports/i1/notice/n1", form)).status).toBe(200);
});
