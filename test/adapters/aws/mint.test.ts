// Names of things: sortable by time, of letters that nobody misreads; codes short enough to be typed at night.
import { expect, test } from "vitest";
import { secureMint } from "../../../functions/adapters/aws/mint.ts";

let now = Date.UTC(2026, 10, 21, 2, 0);
const mint = secureMint({ now: () => now }, "B");

test("an id has 26 letters, of those that can't be taken for another", () => {
  expect(mint.id()).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
});

test("a later id sorts after an earlier one", () => {
  const ids = Array.from({ length: 50 }, () => {
    now += 1 + Math.round(now % 997);
    return mint.id();
  });
  expect(ids).toEqual(ids.toSorted());
});

test("ids of one moment differ", () => {
  expect(new Set(Array.from({ length: 1000 }, () => mint.id())).size).toBe(1000);
});

test("a code is the hub's letter and four digits, of which nobody leaves out the first", () => {
  const codes = Array.from({ length: 2000 }, () => mint.code());
  expect(codes.filter((code) => !/^B[1-9]\d{3}$/.test(code))).toEqual([]);
});
