// Refused callers on the terminal: one line a minute for each reason, so that a page in a browser or a stranger behind a tunnel
// can't fill it.
import { type Instant, minutes } from "../../functions/core/time.ts";
import type { Log } from "../../functions/log.ts";
import type { Clock } from "../../functions/ports.ts";
import type { Unreachable } from "./reach.ts";

export function refusalLog(log: Log, clock: Clock): (code: Unreachable) => void {
  const lastLine = new Map<Unreachable, Instant>();
  const since = new Map<Unreachable, number>();
  return (code) => {
    const now = clock.now();
    const count = (since.get(code) ?? 0) + 1;
    const isDue = now - (lastLine.get(code) ?? -Infinity) >= minutes(1);
    since.set(code, isDue ? 0 : count);
    if (!isDue) return;
    lastLine.set(code, now);
    log.warn("request refused", { code, count });
  };
}
