// Streams found by their heads: those whose time has come, and those that a list shows.
import type { StreamId, Summary } from "../../core/aggregate.ts";
import { drainRank } from "../../core/severity.ts";
import type { Instant } from "../../core/time.ts";
import type { Incidents, Listed, Timers } from "../../ports.ts";
import type { Database } from "./database.ts";

export interface Due {
  readonly due: Instant;
  readonly stream: StreamId;
}

export interface DueStreams extends Timers {
  /** In the order of time: those that come after `place` and are due by `now`. */
  following(
    place: { readonly due: Instant; readonly stream: string },
    now: Instant,
    limit: number,
  ): readonly Due[];
  /** The earliest due after that instant. */
  nextAfter(after: Instant): Instant | undefined;
}

export function openTimers(database: Database): DueStreams {
  const overdue = database.query<Due & { readonly summary: string | null }>(
    "SELECT stream, next_due AS due, summary FROM streams WHERE next_due <= ? ORDER BY next_due, stream",
  );
  const following = database.query<Due>(
    `SELECT stream, next_due AS due FROM streams WHERE (next_due, stream) > (?, ?) AND next_due <= ?
     ORDER BY next_due, stream LIMIT ?`,
  );
  const next = database.query<{ due: number | null }>(
    "SELECT min(next_due) AS due FROM streams WHERE next_due > ?",
  );
  return {
    // Sweep and feed share one process here: nobody would be left to miss the mark.
    pulse: () => Promise.resolve(),
    async due(now, limit) {
      // Only a stall leaves many of them; then their order matters more than the time that it takes to find it.
      const ranked = overdue.all(now).map(({ stream, due, summary }) => ({
        rank: drainRank(summary === null ? undefined : (JSON.parse(summary) as Summary)),
        found: { stream, due },
      }));
      return ranked
        .toSorted((a, b) => a.rank - b.rank)
        .slice(0, limit)
        .map(({ found }) => found);
    },
    following: (place, now, limit) => following.all(place.due, place.stream, now, limit),
    nextAfter: (after) => next.get(after)?.due ?? undefined,
  };
}

export function openIncidents(database: Database): Incidents {
  const columns = "SELECT stream, version, summary, opened_at FROM streams WHERE state = ?";
  const newest = database.query<Line>(
    `${columns} AND opened_at < ? ORDER BY opened_at DESC, stream DESC LIMIT ?`,
  );
  const others = database.query<Line>(`${columns} AND opened_at = ? AND stream < ? ORDER BY stream DESC`);
  const list =
    (state: Summary["state"]) =>
    async (limit: number, before: Instant = Number.MAX_SAFE_INTEGER): Promise<readonly Listed[]> => {
      const page = newest.all(state, before, limit);
      const last = page.at(-1);
      // Those opened in the same millisecond stay on one page, or the next one, which begins before it, would pass them over.
      const ties = last === undefined ? [] : others.all(state, last.opened_at, last.stream);
      return [...page, ...ties].map(({ stream, version, summary }) => ({
        ...(JSON.parse(summary) as Summary),
        stream,
        version,
      }));
    };
  return { open: list("open"), ended: list("ended") };
}

interface Line {
  readonly stream: StreamId;
  readonly version: number;
  readonly summary: string;
  readonly opened_at: number;
}
