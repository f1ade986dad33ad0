// How long an alert has to stay quiet before its all-clear is believed: the longer, the more often it has come back. This
// also bounds what two senders can do that contradict each other about one alert.
import type { AlertRecord } from "./alert.ts";
import { returnsKept } from "./alert-memory.ts";
import { type Duration, type Instant, minutes } from "./time.ts";

/** From the most returns down; fewer than these: the usual time. */
const quietTimes: readonly { readonly returns: number; readonly quiet: Duration }[] = [
  { returns: 4, quiet: minutes(10) },
  { returns: 2, quiet: minutes(2) },
];

/** Zero: the usual time. */
export function quietTime({ memory }: AlertRecord, now: Instant): Duration {
  const recent = (memory?.returns ?? []).filter((at) => now - at < returnsKept).length;
  return quietTimes.find(({ returns }) => recent >= returns)?.quiet ?? 0;
}
