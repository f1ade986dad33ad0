// How patient the hub is with what it has taken and nobody has settled.
import fc from "fast-check";
import { expect, test } from "vitest";
import { isHandOnDue } from "../../functions/core/hand-on.ts";
import { hours, minutes, seconds } from "../../functions/core/time.ts";

/** When a sweep that comes each `step` hands it on, within a day. */
function handedOn(step: number): readonly number[] {
  const at: number[] = [];
  for (let now = 0; now <= hours(24); now += step) if (isHandOnDue(0, at.at(-1) ?? 0, now)) at.push(now);
  return at;
}

test("after one minute, two, four, eight, and from then on every ten", () => {
  expect(handedOn(minutes(1)).slice(0, 7)).toEqual([1, 2, 4, 8, 16, 26, 36].map(minutes));
});

test("whenever the sweep comes, never twice within a minute, and never later than ten minutes and a sweep", () => {
  fc.assert(
    fc.property(fc.integer({ min: seconds(1), max: minutes(3) }), (step) => {
      const at = [0, ...handedOn(step)];
      const pauses = at.slice(1).map((one, n) => one - (at[n] ?? 0));
      expect(Math.min(...pauses)).toBeGreaterThanOrEqual(minutes(1));
      expect(Math.max(...pauses)).toBeLessThanOrEqual(minutes(10) + step);
    }),
  );
});
