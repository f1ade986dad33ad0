// Waiting, as an argument: the host waits in real time, a test moves time itself.
import type { Duration } from "../../../functions/core/time.ts";

export interface Waits {
  /** Runs `action` once, after at least so long. */
  set(action: () => void, after: Duration): unknown;
  clear(wait: unknown): void;
}

/** The longest that Node's setTimeout can wait. */
const longest = 2 ** 31 - 1;

export const realWaits: Waits = {
  set: (action, after) => setTimeout(action, Math.min(Math.max(after, 0), longest)),
  clear: (wait) => clearTimeout(wait as NodeJS.Timeout | undefined),
};

/** One wait at a time, for the earliest instant that it was told of. */
export interface Alarm {
  /** Moves the alarm forward to `at`, never back. */
  by(at: number): void;
  /** For good: what still runs when the house closes may not ring it any more. */
  stop(): void;
}

export function openAlarm(now: () => number, waits: Waits, ring: () => void): Alarm {
  let armed = Number.POSITIVE_INFINITY;
  let wait: unknown;
  const stop = (): void => {
    waits.clear(wait);
    armed = Number.NEGATIVE_INFINITY;
  };
  return {
    by(at) {
      if (at >= armed) return;
      waits.clear(wait);
      armed = at;
      wait = waits.set(() => {
        armed = Number.POSITIVE_INFINITY;
        ring();
      }, at - now());
    },
    stop,
  };
}
