// From the store's feed to the bus: what may be late, what may not be lost, and what may not hold up the rest.
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { marshall } from "@aws-sdk/util-dynamodb";
import type { DynamoDBRecord } from "aws-lambda";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { eventBridgeBus } from "../functions/adapters/aws/event-bridge-bus.ts";
import { dynamoFeedReader } from "../functions/adapters/dynamodb/stream.ts";
import type { StreamId } from "../functions/core/aggregate.ts";
import { hours, minutes } from "../functions/core/time.ts";
import { make } from "../functions/relay-events/handler.ts";
import { night } from "./contracts/store/subject.ts";
import { type Answer, type AwsServer, awsServer } from "./support/aws-server.ts";
import { listening } from "./support/intake.ts";
import { aSqliteStore } from "./support/stores.ts";

type Entry = { readonly Detail: string };
const refused: Record<string, string> = {};
let aws: AwsServer;
let away = false;
let hintFails = false;
let now = night;
beforeEach(async () => {
  [away, hintFails, now] = [false, false, night];
  for (const name of Object.keys(refused)) delete refused[name];
  aws = await awsServer(({ input }) => {
    if (away) return { status: 503, body: { __type: "InternalException" } };
    const outcomes = (input["Entries"] as readonly Entry[]).map(({ Detail }) => {
      const { stash } = JSON.parse(Detail) as { stash: string };
      const code = refused[stash];
      return code === undefined ? { EventId: stash } : { ErrorCode: code };
    });
    const failures = outcomes.filter((outcome) => "ErrorCode" in outcome).length;
    return { body: { FailedEntryCount: failures, Entries: outcomes } } satisfies Answer;
  });
});
afterEach(() => aws.stop());

async function relay(records: readonly DynamoDBRecord[]) {
  const { deadLetters } = aSqliteStore();
  const said = listening();
  const counts: [string, number | undefined][] = [];
  const handler = make({
    bus: eventBridgeBus(new EventBridgeClient({ ...aws.client, maxAttempts: 1 }), "bus"),
    clock: { now: () => now },
    deadLetters,
    feedReader: dynamoFeedReader,
    wakeUps: {
      hint: () => (hintFails ? Promise.reject(new Error("no queue")) : Promise.resolve()),
    },
  });
  const count = (metric: string, value?: number) => void counts.push([metric, value]);
  const answer = await handler({ Records: [...records] }, { ...said.tools, count });
  return {
    again: answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier),
    letters: (await deadLetters.list(10)).map(({ reason, body }) => [reason, body]),
    counts,
  };
}

let sequence = 0;
const record = (item: Record<string, unknown>, at = night): DynamoDBRecord => ({
  eventID: `e${++sequence}`,
  eventName: "INSERT",
  dynamodb: {
    ApproximateCreationDateTime: at / 1000,
    SequenceNumber: String(sequence),
    Keys: marshall({ pk: item["pk"], sk: item["sk"] }) as never,
    NewImage: marshall(item) as never,
  },
});
const stash = (name: string, at = night) => record({ pk: `stash#${name}`, sk: "stash" }, at);
const sequenceOf = ({ dynamodb }: DynamoDBRecord) => dynamodb?.SequenceNumber;

test("while the bus is away everything comes again from the first record, and nothing is laid aside", async () => {
  away = true;
  now = night + hours(5);
  const records = [stash("a"), stash("b")];
  expect(await relay(records)).toEqual({ again: [sequenceOf(records[0] as never)], letters: [], counts: [] });
});

test("what the bus will never take is laid aside at once, by its key, and the operator is told", async () => {
  refused["b"] = "MalformedDetail";
  const done = await relay([stash("a"), stash("b"), stash("c")]);
  expect(done).toEqual({
    again: [],
    letters: [["The bus refused it: MalformedDetail", { pk: "stash#b", sk: "stash" }]],
    counts: [["OperatorAlarm", undefined]],
  });
});

describe("what fails while others get through", () => {
  beforeEach(() => {
    refused["b"] = "InternalFailure";
  });

  test("comes again, with all that follows it", async () => {
    const records = [stash("a"), stash("b"), stash("c")];
    const { again, letters } = await relay(records);
    expect([again, letters]).toEqual([[sequenceOf(records[1] as never)], []]);
  });

  test("is laid aside after a quarter of an hour, so that it does not block those behind it for a day", async () => {
    now = night + minutes(16);
    const { again, letters } = await relay([stash("a"), stash("b"), stash("c")]);
    expect([again, letters.map(([, body]) => body)]).toEqual([[], [{ pk: "stash#b", sk: "stash" }]]);
  });
});

test("after six hours even an outage is laid aside, where it can be redriven, before the feed forgets it", async () => {
  away = true;
  now = night + hours(6) + 1000;
  const { again, letters } = await relay([stash("a"), stash("b")]);
  expect([again, letters]).toMatchObject([[], [{}, {}]]);
});

test("what comes before a failure is laid aside once, what comes after it is left for the next time", async () => {
  refused["b"] = "InternalFailure";
  refused["c"] = "MalformedDetail";
  const records = [stash("a"), stash("b"), stash("c")];
  const { again, letters } = await relay(records);
  expect([again, letters]).toEqual([[sequenceOf(records[1] as never)], []]);
});

test("the sweep's mark is counted by how long it was on its way", async () => {
  now = night + 1500;
  const { counts } = await relay([record({ pk: "pulse", sk: "pulse", at: night })]);
  expect(counts).toEqual([["PulseLateness", 1500]]);
});

test("a wake-up that can't be sent is counted, and makes nothing come again", async () => {
  hintFails = true;
  const stream: StreamId = "incident/i";
  const { again, counts } = await relay([record({ pk: stream, sk: "head", due: night })]);
  expect([again, counts]).toEqual([[], [["WakeUpLost", undefined]]]);
});
