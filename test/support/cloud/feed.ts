// The table's real stream, handed to the relay as Lambda's poller does it: through the mapping's filter, in batches, several
// at once, each item's records in their order and those of different items in none; again when the relay says so.
import type { DynamoDBBatchResponse } from "aws-lambda";
import type { Invoke } from "../../../infra/local/functions.ts";
import { matches } from "../../infra/support/pattern.ts";
import type { Json } from "../../infra/support/template.ts";
import type { Chance } from "./chance.ts";
import type { Mapping } from "./deployment.ts";

interface FeedRecord {
  readonly dynamodb: {
    readonly SequenceNumber: string;
    readonly Keys: { readonly pk: { readonly S: string }; readonly sk: { readonly S: string } };
  };
}

export interface FeedSettings {
  readonly mapping: Mapping;
  /** New records since it was last asked. */
  readonly news: () => Promise<readonly unknown[]>;
  readonly invoke: Invoke;
  readonly chance: Chance;
}

const lanes = 4;
const mostTries = 51;
/** How often a batch that went well comes once more, as after an answer that was lost. */
const doubled = 0.15;

export interface Feed {
  /** Carries what is there; false when there was nothing. */
  pump(): Promise<boolean>;
}

export function openFeed({ mapping, news, invoke, chance }: FeedSettings): Feed {
  const waiting: FeedRecord[][] = Array.from({ length: lanes }, () => []);
  const passes = (record: unknown) =>
    mapping.filters === undefined || mapping.filters.some((filter: Json) => matches(filter, record));

  async function hand(records: readonly FeedRecord[]): Promise<number> {
    const answer = (await invoke({ Records: records })) as DynamoDBBatchResponse;
    const [failed] = answer.batchItemFailures;
    if (failed === undefined) return records.length;
    return records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === failed.itemIdentifier);
  }

  async function drain(lane: FeedRecord[]): Promise<void> {
    for (let tries = 0; lane.length > 0; tries++) {
      if (tries === mostTries) throw new Error("The relay did not get a batch of the feed through");
      const batch = lane.slice(0, 1 + chance.below(mapping.batch));
      if (chance.hits(doubled)) await hand(batch);
      const taken = await hand(batch);
      lane.splice(0, taken);
      if (taken > 0) tries = 0;
    }
  }

  return {
    async pump() {
      const records = (await news()).filter(passes) as readonly FeedRecord[];
      for (const record of interleaved(records, chance)) waiting[laneOf(record)]?.push(record);
      if (waiting.every((lane) => lane.length === 0)) return false;
      await Promise.all(waiting.map(drain));
      return true;
    },
  };
}

const itemOf = ({ dynamodb: { Keys } }: FeedRecord): string => `${Keys.pk.S} ${Keys.sk.S}`;

const laneOf = ({ dynamodb: { Keys } }: FeedRecord): number =>
  Buffer.from(Keys.pk.S).readUInt8(Buffer.byteLength(Keys.pk.S) - 1) % lanes;

/** Shuffled, but for what is said of one item. */
function interleaved(records: readonly FeedRecord[], chance: Chance): readonly FeedRecord[] {
  const ordered = Map.groupBy(records, itemOf);
  return chance.shuffled(records.map(itemOf)).flatMap((item) => ordered.get(item)?.splice(0, 1) ?? []);
}
