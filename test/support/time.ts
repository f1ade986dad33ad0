// Time that the test moves: nothing waits in earnest, and everything that falls due on the way happens in its order.
import type { Waits } from "../../infra/local/bus/waits.ts";

export interface VirtualTime {
  now(): number;
  readonly waits: Waits;
  /** Moves time on by `ms`; after each thing that fell due `settle` lets its consequences happen. */
  pass(ms: number, settle: () => Promise<void>): Promise<void>;
}

interface Wait {
  readonly at: number;
  readonly order: number;
  readonly action: () => void;
}

export function virtualTime(start: string): VirtualTime {
  let now = Date.parse(start);
  let order = 0;
  const waiting = new Set<Wait>();

  const next = (until: number): Wait | undefined =>
    [...waiting].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at || a.order - b.order)[0];

  return {
    now: () => now,
    waits: {
      set(action, after) {
        const wait = { at: now + Math.max(0, after), order: order++, action };
        waiting.add(wait);
        return wait;
      },
      clear: (wait) => void waiting.delete(wait as Wait),
    },
    async pass(ms, settle) {
      const until = now + ms;
      await settle();
      for (let due = next(until); due !== undefined; due = next(until)) {
        waiting.delete(due);
        now = Math.max(now, due.at);
        due.action();
        await settle();
      }
      now = until;
      await settle();
    },
  };
}
