// Calls leave one after the other, so many a second; the others wait, as they do at the provider.
// https://www.twilio.com/docs/voice/api/call-resource: one call a second unless the account is approved for more.
import type { Timers } from "../timers.ts";

/** `perSecond` 0: at once. */
export function dialQueue(timers: Timers, now: () => number, perSecond: number) {
  const gap = perSecond === 0 ? 0 : 1000 / perSecond;
  let waiting: (() => void)[] = [];
  let freeAt = Number.NEGATIVE_INFINITY;
  let asleep = false;

  function pump(): void {
    if (asleep) return;
    // A clock that is set back holds nobody up for longer than the gap.
    const wait = Math.min(freeAt - now(), gap);
    const [dial, ...others] = waiting;
    if (dial === undefined) return;
    if (wait > 0) {
      asleep = true;
      timers.after(wait, () => {
        asleep = false;
        freeAt = Number.NEGATIVE_INFINITY;
        pump();
      });
      return;
    }
    waiting = others;
    freeAt = now() + gap;
    dial();
    pump();
  }

  return {
    /** The answer takes it out again. */
    add(dial: () => void): () => void {
      waiting.push(dial);
      pump();
      return () => {
        waiting = waiting.filter((other) => other !== dial);
      };
    },
  };
}
