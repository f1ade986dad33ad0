// What the store's feed brings, where it goes, and what nobody could take.
import type { StreamId } from "../core/aggregate.ts";
import type { BusEntry } from "../core/bus.ts";
import type { Instant } from "../core/time.ts";

export interface Published {
  /** To be tried again. */
  readonly failed: readonly BusEntry[];
  /** The bus takes these never, however often they come. */
  readonly refused: readonly { readonly entry: BusEntry; readonly reason: string }[];
}

export interface Bus {
  /** Publishes all or says which it could not. After a call that failed as a whole it makes no further one. */
  publish(entries: readonly BusEntry[]): Promise<Published>;
}

export interface WakeUps {
  /** A hint to look at the stream then; losing it costs at most a sweep. */
  hint(stream: StreamId, due: Instant, now: Instant): Promise<void>;
}

export interface FeedNews {
  readonly entries: readonly BusEntry[];
  /** The stream wants to be looked at then. */
  readonly hint?: { readonly stream: StreamId; readonly due: Instant };
  /** When the sweep left its mark (Timers). */
  readonly pulse?: Instant;
}

/** Knows the form of the records that the store's feed brings. */
export interface FeedReader {
  /** Throws on a record that it cannot read: the relay lays that one aside and goes on with the next. */
  read(record: unknown): FeedNews;
  /** What a dead letter keeps as its body instead of such a record: enough for redrive to read it again. */
  reference(record: unknown): unknown;
}

export interface DeadLetter {
  readonly id: string;
  /** Which function could not take it. */
  readonly function: string;
  readonly reason: string;
  readonly at: Instant;
  readonly body: unknown;
}

export interface DeadLetters {
  add(letter: DeadLetter): Promise<void>;
  list(limit: number): Promise<readonly DeadLetter[]>;
  /** Puts the letters back on their way; answers how many. */
  redrive(limit: number): Promise<number>;
}
