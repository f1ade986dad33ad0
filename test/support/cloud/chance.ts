// Bad luck that can be had again: everything that the cloud may do to us is drawn from one seed.

export interface Chance {
  /** True once in so many times as `share` says. */
  hits(share: number): boolean;
  /** A whole number from 0, below the limit. */
  below(limit: number): number;
  shuffled<One>(all: readonly One[]): readonly One[];
  /** So many of them, or all there are, in any order. */
  some<One>(all: readonly One[], count: number): readonly One[];
}

export const seed = Number(process.env["MUSTER_SEED"] ?? "1");

/** Mulberry32. */
export function chanceOf(start: number): Chance {
  let state = start >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    hits: (share) => next() < share,
    below,
    some(all, count) {
      const left = [...all];
      const chosen = [];
      for (let n = 0; n < count && left.length > 0; n++) {
        const place = below(left.length);
        const one = left[place];
        const last = left.pop();
        if (one === undefined || last === undefined) break;
        chosen.push(one);
        if (place < left.length) left[place] = last;
      }
      return chosen;
    },
    shuffled: (all) =>
      all
        .map((one) => ({ one, place: next() }))
        .toSorted((a, b) => a.place - b.place)
        .map(({ one }) => one),
  };
}
