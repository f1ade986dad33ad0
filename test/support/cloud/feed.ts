// The table's real stream, handed to the relay as Lambda's poller does it: through the mapping's filter, in batches, several
// at once, each item's records in their order and those of different items in none; again when the relay says so.
import type { DynamoDBBatchResponse } from "aws-lambda";
import type { FunctionName } from "../../../functions/subscriptions.ts";
import type { Invoke } from "../../../infra/local/functions.ts";
import { matches } from "../../infra/support/pattern.ts";
import type { Json } from "../../infra/support/template.ts";
import type { Chance } from "./chance.ts";
import type { Mapping } from "./deployment.ts";

interface FeedRecord {
  readonly dynamodb: {
    readonly ApproximateCreationDateTime?: number;
    readonly SequenceNumber: string;
    readonly Keys: { readonly pk: { readonly S: string }; readonly sk: { readonly S: string } };
  };
}

export interface FeedSettings {
  readonly now: () => number;
  /** Lets time stop there. */
  readonly later: (delay: number) => void;
  /** Told of each batch that is handed over how old its oldest record is. */
  readonly age?: ((ms: number) => void) | undefined;
  readonly mapping: Mapping;
  /** New records since it was last asked. */
  readonly news: () => Promise<readonly unknown[]>;
  readonly invoke: Invoke;
  readonly chance: Chance;
}

const lanes = 4;
/** At once; then it waits a little, and tries again for as long as the stream remembers. */
const tries = 20;
const pause = 10_000;
/** How often a batch that went well comes once more, as after an answer that was lost. */
const doubled = 0.15;

export interface Feed {
  readonly name: FunctionName;
  /** Carries what is there; false when there was nothing, or nothing gets through for now. */
  pump(): Promise<boolean>;
  /** Nothing is handed over until it is let go, as where a mapping is disabled. */
  hold(held: boolean): void;
}

export function openFeed({ mapping, news, invoke, chance, now, later, age }: FeedSettings): Feed {
  let waits = false;
  let notBefore = 0;
  const waiting: FeedRecord[][] = Array.from({ length: lanes }, () => []);
  const passes = (record: unknown) =>
    mapping.filters === undefined || mapping.filters.some((filter: Json) => matches(filter, record));

  async function hand(records: readonly FeedRecord[]): Promise<number> {
    const [oldest] = records;
    age?.(now() - (oldest?.dynamodb.ApproximateCreationDateTime ?? 0) * 1000);
    const answer = await (invoke({ Records: records }) as Promise<DynamoDBBatchResponse>).catch(
      () => undefined,
    );
    if (answer === undefined) return 0;
    const [failed] = answer.batchItemFailures;
    if (failed === undefined) return records.length;
    return records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === failed.itemIdentifier);
  }

  async function drain(lane: FeedRecord[]): Promise<void> {
    for (let tried = 0; lane.length > 0; tried++) {
      if (tried === tries) {
        notBefore = now() + pause;
        later(pause);
        return;
      }
      const batch = lane.slice(0, 1 + chance.below(mapping.batch));
      if (chance.hits(doubled)) await hand(batch);
      const taken = await hand(batch);
      lane.splice(0, taken);
      if (taken > 0) tried = 0;
    }
  }

  return {
    name: mapping.name,
    hold(held) {
      waits = held;
    },
    async pump() {
      const records = (await news()).filter(passes).map((record) => dated(record as FeedRecord, now()));
      for (const record of interleaved(records, chance)) waiting[laneOf(record)]?.push(record);
      if (waits || now() < notBefore || waiting.every((lane) => lane.length === 0)) return false;
      await Promise.all(waiting.map(drain));
      return true;
    },
  };
}

/** By the night's own clock: the emulator has another. */
const dated = (record: FeedRecord, now: number): FeedRecord => ({
  ...record,
  dynamodb: { ...record.dynamodb, ApproximateCreationDateTime: now / 1000 },
});

const itemOf = ({ dynamodb: { Keys } }: FeedRecord): string => `${Keys.pk.S} ${Keys.sk.S}`;

const laneOf = ({ dynamodb: { Keys } }: FeedRecord): number =>
  Buffer.from(Keys.pk.S).readUInt8(Buffer.byteLength(Keys.pk.S) - 1) % lanes;

/** Shuffled, but for what is said of one item. */
function interleaved(records: readonly FeedRecord[], chance: Chance): readonly FeedRecord[] {
  const ordered = Map.groupBy(records, itemOf);
  return chance.shuffled(records.map(itemOf)).flatMap((item) => ordered.get(item)?.splice(0, 1) ?? []);
}
