// When something began or ended, as senders write it. Words are never dates, and the clock of this machine has no say:
// `Date.parse` reads "node-7" as a day in July and a time without a zone as local time.
import { type Instant, minutes } from "../core/time.ts";
import type { Reader } from "./reader.ts";

// Nobody's alert began before the year 2000.
const earliest = Date.UTC(2000, 0, 1);
const latest = Date.UTC(2100, 0, 1);

// RFC 3339, and what senders leave out of it: seconds, the colon in the offset, the zone (then it is UTC), the time.
const written =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,12}))?)?\s?([Zz]|[+-]\d\d(?::?\d\d)?)?)?$/;
const counted = /^\d{9,13}(\.\d{1,9})?$/;

/** RFC 3339 text, or seconds or milliseconds since 1970; undefined for anything else, and for the zero time. */
export function instantOf(value: unknown): Instant | undefined {
  const at =
    typeof value === "string" ? fromText(value.trim()) : typeof value === "number" ? epoch(value) : undefined;
  return at !== undefined && at >= earliest && at <= latest ? Math.trunc(at) : undefined;
}

// Seconds stay below this for the next 3,000 years; milliseconds passed it in 1973.
const epoch = (value: number): number => (value < 1e11 ? value * 1000 : value);

function fromText(text: string): number | undefined {
  if (counted.test(text)) return epoch(Number(text));
  const found = written.exec(text);
  if (found === null) return undefined;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map((digits) => Number(digits ?? 0));
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const [h = 0, m = 0, s = 0] = [hour, minute, second];
  const isDay = new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day && month >= 1 && month <= 12;
  // 60 is a leap second, which no clock of ours knows.
  if (!isDay || h > 23 || m > 59 || s > 60) return undefined;
  const offset = offsetOf(found[8]);
  if (offset === undefined) return undefined;
  const milliseconds = Number(`0.${found[7] ?? "0"}`) * 1000;
  return Date.UTC(year, month - 1, day, h, m, Math.min(s, 59)) + milliseconds - offset;
}

function offsetOf(zone: string | undefined): number | undefined {
  if (zone === undefined || zone === "Z" || zone === "z") return 0;
  const [hours, rest] = [Number(zone.slice(1, 3)), Number(zone.slice(3).replace(":", "") || 0)];
  if (hours > 23 || rest > 59) return undefined;
  return minutes(hours * 60 + rest) * (zone.startsWith("-") ? -1 : 1);
}

/** Clocks differ a little: a start this far ahead is no more than that. */
const ahead = minutes(1);

/** A time that a sender gave; undefined if it gave none, and (with a warning) if it is no time. */
export function timeOf(value: unknown, at: string, read: Reader): Instant | undefined {
  if (value === undefined || value === null || value === "" || isZero(value)) return undefined;
  const instant = instantOf(value);
  if (instant === undefined)
    read.warn(
      at,
      "is not a time, so it was left out; write it like 2026-11-03T01:15:00Z, or as seconds since 1970",
    );
  return instant;
}

/** When it began. What fires and has not begun yet begins now: then the sender does not say. */
export function startOf(
  value: unknown,
  status: "firing" | "resolved",
  now: Instant,
  at: string,
  read: Reader,
): Instant | undefined {
  const instant = timeOf(value, at, read);
  if (instant === undefined || instant <= now || status === "resolved") return instant;
  if (instant - now > ahead) read.warn(at, "lies in the future, so it was taken as now");
  return undefined;
}

/** Go's zero time, 0001-01-01, and zero seconds mean "not said". */
const isZero = (value: unknown): boolean =>
  value === 0 || (typeof value === "string" && value.startsWith("0001-01-01"));
