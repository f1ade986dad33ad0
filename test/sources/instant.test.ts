// When something began, as senders write it: words are never dates, and this machine's zone has no say.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instantOf } from "../../functions/sources/instant.ts";

const quarter = Date.UTC(2026, 10, 3, 1, 15);

test.each([
  ["2026-11-03T01:15:00Z", quarter],
  ["2026-11-03t01:15:00z", quarter],
  ["2026-11-03 01:15:00Z", quarter],
  ["2026-11-03T02:15:00+01:00", quarter],
  ["2026-11-02T20:15:00-0500", quarter],
  ["2026-11-03T06:45+0530", quarter],
  ["2026-11-03T03:15:00+02", quarter],
  ["2026-11-03T01:15:00", quarter],
  ["2026-11-03T01:15", quarter],
  ["2026-11-03", Date.UTC(2026, 10, 3)],
  ["2026-11-03T01:15:00.123456789Z", quarter + 123],
  ["2026-11-03T01:14:60Z", quarter - 1000],
  [quarter / 1000, quarter],
  [quarter, quarter],
  [String(quarter / 1000), quarter],
])("%j is a time, in UTC where no zone stands", (written, instant) => {
  expect(instantOf(written)).toBe(instant);
});

const none: readonly unknown[] = [
  "node-7",
  "disk 3",
  "soon",
  "now",
  "yesterday",
  "March 7",
  "Tue",
  "7",
  "20261103",
  "2026",
  "2026-11",
  "03/12/2026",
  "11/03/2026 01:15",
  "3 Nov 2026",
  "Tue, 03 Nov 2026 01:15:00 GMT",
  "2026-13-01",
  "2026-02-30",
  "2026-11-03T24:00:01Z",
  "2026-11-03T01:60Z",
  "2026-11-03T01:15:00+25:00",
  "2026-11-03Z",
  "",
  -1,
  0,
  1e300,
  Number.NaN,
  true,
  null,
  undefined,
  {},
  [2026, 11, 3],
];

test.each(none)("%j is none", (written) => {
  expect(instantOf(written)).toBeUndefined();
});

describe("in any zone", () => {
  test("no word is a date", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ./-]{0,20}$/), (word) => {
        expect(instantOf(word)).toBeUndefined();
      }),
    );
  });

  test("what JavaScript writes is read as it was", () => {
    const from = Date.UTC(2000, 0, 1);
    fc.assert(
      fc.property(fc.integer({ min: from, max: Date.UTC(2099, 11, 31) }), (instant) => {
        expect(instantOf(new Date(instant).toISOString())).toBe(instant);
        expect(instantOf(new Date(instant).toISOString().replace("Z", ""))).toBe(instant);
      }),
    );
  });
});
