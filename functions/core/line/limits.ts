// How often somebody may type a PIN that opens nothing, before the line stops listening.
import { type Duration, hours, type Instant, minutes } from "../time.ts";
import type { LineState, PinTry } from "./state.ts";

export interface Limit {
  readonly count: number;
  readonly per: Duration;
}

export const pinLimits = {
  /** Of one number, whosever it is: a number can be forged. */
  number: [
    { count: 6, per: hours(1) },
    { count: 20, per: hours(24) },
  ],
  /** Of all callers together whom nobody knows; known numbers still get in, so that a guesser locks no responder out. */
  strangers: [
    { count: 20, per: minutes(10) },
    { count: 100, per: hours(24) },
  ],
} as const satisfies Readonly<Record<string, readonly Limit[]>>;

/** So many from anywhere are no slips of tired fingers any more: the operator is alarmed, once a day. */
export const flood: Limit = { count: 20, per: minutes(10) };
export const floodToldEvery: Duration = hours(24);

/** What is older than every limit is forgotten. */
export const remembered: Duration = hours(24);

export type Block = keyof typeof pinLimits;

export interface PinCaller {
  /** A digest of the number; left out where it is hidden. */
  readonly number?: string;
  /** Somebody in the config has this number. */
  readonly known: boolean;
}

/** Why this caller may try no PIN now; undefined while it may. */
export function blockOf({ tries }: LineState, { number, known }: PinCaller, now: Instant): Block | undefined {
  const mine = tries.filter((each) => number !== undefined && each.number === number);
  if (isReached(mine, pinLimits.number, now)) return "number";
  const strangers = tries.filter((each) => !each.known);
  return !known && isReached(strangers, pinLimits.strangers, now) ? "strangers" : undefined;
}

export const isReached = (tries: readonly PinTry[], limits: readonly Limit[], now: Instant): boolean =>
  limits.some(({ count, per }) => tries.filter(({ at }) => at > now - per).length >= count);
