// A deployment that pages numbers of books and films pages nobody.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fictionalNumbersIn } from "../../infra/fictional-numbers.ts";

test("every number of the sample is one of them, and each is named once", () => {
  const sample = readFileSync(new URL("../../muster.yaml", import.meta.url), "utf8");
  const all = new Set([...sample.matchAll(/"(\+\d+)"/g)].map(([, number]) => number));
  expect(all.size).toBeGreaterThanOrEqual(5);
  expect(new Set(fictionalNumbersIn(sample))).toEqual(all);
});

test.each([
  "+12025550200",
  "+447700901000",
  "+61491570007",
  "+46701740604",
  "+46701740700",
  "+46846500500",
  "+4915112345678",
])("%s may be somebody's", (number) => {
  expect(fictionalNumbersIn(`phone: "${number}"`)).toEqual([]);
});
