// CloudWatch alarms from the bus.
import { beforeEach, expect, test } from "vitest";
import { sha256 } from "../../functions/digest.ts";
import { make } from "../../functions/receive-alarm/handler.ts";
import { anEntrance, listening, records, type Said } from "../support/intake.ts";

const alarm = (value: string, more: object = {}) => ({
  version: "0",
  id: "c4c1c1c9-0000-4000-8000-000000000001",
  "detail-type": "CloudWatch Alarm State Change",
  source: "aws.cloudwatch",
  account: "111122223333",
  time: "2026-11-03T01:14:00Z",
  region: "eu-west-1",
  resources: ["arn:aws:cloudwatch:eu-west-1:111122223333:alarm:Latency"],
  detail: {
    alarmName: "Latency",
    state: { value, reason: "Threshold crossed", timestamp: "2026-11-03T01:14:00.000+0000" },
    previousState: { value: "OK", timestamp: "2026-11-03T01:00:00.000+0000" },
    configuration: {},
  },
  ...more,
});

let hub: Awaited<ReturnType<typeof anEntrance>>;
let said: Said;
beforeEach(async () => {
  hub = await anEntrance();
  said = listening();
});

const idOf = (arn: string) => sha256(`aws|real|${arn}`).slice(0, 26);

const receive = (...events: readonly unknown[]) => make(hub)(records(...events), said.tools);

test("an alarm of a listed account is taken", async () => {
  expect(await receive(alarm("ALARM"))).toEqual({ batchItemFailures: [] });
  expect(said.lines.join()).toContain('"alerts":1');
});

test("an alarm of an account that nobody lists is refused for good, and that is recorded", async () => {
  expect(await receive(alarm("ALARM", { account: "999999999999" }))).toEqual({ batchItemFailures: [] });
  expect(said.lines.join()).toContain("account-not-listed");
  expect(said.counted).toEqual(["RefusedIntake"]);
});

test("the account is EventBridge's own word: what stands in the alarm changes nothing", async () => {
  const forged = alarm("ALARM", {
    account: "999999999999",
    resources: ["arn:aws:cloudwatch:eu-west-1:111122223333:alarm:Latency"],
  });
  await receive(forged);
  expect(said.counted).toEqual(["RefusedIntake"]);
});

test("a malformed alarm fails alone and is brought again; the others are taken", async () => {
  const malformed = alarm("ALARM", { detail: "Latency" });
  expect(await receive(alarm("ALARM"), malformed)).toEqual({ batchItemFailures: [{ itemIdentifier: "m1" }] });
});

test("an odd alarm is read as well as it can be, and the operator is told which field was odd", async () => {
  const odd = alarm("BURNING", { detail: { alarmName: 7, state: { value: "BURNING" } } });
  expect(await receive(odd)).toEqual({ batchItemFailures: [] });
  expect(said.counted).toEqual(["OddIntake"]);
  expect(said.lines.join()).toContain("detail.state.value must be ALARM, OK or INSUFFICIENT_DATA");
});

test("an alarm that waited in the queue while its end went by reopens nothing", async () => {
  const end = alarm("OK", { time: "2026-11-03T01:14:30Z" });
  await receive(alarm("ALARM"));
  await receive(end);
  await receive(alarm("ALARM"));
  const [record] = await hub.alerts.read([idOf("arn:aws:cloudwatch:eu-west-1:111122223333:alarm:Latency")]);
  expect(record).toMatchObject({ status: "resolved" });
});

test("an alarm whose actions AWS suppresses is recorded with that reason, and pages once they are not", async () => {
  const arn = "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:Latency";
  const state = { value: "ALARM", timestamp: "2026-11-03T01:14:00.000+0000" };
  const redacted = { alarmName: "Latency", state: { ...state, actionsSuppressedBy: "Alarm" } };
  await receive(alarm("ALARM", { detail: redacted }));
  const [held] = await hub.alerts.read([idOf(arn)]);
  expect(held?.disposition).toEqual({ kind: "suppressed", reason: "by-sender" });
  expect(said.lines.join()).toContain('"verdict":"by-sender"');
  await receive(alarm("ALARM", { detail: { alarmName: "Latency", state } }));
  const [fires] = await hub.alerts.read([idOf(arn)]);
  expect(fires).toMatchObject({ status: "firing", revision: 2 });
  expect(fires).not.toHaveProperty("disposition");
});

test("an event that is nothing at all fails alone", async () => {
  const failed = await receive(null, alarm("OK"), 7, []);
  expect(failed.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(["m0", "m2", "m3"]);
});
