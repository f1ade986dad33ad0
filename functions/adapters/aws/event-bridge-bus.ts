// The bus on AWS. PutEvents takes part of a batch and refuses the rest without an error, so every answer is read.
import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from "@aws-sdk/client-eventbridge";
import type { BusEntry } from "../../core/bus.ts";
import type { Bus } from "../../ports.ts";
import { isPassing } from "./passing.ts";

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html
const entriesPerCall = 10;
const bytesPerCall = 256 * 1024;

/** The source by which the rules know our own events. */
const source = "muster";

export const eventBridgeBus = (client: EventBridgeClient, busName: string): Bus => ({
  async publish(entries) {
    const failed: BusEntry[] = [];
    const wanted = entries.map((entry) => ({ entry, request: requestOf(entry, busName) }));
    const tooLarge = wanted.filter(({ request }) => sizeOf(request) > bytesPerCall);
    failed.push(...tooLarge.map(({ entry }) => entry));
    for (const batch of batches(wanted.filter((one) => !tooLarge.includes(one)))) {
      failed.push(...(await refusedOf(client, batch)));
    }
    return { failed };
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

async function refusedOf(client: EventBridgeClient, batch: readonly Wanted[]): Promise<readonly BusEntry[]> {
  try {
    const answer = await client.send(new PutEventsCommand({ Entries: batch.map(({ request }) => request) }));
    if ((answer.FailedEntryCount ?? 0) === 0) return [];
    return batch
      .filter((_, place) => answer.Entries?.[place]?.EventId === undefined)
      .map(({ entry }) => entry);
  } catch (cause) {
    if (!isPassing(cause)) {
      throw new Error(`The bus ${batch[0]?.request.EventBusName} takes no events from this function`, {
        cause,
      });
    }
    return batch.map(({ entry }) => entry);
  }
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
