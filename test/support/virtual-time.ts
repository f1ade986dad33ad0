// Time that stands still until a test moves it.
import { setImmediate as aTurn } from "node:timers/promises";
import type { Duration, Instant } from "../../functions/core/time.ts";
import type { Clock } from "../../functions/ports.ts";
import type { Waits } from "../../infra/local/bus/waits.ts";

export interface VirtualTime {
  readonly clock: Clock;
  readonly waits: Waits;
  /** Lets so much time pass; whatever waited for it runs in its order, and after each `settle` lets its consequences happen. */
  pass(duration: Duration, settle?: () => Promise<void>): Promise<void>;
  /** Moves the clock alone, as an operator or NTP would. */
  setClock(now: Instant): void;
}

interface Wait {
  readonly at: number;
  readonly action: () => void;
}

export function virtualTime(start: Instant): VirtualTime {
  let elapsed = 0;
  let offset = start;
  const waiting = new Set<Wait>();
  const nextBy = (end: number): Wait | undefined =>
    [...waiting].filter((wait) => wait.at <= end).toSorted((a, b) => a.at - b.at)[0];

  return {
    clock: { now: () => offset + elapsed },
    waits: {
      set(action, after) {
        const wait = { at: elapsed + Math.max(after, 0), action };
        waiting.add(wait);
        return wait;
      },
      clear: (wait) => void waiting.delete(wait as Wait),
    },
    async pass(duration, settle = settled) {
      const end = elapsed + duration;
      await settle();
      for (let wait = nextBy(end); wait !== undefined; wait = nextBy(end)) {
        waiting.delete(wait);
        elapsed = Math.max(elapsed, wait.at);
        wait.action();
        await settle();
      }
      elapsed = end;
      await settle();
    },
    setClock(now) {
      offset = now - elapsed;
    },
  };
}

/** What runs without waiting for time gets its turns. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await aTurn();
}
