// Wake-ups are hints: on time where that matters, left to the sweep where it does not, and never in anybody's way.
import { SQSClient } from "@aws-sdk/client-sqs";
import { afterEach, expect, test } from "vitest";
import { sqsWakeUps } from "../../../functions/adapters/aws/sqs-wake-ups.ts";
import { hours, minutes, seconds } from "../../../functions/core/time.ts";
import {
  type Answer,
  type Asked,
  type AwsServer,
  awsServer,
  messageTaken,
} from "../../support/aws-server.ts";

let aws: AwsServer;
afterEach(() => aws.stop());

const now = Date.UTC(2026, 10, 21, 2, 0);

async function hint(due: number, answer: (asked: Asked) => Answer = messageTaken) {
  aws = await awsServer(answer);
  await sqsWakeUps(new SQSClient(aws.client), `${aws.client.endpoint}/queue`).hint("incident/i", due, now);
  return aws.asked.map(({ input }) => ({ delay: input["DelaySeconds"], body: input["MessageBody"] }));
}

test.each([
  ["in four and a half seconds", seconds(4.5), 5],
  ["in a minute", minutes(1), 60],
  ["now", 0, 0],
  ["a while ago", -minutes(3), 0],
  ["later than a queue can wait", minutes(40), 900],
])("a stream that is due %s is hinted with the delay that brings it there", async (_, wait, delay) => {
  expect(await hint(now + wait)).toEqual([
    { delay, body: JSON.stringify({ stream: "incident/i", due: now + wait }) },
  ]);
});

test("what is hours away is left to the sweep", async () => {
  expect(await hint(now + hours(3))).toEqual([]);
});

test("a queue that is down costs the hint and nothing else", async () => {
  await hint(now, () => ({ status: 503, body: { __type: "ServiceUnavailable" } }));
  expect(aws.asked).toHaveLength(1);
});

test("a queue that refuses us is our own mistake", async () => {
  await expect(hint(now, () => ({ status: 403, body: { __type: "AccessDenied" } }))).rejects.toThrow(
    /wake-up queue/,
  );
});
