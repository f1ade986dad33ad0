// A report as it is typed.
import fc from "fast-check";
import { expect, test } from "vitest";
import { readReport } from "../../functions/core/can-words.ts";

test.each([
  ["down / rolling back / a DBA", ["down", "rolling back", "a DBA"]],
  ["down / rolling back", ["down", "rolling back", ""]],
  ["down | rolling back | none", ["down", "rolling back", "none"]],
  [
    "see https://status.example/a/b / 24/7 watch / hands",
    ["see https://status.example/a/b", "24/7 watch", "hands"],
  ],
  ["down\nrolling back\nhands", ["down", "rolling back", "hands"]],
  ["/ rolling back /", undefined],
  ["Conditions: down Actions: rolling back, Needs: a DBA", ["down", "rolling back,", "a DBA"]],
  ["c: down; n: a DBA", ["down;", "", "a DBA"]],
  ["needs: hands", ["", "", "hands"]],
  ["down", undefined],
  ["you look at this", undefined],
  ["a: x a: y", undefined],
  ["one / two / three / four", undefined],
  ["", undefined],
])("%j", (said, expected) => {
  const read = readReport(said);
  expect(read === undefined ? undefined : [read.conditions, read.actions, read.needs]).toEqual(expected);
});

test("three parts between strokes come back as they were, whatever stands in them", () => {
  const part = fc
    .string({ minLength: 1, maxLength: 40 })
    .filter((said) => said.trim() === said && said !== "" && !/[/|\n:]/.test(said));
  fc.assert(
    fc.property(part, part, part, (conditions, actions, needs) => {
      expect(readReport(`${conditions} / ${actions} / ${needs}`)).toEqual({ conditions, actions, needs });
    }),
  );
});
