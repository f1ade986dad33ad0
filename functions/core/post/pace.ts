// How often the chat is changed, and when something that failed is tried again.
import { type Duration, hours, type Instant, minutes, seconds } from "../time.ts";
import type { Part, Refused } from "./facts.ts";
import type { Failing, Post } from "./state.ts";

/** Of two updates of one incident. A chat takes few messages per second, and nobody reads faster. */
export const apart: Duration = seconds(2);

/** Longer than an update's lease, and than the function that carries it out may run. */
const silence: Duration = seconds(40);
const longestSilence: Duration = minutes(10);
/** When an update is asked for again that nobody reports on. */
export const silentUntil = (at: Instant, lost: number): Instant =>
  at + Math.min(silence * 2 ** lost, longestSilence);

/** While the chat is slow or down. */
const waits: readonly [Duration, ...Duration[]] = [2, 4, 8, 15, 30, 60].map(seconds) as [number];
/** While somebody has to mend something. */
const mending: Duration = minutes(10);
/** After so long in vain it is tried only when there is something new to show. */
const givenUpAfter: Duration = hours(12);

/** Left out: not by the clock. */
export function nextTry(before: Failing | undefined, refused: Refused, at: Instant): { until?: Instant } {
  if (before !== undefined && at - before.since >= givenUpAfter) return {};
  if (refused.outcome === "giveUp") return { until: at + mending };
  const wait = waits[Math.min(before?.times ?? 0, waits.length - 1)] ?? waits[0];
  return { until: at + Math.max(wait, Math.min(refused.after ?? 0, mending)) };
}

/** What was taken away once may have been an accident; what vanishes every time must not fill the channel. */
export function nextBeginning(begun: number, at: Instant): { until?: Instant } {
  return begun < 2 ? {} : { until: at + Math.min(minutes(2 ** (begun - 2)), hours(1)) };
}

/** From when on this part may be tried; 0 where nothing is wrong with it. */
export function openAt({ failing }: Post, part: Part): Instant {
  const failed = failing[part];
  return failed === undefined ? 0 : (failed.until ?? failed.at + mending);
}

/** From when on anything can be shown anywhere. */
export const anyOpenAt = (post: Post): Instant =>
  post.own.name === "made" ? Math.min(openAt(post, "home"), openAt(post, "own")) : openAt(post, "home");
