// What the second carrier's events do to a page, through their own function.
import { afterEach, beforeEach, expect, test } from "vitest";
import { make } from "../../functions/receive-carrier-report/handler.ts";
import { aCallHouse, type CallHouse, type PagedCall } from "../support/a-call.ts";
import { records } from "../support/intake.ts";

let house: CallHouse;
let page: PagedCall;
beforeEach(async () => {
  house = await aCallHouse();
  page = await house.page();
});
afterEach(() => house.close());

const event = (
  eventType: string,
  context: object | undefined = { report: "/twilio/reports/i1/page/p1.0.1" },
) => ({
  id: "e1",
  source: "aws.sms-voice",
  "detail-type": "Text Message Delivery Status Updated",
  detail: { eventType, messageId: "m1", isFinal: true, destinationPhoneNumber: "+447700900001", context },
});
const receive = (...events: readonly unknown[]) => make(house.ports)(records(...events), house.said.tools);
const text = async () => (await page.pageNow())?.deliveries.find(({ channel }) => channel === "sms");
const closed = async () => Object.keys((await house.house.people.load("person/ada")).state.closed);

test("a text that was taken and delivered is so on the page", async () => {
  await receive(event("TEXT_PENDING"));
  expect(await text()).toMatchObject({ state: "handed", receipt: "m1" });
  await receive(event("TEXT_DELIVERED"));
  expect(await text()).toMatchObject({ state: "confirmed" });
});

test("an event that comes twice, or late, changes nothing", async () => {
  await receive(event("TEXT_DELIVERED"));
  const before = await house.ports.journal.history(page.stream, 0, 100);
  await receive(event("TEXT_DELIVERED"), event("TEXT_PENDING"), event("TEXT_QUEUED"));
  expect(await house.ports.journal.history(page.stream, 0, 100)).toEqual(before);
});

test("a number that is none is texted no more", async () => {
  await receive(event("TEXT_INVALID"));
  expect(await text()).toMatchObject({ state: "failed", reason: "number-invalid" });
  expect(await closed()).toEqual(["sms"]);
});

test("what only the operator can mend is counted", async () => {
  await receive(event("TEXT_CARRIER_BLOCKED"));
  expect(house.said.counted).toEqual(["OperatorAlarm"]);
});

test("an answer's own report, and what somebody else sent from this account, is nobody's", async () => {
  const others = [{}, { report: "/elsewhere" }, { report: "/twilio/reports/none/page/p1.0.1" }];
  expect(await receive(...others.map((context) => event("TEXT_INVALID", context)))).toEqual({
    batchItemFailures: [],
  });
  expect(await closed()).toEqual([]);
});

test("what is no delivery event fails alone, and no number gets into the log", async () => {
  const failed = await receive({ id: "e2", detail: { to: "+447700900001" } }, event("TEXT_DELIVERED"), null);
  expect(failed.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(["m0", "m2"]);
  expect(house.said.lines.join()).not.toContain("447700900001");
});
