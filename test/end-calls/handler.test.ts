// A page that ended stops ringing.
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Actor } from "../../functions/core/command.ts";
import type { DeliveryEvidence } from "../../functions/core/incident/commands.ts";
import { make } from "../../functions/end-calls/handler.ts";
import type { Caller } from "../../functions/ports.ts";
import { aCallHouse, type CallHouse, callSid, type PagedCall } from "../support/a-call.ts";
import { listening, records } from "../support/intake.ts";

let house: CallHouse;
let call: PagedCall;
let asked: string[];
let outcome: Awaited<ReturnType<Caller["takeBack"]>>;
beforeEach(async () => {
  house = await aCallHouse();
  call = await house.page();
  asked = [];
  outcome = "taken-back";
});
afterEach(() => house.close());

const ada: Actor = { kind: "person", id: "ada", via: "sms", assurance: "number" };
const unasked = () => Promise.reject(new Error("not asked for"));
const endCalls = () => {
  const takeBack: Caller["takeBack"] = (receipt) => {
    asked.push(receipt);
    return Promise.resolve(outcome);
  };
  const channels = { voice: { send: unasked, find: unasked, takeBack } };
  const detail = { stream: call.stream, version: 3, index: 0, ref: "p1", drill: false };
  return make({ journal: house.ports.journal, channels })(records({ detail }), listening().tools);
};
const found = (evidence: DeliveryEvidence, delivery = "p1.1.1") =>
  call.order({ type: "RecordDelivery", delivery, page: "p1", evidence });
const answered = () => call.order({ type: "Acknowledge", page: "p1" }, ada);

test("a call that waits or rings is taken back when its page was answered by text", async () => {
  await found({ outcome: "handed", receipt: callSid });
  await found({ outcome: "handed", receipt: "SM1" }, "p1.0.1");
  await answered();
  expect((await endCalls()).batchItemFailures).toEqual([]);
  expect(asked).toEqual([callSid]);
});

test("one in which somebody speaks goes on: our next words say how it stands", async () => {
  await found({ outcome: "pickedUp", who: "unknown", receipt: callSid });
  await answered();
  await endCalls();
  expect(asked).toEqual([]);
});

test.each<DeliveryEvidence>([
  { outcome: "giveUp", reason: "busy", operator: false },
  { outcome: "unknown", reason: "timed-out" },
])("one that is not with the provider, or not known to be ($outcome), is left alone", async (evidence) => {
  await found(evidence);
  await answered();
  await endCalls();
  expect(asked).toEqual([]);
});

test("a call that the second carrier took is not asked back of the first", async () => {
  await found({ outcome: "handed", receipt: "aws-1", carrier: "aws" });
  await answered();
  expect((await endCalls()).batchItemFailures).toEqual([]);
  expect(asked).toEqual([]);
});

test("when nobody knows whether it still rings it is asked again", async () => {
  await found({ outcome: "handed", receipt: callSid });
  await answered();
  outcome = "unknown";
  expect((await endCalls()).batchItemFailures).toHaveLength(1);
  outcome = "too-late";
  expect((await endCalls()).batchItemFailures).toEqual([]);
  // At once, when the record is brought again, and not after that.
  expect(asked).toEqual([callSid, callSid, callSid]);
});
