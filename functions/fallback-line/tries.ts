// PINs tried at the fallback. There is no store to count them in: each instance counts its own, all of them, for nobody can
// tell a wrong one. An instance serves one call at a time, and the function may have few of them (infra/sizing.ts).
import { fallbackPins } from "../core/limits/table.ts";
import { isReached } from "../core/limits/window.ts";
import { hours, type Instant } from "../core/time.ts";

interface Try {
  readonly number: string;
  readonly at: Instant;
}

const longestSpan = hours(1);

export function countedTries() {
  let tries: readonly Try[] = [];
  return {
    /** False where this number, or all numbers together, tried too often. */
    grants(number: string, now: Instant): boolean {
      tries = tries.filter(({ at }) => at > now - longestSpan);
      const times = (of: readonly Try[]) => of.map(({ at }) => at);
      const mine = tries.filter((each) => each.number === number);
      if (isReached(times(mine), fallbackPins.stranger, now)) return false;
      if (isReached(times(tries), fallbackPins.strangers, now)) return false;
      tries = [...tries, { number, at: now }];
      return true;
    },
  };
}
