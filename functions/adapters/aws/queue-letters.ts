// Dead letters of the queues, beside those of the table: SQS keeps them, so one line per queue says how many, and one order
// moves them back to where they came from.
import { GetQueueAttributesCommand, type SQSClient, StartMessageMoveTaskCommand } from "@aws-sdk/client-sqs";
import type { Clock, DeadLetter, DeadLetters } from "../../ports.ts";

export interface Queues {
  /** The address that all queues of this account and region begin with. */
  readonly at: string;
  /** Function → name of its queue, name of that one's dead letters. */
  readonly names: Readonly<Record<string, readonly [queue: string, deadLetters: string]>>;
}

/** The table's letters first, then what the queues put aside. */
export function withQueueLetters(
  table: DeadLetters,
  client: SQSClient,
  queues: () => Queues,
  clock: Clock,
): DeadLetters {
  const waiting = async (): Promise<readonly Waiting[]> => {
    const { at, names } = queues();
    const all = await Promise.all(
      Object.entries(names).map(async ([name, [queue, deadLetters]]) => {
        const messages = await countOf(client, at + deadLetters);
        return { name, messages, from: arnOf(at, deadLetters), to: arnOf(at, queue) };
      }),
    );
    return all.filter(({ messages }) => messages > 0);
  };

  return {
    add: (letter) => table.add(letter),
    async list(limit) {
      const [letters, put] = await Promise.all([table.list(limit), waiting()]);
      return [...letters, ...put.map((one) => lineOf(one, clock.now()))].slice(0, limit);
    },
    async redrive(limit) {
      const redriven = await table.redrive(limit);
      const moved = await Promise.all((await waiting()).map((one) => moveBack(client, one)));
      return moved.reduce((sum, count) => sum + count, redriven);
    },
  };
}

interface Waiting {
  readonly name: string;
  readonly messages: number;
  readonly from: string;
  readonly to: string;
}

const lineOf = ({ name, messages }: Waiting, now: number): DeadLetter => ({
  id: `queue/${name}`,
  function: name,
  reason: "failed-too-often",
  at: now,
  body: { messages },
});

async function countOf(client: SQSClient, url: string): Promise<number> {
  const answer = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["ApproximateNumberOfMessages"] }),
  );
  return Number(answer.Attributes?.["ApproximateNumberOfMessages"] ?? 0);
}

async function moveBack(client: SQSClient, { from, to, messages }: Waiting): Promise<number> {
  try {
    // The destination is named, for SQS itself does not know where letters of the bus were meant for.
    await client.send(new StartMessageMoveTaskCommand({ SourceArn: from, DestinationArn: to }));
    return messages;
  } catch (error) {
    // Already on their way: the order before this one is still being carried out.
    if (error instanceof Error && error.name === "UnsupportedOperation") return 0;
    throw error;
  }
}

/** https://sqs.{region}.amazonaws.com/{account}/{name} */
function arnOf(at: string, name: string): string {
  const { hostname, pathname } = new URL(at);
  return `arn:aws:sqs:${hostname.split(".")[1]}:${pathname.split("/")[1]}:${name}`;
}
