// The shapes in which Lambda hands a queue's messages to a function.
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type { FeedRow } from "../../../functions/adapters/sqlite/feed.ts";
import type { Message } from "../../../functions/adapters/sqlite/retries.ts";
import type { Instant } from "../../../functions/core/time.ts";

/** A function behind a queue; what it answers, or that it throws, says which messages come again. */
export type QueueHandler = (event: SQSEvent) => Promise<SQSBatchResponse | void>;

/** A message on its way to a function. */
export interface Received extends Message {
  /** This time included. */
  readonly receives: number;
  readonly at: Instant;
  /** Its retry's row, if it is not here for the first time. */
  readonly row?: number;
}

/** What EventBridge makes of one entry for the queue of a rule's target. */
export const busMessage = (name: string, { entry, at }: FeedRow): Received => ({
  function: name,
  id: `${entry.id}.${name}`,
  receives: 1,
  at,
  body: JSON.stringify({
    version: "0",
    id: entry.id,
    "detail-type": entry.type,
    source: "muster",
    account: "000000000000",
    time: new Date(at).toISOString(),
    region: "local",
    resources: [],
    detail: entry.detail,
  }),
});

export const queueEvent = (messages: readonly Received[]): SQSEvent => ({ Records: messages.map(record) });

const record = ({ function: name, id, body, receives, at }: Received): SQSRecord => ({
  messageId: id,
  receiptHandle: id,
  body,
  attributes: {
    ApproximateReceiveCount: String(receives),
    ApproximateFirstReceiveTimestamp: String(at),
    SentTimestamp: String(at),
    SenderId: "muster",
  },
  messageAttributes: {},
  md5OfBody: "",
  eventSource: "aws:sqs",
  eventSourceARN: `arn:aws:sqs:local:000000000000:${name}`,
  awsRegion: "local",
});

/** Hands messages over; answers which failed, by id, and why. Read as Lambda reads a partial batch response. */
export async function handOver(
  handler: QueueHandler,
  messages: readonly Received[],
): Promise<ReadonlyMap<string, string>> {
  const all = (reason: string): ReadonlyMap<string, string> =>
    new Map(messages.map((message) => [message.id, reason]));
  try {
    const failures = (await handler(queueEvent(messages)))?.batchItemFailures ?? [];
    const failed = new Map(failures.map((failure) => [failure.itemIdentifier, reasonOf(failure)]));
    const known = new Set(messages.map((message) => message.id));
    // An answer that names nothing we sent can't be trusted about the rest of the batch either.
    // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
    for (const id of failed.keys())
      if (!known.has(id)) return all(`the answer names an unknown message ${id}`);
    return failed;
  } catch (error) {
    return all(error instanceof Error ? error.message : String(error));
  }
}

// Lambda knows no reason; a handler of ours may say one beside the identifier.
const reasonOf = (failure: { readonly itemIdentifier: string; readonly reason?: unknown }): string =>
  typeof failure.reason === "string" ? failure.reason : "the function could not take it";
