// Dead letters of queues are shown beside the table's, and one order sends all of them on their way again.
import { SQSClient } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withQueueLetters } from "../../../functions/adapters/aws/queue-letters.ts";
import type { DeadLetter, DeadLetters } from "../../../functions/ports.ts";
import { type AwsServer, awsServer } from "../../support/aws-server.ts";

let aws: AwsServer;
let waiting: Readonly<Record<string, number>>;
beforeEach(async () => {
  waiting = { "pages-dead": 3, "alerts-dead": 0 };
  aws = await awsServer(({ operation, input }) => ({
    body:
      operation === "GetQueueAttributes"
        ? {
            Attributes: {
              ApproximateNumberOfMessages: String(waiting[String(input["QueueUrl"]).split("/").at(-1) ?? ""]),
            },
          }
        : {},
  }));
});
afterEach(() => aws.stop());

const now = Date.UTC(2026, 10, 21, 2, 0);
const letter: DeadLetter = {
  id: "l1",
  function: "relay-events",
  reason: "unreadable",
  at: now - 1,
  body: null,
};
// The table's own letters are proved by its contract; here they are one, and say that they were asked.
const table: DeadLetters = {
  add: () => Promise.resolve(),
  list: () => Promise.resolve([letter]),
  redrive: () => Promise.resolve(1),
};
const letters = () =>
  withQueueLetters(
    table,
    new SQSClient(aws.client),
    () => ({
      at: "https://sqs.eu-west-1.amazonaws.com/111122223333/",
      names: { "send-page": ["pages", "pages-dead"], "handle-alert": ["alerts", "alerts-dead"] },
    }),
    { now: () => now },
  );

test("a queue with letters is one line that says how many; an empty one is none", async () => {
  expect(await letters().list(10)).toEqual([
    letter,
    {
      id: "queue/send-page",
      function: "send-page",
      reason: "failed-too-often",
      at: now,
      body: { messages: 3 },
    },
  ]);
});

test("they go back to the queue that they came from, and are counted", async () => {
  expect(await letters().redrive(100)).toBe(4);
  expect(
    aws.asked.filter(({ operation }) => operation === "StartMessageMoveTask").map(({ input }) => input),
  ).toEqual([
    {
      SourceArn: "arn:aws:sqs:eu-west-1:111122223333:pages-dead",
      DestinationArn: "arn:aws:sqs:eu-west-1:111122223333:pages",
    },
  ]);
});

test("a second order while the first is being carried out does no harm", async () => {
  const answer = aws.answer;
  aws.answer = (asked) =>
    asked.operation === "StartMessageMoveTask"
      ? { status: 400, body: { __type: "UnsupportedOperation", message: "There is already a task running." } }
      : answer(asked);
  expect(await letters().redrive(100)).toBe(1);
});
