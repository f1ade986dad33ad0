// How long alerts are gathered before they are listed, and how long news of them waits for more.
import { type Duration, type Instant, minutes, seconds } from "../../time.ts";
import type { Draft } from "../draft.ts";

/** An incident takes AlertsJoined at most this often; what comes between is counted beside the stream. */
export const foldFor: Duration = seconds(10);
/** What was taken at the very end of a fold has to be settled, and has to reach the store's index, before it is looked up. */
export const settleFor: Duration = seconds(2);

export const foldUntil = (since: Instant): Instant => since + foldFor + settleFor;

/** What comes now is listed at the end of the fold; where that is too near to know of it by then, at the end of another. */
export function foldUntilLater(draft: Draft, since: Instant): void {
  const pending = draft.state().signal.foldUntil;
  if (pending !== undefined && draft.command.at <= pending - settleFor) return;
  draft.add({ type: "AlertsFolded", until: Math.max(foldUntil(since), pending ?? 0) });
}

/** After so many notices of alerts that joined, the next one waits so long: a storm of ever-new titles must not fill a phone. */
const pauses: readonly Duration[] = [0, minutes(2), minutes(5), minutes(10), minutes(15)];

export const pauseAfter = (round: number): Duration => pauses[Math.min(round, pauses.length - 1)] ?? 0;

/** Nothing joined for so long: the next news is told as quickly as the first. */
export const newsRest: Duration = minutes(30);
