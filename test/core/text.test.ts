// Text from outside, before it reaches anybody's eyes.
import fc from "fast-check";
import { expect, test } from "vitest";
import { line, paragraph } from "../../functions/core/text.ts";

const anything = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom("\ud83d", "\ude92", "\n", "\r", "\u0000", "\u202e", "a", "🚒") }),
);

test("a line is one line, within its bound, well formed, and free of control characters", () => {
  fc.assert(
    fc.property(anything, fc.integer({ min: 1, max: 30 }), (text, max) => {
      const made = line(text, max);
      expect(made.length).toBeLessThanOrEqual(max);
      expect(made.isWellFormed()).toBe(true);
      expect(made).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
});

test("a paragraph keeps its line breaks and nothing else that controls", () => {
  expect(paragraph("one\r\ntwo\n\tthree\u0007", 100)).toBe("one\ntwo\n three\ufffd");
  fc.assert(fc.property(anything, (text) => !/[^\P{Cc}\n]/u.test(paragraph(text, 20))));
});

test("what was cut off is shown", () => {
  expect(line("a".repeat(301), 300)).toBe(`${"a".repeat(299)}…`);
  expect(line("aaa🚒🚒", 5)).toBe("aaa…");
  expect(line("  ok  ", 300)).toBe("ok");
});
