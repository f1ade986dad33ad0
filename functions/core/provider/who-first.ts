// Which carrier is asked first for one delivery. It orders and never forbids: whoever is not first is second.
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

/** A delivery's place between 0 and 1, always the same: whoever comes back with an eighth is there with a quarter too. FNV-1a. */
export function placeOf(delivery: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < delivery.length; at++) {
    hash = Math.imul(hash ^ delivery.charCodeAt(at), 0x01000193);
  }
  // Names that differ in their last sign differ in the low bits first: they are stirred once more.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}
