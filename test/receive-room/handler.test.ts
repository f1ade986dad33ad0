// The provider's reports of a room, onto the timeline of its incident.
import { afterEach, beforeEach, expect, test } from "vitest";
import { aCallHouse, type CallHouse, callSid, type PagedCall } from "../support/a-call.ts";

let house: CallHouse;
let call: PagedCall;
beforeEach(async () => {
  house = await aCallHouse();
  call = await house.page();
  await call.openBridge();
  await call.order({ type: "AdmitCaller", call: callSid, way: "call-in", person: "ada" });
});
afterEach(() => house.close());

const report = (event: string, sequence: number, sid: string = callSid, path = "/twilio/rooms/i1") =>
  house.post(path, {
    ConferenceSid: "CF1",
    SequenceNumber: String(sequence),
    StatusCallbackEvent: event,
    ...(sid === "" ? {} : { CallSid: sid }),
  });
const callers = async () =>
  Object.entries((await call.state()).bridge.callers).map(([, { person, presence, muted }]) => [
    person,
    presence,
    muted,
  ]);

test("who comes in, is muted, and leaves", async () => {
  expect((await report("participant-join", 1)).status).toBe(200);
  expect(await callers()).toEqual([["ada", "in", false]]);
  await report("participant-mute", 2);
  expect(await callers()).toEqual([["ada", "in", true]]);
  await report("participant-leave", 3);
  expect(await callers()).toEqual([["ada", "left", false]]);
});

test("reports that come twice and out of order end in what happened", async () => {
  for (const sequence of [3, 1, 3, 2, 1])
    await report(["", "participant-join", "participant-mute", "participant-leave"][sequence] ?? "", sequence);
  expect(await callers()).toEqual([["ada", "left", false]]);
});

test("whoever came by the fallback, let in by nobody, is there and unknown", async () => {
  await report("participant-join", 1, "CA9");
  expect(await callers()).toContainEqual([undefined, "in", false]);
});

test("a room of which only the PIN was known is its incident's, and nobody's once the PIN opens nothing", async () => {
  const claim = await house.ports.dialIn.claimOf(await house.ports.dialIn.pin(call.stream, 1));
  const path = `/twilio/rooms/${claim.replace("/", "-")}`;
  await report("participant-join", 1, "CA9", path);
  expect(await callers()).toContainEqual([undefined, "in", false]);
  expect((await report("participant-join", 1, "CA8", "/twilio/rooms/pin-none")).status).toBe(200);
  expect(await callers()).toHaveLength(2);
});

test("the end of the conference is everybody's", async () => {
  await report("participant-join", 1);
  await report("participant-join", 2, "CA9");
  await report("conference-end", 5, "");
  expect((await callers()).map(([, presence]) => presence)).toEqual(["left", "left"]);
});

test("the emergency room is counted and told to the operator, and is on no timeline", async () => {
  const before = await house.ports.journal.history(call.stream, 0, 100);
  await report("participant-join", 1, callSid, "/twilio/rooms/emergency");
  await report("participant-leave", 2, callSid, "/twilio/rooms/emergency");
  expect(house.said.counted).toEqual(["EmergencyRoom"]);
  expect(house.said.lines.join()).toContain("the emergency room is used");
  expect(await house.ports.journal.history(call.stream, 0, 100)).toEqual(before);
  expect((await house.house.incidents.load("incident/emergency")).version).toBe(0);
});

test("a room of an incident that nobody knows changes nothing", async () => {
  expect((await report("participant-join", 1, callSid, "/twilio/rooms/none")).status).toBe(200);
  expect((await house.house.incidents.load("incident/none")).version).toBe(0);
});
