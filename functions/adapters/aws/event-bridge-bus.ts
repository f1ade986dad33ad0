// The bus on AWS. PutEvents takes part of a batch and refuses the rest without an error, so every answer is read.
import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
  type PutEventsResultEntry,
} from "@aws-sdk/client-eventbridge";
import type { BusEntry } from "../../core/bus.ts";
import type { Bus } from "../../ports.ts";
import { isPassing } from "./passing.ts";

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html
const entriesPerCall = 10;
const bytesPerCall = 256 * 1024;

/**
 * What is wrong with the entry itself. A permission that is missing is not among them: the next deployment may bring it.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html
 */
const forGood: ReadonlySet<string> = new Set(["InvalidArgument", "MalformedDetail", "RedactionFailure"]);

/** The source by which the rules know our own events. */
const source = "muster";

export const eventBridgeBus = (client: EventBridgeClient, busName: string): Bus => ({
  async publish(entries) {
    const wanted = entries.map((entry) => ({ entry, request: requestOf(entry, busName) }));
    const [fitting, tooLarge] = partition(wanted, ({ request }) => sizeOf(request) <= bytesPerCall);
    const failed: BusEntry[] = [];
    const refused = tooLarge.map(({ entry }) => ({ entry, reason: `larger than ${bytesPerCall} bytes` }));
    let isAway = false;
    for (const batch of batches(fitting)) {
      // A bus that does not answer takes seconds to say so: whoever waits for call after call is stopped in the middle.
      const answer: readonly PutEventsResultEntry[] | undefined = isAway
        ? undefined
        : await put(client, batch);
      isAway = answer === undefined;
      for (const [place, { entry }] of batch.entries()) {
        const { EventId: taken, ErrorCode: code = "" } = answer?.[place] ?? {};
        if (taken !== undefined) continue;
        if (forGood.has(code)) refused.push({ entry, reason: code });
        else failed.push(entry);
      }
    }
    return { failed, refused };
  },
});

interface Wanted {
  readonly entry: BusEntry;
  readonly request: PutEventsRequestEntry;
}

const requestOf = ({ id, type, detail }: BusEntry, busName: string): PutEventsRequestEntry => ({
  EventBusName: busName,
  Source: source,
  DetailType: type,
  Detail: JSON.stringify(detail),
  Resources: [id],
});

/** What became of each entry; undefined when the call as a whole met a bad moment. */
async function put(
  client: EventBridgeClient,
  batch: readonly Wanted[],
): Promise<readonly PutEventsResultEntry[] | undefined> {
  try {
    const answer = await client.send(new PutEventsCommand({ Entries: batch.map(({ request }) => request) }));
    return answer.Entries ?? [];
  } catch (cause) {
    if (!isPassing(cause)) {
      throw new Error(`The bus ${batch[0]?.request.EventBusName} takes no events from this function`, {
        cause,
      });
    }
    return undefined;
  }
}

function partition<One>(all: readonly One[], holds: (one: One) => boolean): [readonly One[], readonly One[]] {
  return [all.filter(holds), all.filter((one) => !holds(one))];
}

function* batches(wanted: readonly Wanted[]): Generator<readonly Wanted[]> {
  let batch: Wanted[] = [];
  let bytes = 0;
  for (const one of wanted) {
    const size = sizeOf(one.request);
    if (batch.length === entriesPerCall || (batch.length > 0 && bytes + size > bytesPerCall)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(one);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

// As the service counts: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html#eb-event-size
const sizeOf = ({ Source, DetailType, Detail, Resources }: PutEventsRequestEntry): number =>
  [Source, DetailType, Detail, ...(Resources ?? [])].reduce(
    (sum, text) => sum + Buffer.byteLength(text ?? ""),
    0,
  );
