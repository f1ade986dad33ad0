// A notice of which nothing was heard is not waited for forever.
import { type Duration, type Instant, isDue, minutes, seconds } from "../../time.ts";
import type { Draft } from "../draft.ts";
import type { Incident, Notice } from "../state.ts";
import { failNotice } from "./detour.ts";

/** A notice in doubt waits so long for a report that bears its name; then it goes by another way. */
export const doubtFor: Duration = seconds(30);
/** Nobody carried it out for so long: the queue has given it up, or is about to. */
const stuckAfter: Duration = minutes(2);

export function noticeDue({ state, at, dueAt }: Notice): Instant | undefined {
  if (state === "wanted") return at + stuckAfter;
  return state === "uncertain" ? dueAt : undefined;
}

export function noticesDue(notices: Incident["notices"]): Instant | undefined {
  const moments = Object.values(notices).flatMap((notice) => noticeDue(notice) ?? []);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

export function passNotices(draft: Draft): void {
  const now = draft.command.at;
  for (const [id, notice] of Object.entries(draft.state().notices)) {
    if (!isDue(noticeDue(notice), now)) continue;
    failNotice(draft, id, { reason: notice.state === "wanted" ? "not-carried-out" : "timed-out" });
  }
}
