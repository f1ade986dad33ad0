// A limit counts uses within a span that slides.
import type { Duration, Instant } from "../time.ts";

export interface Limit {
  readonly count: number;
  readonly per: Duration;
}

/** A use that happened exactly `per` ago counts no longer. */
export const isReached = (
  times: readonly Instant[],
  limits: readonly Limit[] | undefined,
  now: Instant,
): boolean => (limits ?? []).some(({ count, per }) => times.filter((at) => at > now - per).length >= count);
