// A function's place in the feed: what it has still to hear, read ahead a little, and the mark below which all is done.
import type { Feed, FeedRow } from "../../../functions/adapters/sqlite/feed.ts";
import type { Source } from "./lane.ts";
import { busMessage, type Received } from "./messages.ts";

/** So many entries wait in memory; the rest waits in the store. */
export const readAhead = 1000;
const stretch = 500;

export interface Tail extends Source {
  /** What was just committed; comes in the order of the feed. */
  hear(rows: readonly FeedRow[]): void;
  /** Everything up to here needs never be handed out again. */
  mark(): number;
}

export function openTail(name: string, types: ReadonlySet<string>, feed: Feed, from: number): Tail {
  const waiting: FeedRow[] = [];
  const inFlight = new Map<readonly Received[], number>();
  let readTo = from;
  // While it keeps up it takes entries as they are committed; once it falls behind it reads them from the store.
  let live = readTo >= feed.last();

  function refill(): void {
    while (!live && waiting.length < readAhead - stretch) {
      const { rows, to } = feed.after(readTo, stretch, types);
      waiting.push(...rows);
      readTo = to;
      live = readTo >= feed.last();
    }
  }

  return {
    hear(rows) {
      if (!live) return refill();
      for (const row of rows) {
        if (row.seq <= readTo) continue; // read from the store before the news of it came
        if (types.has(row.entry.type)) {
          if (waiting.length >= readAhead) {
            live = false;
            return;
          }
          waiting.push(row);
        }
        readTo = row.seq;
      }
    },
    take(limit) {
      refill();
      const rows = waiting.splice(0, limit);
      const messages = rows.map((row) => busMessage(name, row));
      const first = rows[0];
      if (first !== undefined) inFlight.set(messages, first.seq);
      return messages;
    },
    finished: (taken) => void inFlight.delete(taken),
    empty() {
      refill();
      return waiting.length === 0;
    },
    mark() {
      const first = Math.min(...inFlight.values(), waiting[0]?.seq ?? readTo + 1);
      return first - 1;
    },
  };
}
