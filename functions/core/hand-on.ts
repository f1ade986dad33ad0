// What was taken and is not settled is handed on anew, whatever became of it on its way: nothing that was answered 202 depends
// on one message.
import { type Duration, type Instant, minutes } from "./time.ts";

/** A first try and its repeats are over by then. */
export const unsettledAfter: Duration = minutes(1);
const longestPause: Duration = minutes(10);

/** After a minute, then whenever its age has doubled, and every ten minutes in the end. */
export function isHandOnDue(takenAt: Instant, passedAt: Instant, now: Instant): boolean {
  const pause = Math.min(Math.max(passedAt - takenAt, unsettledAfter), longestPause);
  return now - passedAt >= pause;
}
