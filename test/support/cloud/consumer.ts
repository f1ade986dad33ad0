// Lambda's poller of one queue: batches of any size up to the mapping's, several at once; what failed comes again when its
// time of hiding is over, and the rest is deleted.
import type { SQSBatchResponse, SQSRecord } from "aws-lambda";
import type { FunctionName } from "../../../functions/subscriptions.ts";
import type { Invoke } from "../../../infra/local/functions.ts";
import type { Chance } from "./chance.ts";
import { account, type Mapping, region } from "./deployment.ts";
import type { Message, Queue } from "./queues.ts";

export interface Consumer {
  /** Hands over what can be seen; false when there was nothing. */
  pump(): Promise<boolean>;
  readonly name: FunctionName;
  /** Nothing is handed over until it is let go. */
  hold(held: boolean): void;
}

export function openConsumer(
  { name, batch, concurrency }: Mapping,
  queue: Queue,
  invoke: Invoke,
  chance: Chance,
): Consumer {
  let waits = false;
  async function hand(messages: readonly Message[]): Promise<void> {
    const Records = messages.map((message) => recordOf(message, queue.shape.id));
    const answer = await (invoke({ Records }) as Promise<SQSBatchResponse | undefined>).catch(() => "failed");
    if (typeof answer === "string") return;
    const failed = new Set((answer?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
    for (const { id } of messages) if (!failed.has(id)) queue.remove(id);
  }

  const worker = async (): Promise<void> => {
    for (;;) {
      const messages = queue.receive(1 + chance.below(batch));
      if (messages.length === 0) return;
      await hand(messages);
    }
  };

  return {
    name,
    hold(held) {
      waits = held;
    },
    async pump() {
      if (waits || !queue.visible()) return false;
      await Promise.all(Array.from({ length: concurrency }, worker));
      return true;
    },
  };
}

const recordOf = ({ id, body, receives, sentAt }: Message, queue: string): SQSRecord => ({
  messageId: id,
  receiptHandle: id,
  body,
  attributes: {
    ApproximateReceiveCount: String(receives),
    ApproximateFirstReceiveTimestamp: String(sentAt),
    SentTimestamp: String(sentAt),
    SenderId: account,
  },
  messageAttributes: {},
  md5OfBody: "",
  eventSource: "aws:sqs",
  eventSourceARN: `arn:aws:sqs:${region}:${account}:${queue}`,
  awsRegion: region,
});
