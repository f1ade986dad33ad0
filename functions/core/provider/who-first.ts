// Which carrier is asked first for one delivery. It orders and never forbids: whoever is not first is second.
import { hashOf } from "../hash.ts";
import type { Instant } from "../time.ts";
import { type Breaker, standingOf } from "./provider.ts";

/** `probe`: the first carrier, if this delivery gets to be the probe; otherwise the second. */
export type WhoFirst = "first" | "second" | "probe";

export function whoFirst(first: Breaker, second: Breaker, delivery: string, now: Instant): WhoFirst {
  const standing = standingOf(first, now);
  if (standing.name === "well") return "first";
  // Both are ill: then the one that can do more, which also finds out soonest whether it is well again.
  const other = standingOf(second, now);
  if (other.name === "resting") return "first";
  switch (standing.name) {
    case "resting":
      return "second";
    case "half-open":
      return standing.probed ? "second" : "probe";
    case "returning":
      return placeOf(delivery) < standing.share ? "first" : "second";
  }
}

/** A delivery's place between 0 and 1, always the same: whoever comes back with an eighth is there with a quarter too. */
export const placeOf = (delivery: string): number => hashOf(delivery) / 2 ** 32;
