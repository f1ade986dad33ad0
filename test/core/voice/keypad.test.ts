// The key that answers is another one in each call.
import fc from "fast-check";
import { expect, test } from "vitest";
import { keyMeanings, keypadOf, meaningOf } from "../../../functions/core/voice/keypad.ts";

const code = fc
  .tuple(fc.constantFrom("A", "B", "Z"), fc.integer({ min: 0, max: 9999 }))
  .map(([letter, n]) => `${letter}${n}`);

test("each key of a call means one thing, none is 0, and a phone's * and # mean nothing", () => {
  fc.assert(
    fc.property(code, fc.integer({ min: 0, max: 50 }), (page, attempt) => {
      const keypad = keypadOf(page, attempt);
      expect(new Set(Object.values(keypad)).size).toBe(keyMeanings.length);
      for (const key of Object.values(keypad)) expect(key).toMatch(/^[1-9]$/);
      for (const meaning of keyMeanings) expect(meaningOf(keypad, keypad[meaning])).toBe(meaning);
      for (const key of ["0", "*", "#", "", "12", "constructor"])
        expect(meaningOf(keypad, key)).toBeUndefined();
    }),
  );
});

test("it is the same for all of one call, and another for the next attempt", () => {
  expect(keypadOf("A4821", 1)).toEqual(keypadOf("A4821", 1));
  expect(keypadOf("A4821", 1).acknowledge).not.toBe(keypadOf("A4821", 2).acknowledge);
});

test("no key is the right one much more often than another", () => {
  const counts = new Map<string, number>();
  for (let n = 0; n < 9_000; n++) {
    const { acknowledge } = keypadOf(`A${String(n % 10_000).padStart(4, "0")}`, 1);
    counts.set(acknowledge, (counts.get(acknowledge) ?? 0) + 1);
  }
  expect(counts.size).toBe(9);
  for (const count of counts.values()) expect(count).toBeGreaterThan(500);
});
