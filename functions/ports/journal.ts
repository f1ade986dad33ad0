// Streams of events, and the lists and clocks that are kept beside them.
import type { ClaimChange, StreamId, Summary } from "../core/aggregate.ts";
import type { Instant } from "../core/time.ts";

export interface Loaded {
  /** Number of commits so far; 0 for a stream that does not exist. */
  readonly version: number;
  readonly epoch: number;
  /** The newest snapshot of the asked-for schema, if there is one. */
  readonly snapshot?: { readonly version: number; readonly state: unknown };
  /** The version that `events` follow: the snapshot's, the one that was known, or 0. */
  readonly after: number;
  /** Oldest first, each commit's in order. */
  readonly events: readonly unknown[];
}

export interface Commit {
  readonly stream: StreamId;
  /** The version that was loaded. */
  readonly expected: number;
  /** Plain JSON; an empty list changes only `nextDue`, `epoch` and `summary` and makes no version. */
  readonly events: readonly { readonly type: string }[];
  readonly claims: readonly ClaimChange[];
  readonly nextDue: Instant | undefined;
  readonly epoch: number;
  readonly summary: Summary | undefined;
  /** Remembered in the same transaction, so that an order that arrives twice is carried out once. */
  readonly cause: string | undefined;
  readonly drill: boolean;
  readonly at: Instant;
}

export type Committed =
  | { readonly outcome: "committed"; readonly version: number }
  /** Somebody else was first: load and decide again. */
  | { readonly outcome: "conflict" }
  | { readonly outcome: "claim-lost"; readonly key: string; readonly holder: StreamId }
  | { readonly outcome: "already-seen" };

export interface Held {
  readonly key: string;
  readonly holder: StreamId;
  readonly detail: string | undefined;
}

export interface HistoryEntry {
  readonly version: number;
  readonly index: number;
  readonly event: unknown;
}

export interface Journal {
  /** `known` is a version of which the caller has the state: then only what came after it is read. */
  load(stream: StreamId, schema: number, known?: number): Promise<Loaded>;
  /** One transaction: events, head, claims and cause, or nothing. Durable when it resolves. */
  append(commit: Commit): Promise<Committed>;
  /** Outside any transaction; a lost snapshot costs time, never truth. */
  saveSnapshot(stream: StreamId, version: number, schema: number, state: unknown): Promise<void>;
  /** The timeline after a version, oldest first. Whole commits: at least `limit` entries, or the last page. */
  history(stream: StreamId, after: number, limit: number): Promise<readonly HistoryEntry[]>;
}

export interface Claims {
  holder(key: string, now: Instant): Promise<Held | undefined>;
  /** All held names that begin with `prefix/`, at most `limit`. */
  held(prefix: string, limit: number, now: Instant): Promise<readonly Held[]>;
}

export interface Timers {
  /** Streams whose nextDue is at or before `now`: the most severe first, drills last, and of those the longest overdue. */
  due(now: Instant, limit: number): Promise<readonly { readonly stream: StreamId; readonly due: Instant }[]>;
  /** Leaves a mark that the feed carries: where none arrives, the sweep or the feed stands still. */
  pulse(now: Instant): Promise<void>;
}

/** An incident in a list, as it is now. */
export type Listed = Summary & { readonly stream: StreamId; readonly version: number };

/** Newest first. `before` is the `openedAt` of the last one of the page before. */
export interface Incidents {
  open(limit: number, before?: Instant): Promise<readonly Listed[]>;
  ended(limit: number, before?: Instant): Promise<readonly Listed[]>;
}
