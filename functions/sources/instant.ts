// When something began or ended, as senders write it.
import type { Instant } from "../core/time.ts";

// Go's zero time, 0001-01-01, means "not said"; nobody's alert began before the year 2000.
const earliest = Date.UTC(2000, 0, 1);
const latest = Date.UTC(2100, 0, 1);

/** RFC 3339 text, or seconds or milliseconds since 1970; undefined for anything else, and for the zero time. */
export function instantOf(value: unknown): Instant | undefined {
  const at =
    typeof value === "string" ? Date.parse(value) : typeof value === "number" ? epoch(value) : Number.NaN;
  return at >= earliest && at <= latest ? Math.trunc(at) : undefined;
}

// Seconds stay below this for the next 3,000 years; milliseconds passed it in 1973.
const epoch = (value: number): number => (value < 1e11 ? value * 1000 : value);
