// The feed: what a commit says to the rest of the house, written with it, and the place where each function has read to.
import type { StreamId } from "../../core/aggregate.ts";
import type { BusDetail, BusEntry } from "../../core/bus.ts";
import type { Instant } from "../../core/time.ts";
import type { Database } from "./database.ts";

export interface FeedRow {
  readonly seq: number;
  readonly at: Instant;
  readonly entry: BusEntry;
}

export interface Feed {
  /** The newest row's number; 0 when there is none. */
  last(): number;
  /** Rows of these types after `seq`, from the next `limit` of all; `to` is the last one looked at. */
  after(
    seq: number,
    limit: number,
    types: ReadonlySet<string>,
  ): { readonly rows: readonly FeedRow[]; readonly to: number };
  /** Told of each commit's rows at once, before they are on the disk: whoever acts on them syncs before it acts. Answers the way to stop it. */
  onRows(listener: (rows: readonly FeedRow[]) => void): () => void;
  /** Told of each stream whose head was written. */
  onHead(listener: (stream: StreamId, nextDue: Instant | undefined) => void): () => void;
  /** Where each function has read to. */
  cursors(): ReadonlyMap<string, number>;
  /** Not synced: after a crash some rows are handed out again. */
  saveCursors(cursors: ReadonlyMap<string, number>): void;
  /** Drops up to `limit` rows at or below `seq`; answers how many. The newest row stays: the numbers go on from it. */
  drop(seq: number, limit: number): number;
}

/** The side of the feed that commits write to. */
export interface FeedWriter {
  /** Inside a transaction. */
  publish(entries: readonly BusEntry[], at: Instant): void;
  headWritten(stream: StreamId, nextDue: Instant | undefined): void;
}

interface Stored {
  readonly seq: number;
  readonly at: number;
  readonly id: string;
  readonly type: string;
  readonly detail: string;
}

export function openFeed(database: Database): Feed & FeedWriter {
  const insert = database.query("INSERT INTO feed (seq, at, id, type, detail) VALUES (?, ?, ?, ?, ?)");
  const newest = database.query<{ seq: number | null }>("SELECT max(seq) AS seq FROM feed");
  const next = database.query<Stored>("SELECT * FROM feed WHERE seq > ? ORDER BY seq LIMIT ?");
  const readCursors = database.query<{ function: string; seq: number }>("SELECT * FROM cursors");
  const saveCursor = database.query("INSERT OR REPLACE INTO cursors (function, seq) VALUES (?, ?)");
  const drop = database.query(
    `DELETE FROM feed WHERE seq IN
       (SELECT seq FROM feed WHERE seq <= min(?, (SELECT max(seq) - 1 FROM feed)) ORDER BY seq LIMIT ?)`,
  );
  const rowListeners = new Set<(rows: readonly FeedRow[]) => void>();
  const headListeners = new Set<(stream: StreamId, nextDue: Instant | undefined) => void>();
  let given = newest.get()?.seq ?? 0;
  let committed = given;

  return {
    publish(entries, at) {
      if (entries.length === 0) return;
      const rows = entries.map((entry) => {
        given += 1; // a transaction that fails leaves a gap, which harms nobody
        insert.run(given, at, entry.id, entry.type, JSON.stringify(entry.detail));
        return { seq: given, at, entry };
      });
      database.afterCommit(() => {
        committed = rows.at(-1)?.seq ?? committed;
        queueMicrotask(() => {
          for (const listener of rowListeners) listener(rows);
        });
      });
    },
    headWritten(stream, nextDue) {
      database.afterCommit(() =>
        queueMicrotask(() => {
          for (const listener of headListeners) listener(stream, nextDue);
        }),
      );
    },
    last: () => committed,
    after(seq, limit, types) {
      const stored = next.all(seq, limit);
      return {
        rows: stored.filter((row) => types.has(row.type)).map(rowFrom),
        to: stored.at(-1)?.seq ?? Math.max(seq, committed),
      };
    },
    onRows: (listener) => listenTo(rowListeners, listener),
    onHead: (listener) => listenTo(headListeners, listener),
    cursors: () => new Map(readCursors.all().map((cursor) => [cursor.function, cursor.seq])),
    saveCursors: (cursors) =>
      database.transaction(() => {
        for (const [name, seq] of cursors) saveCursor.run(name, seq);
      }),
    drop: (seq, limit) => drop.run(seq, limit),
  };
}

const rowFrom = ({ seq, at, id, type, detail }: Stored): FeedRow => ({
  seq,
  at,
  entry: { id, type, detail: JSON.parse(detail) as BusDetail },
});

/** Answers the way to stop listening. */
export function listenTo<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
