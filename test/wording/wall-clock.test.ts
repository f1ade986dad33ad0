// When it began, as somebody reads it who just woke up.
import { expect, test } from "vitest";
import { wallClock } from "../../functions/wording/wall-clock.ts";

const now = Date.UTC(2026, 10, 30, 16, 19);

test.each([
  ["today", "2026-11-30T10:00Z", "10:00"],
  ["this week", "2026-11-27T10:00Z", "Fri 10:00"],
  ["the last months", "2026-09-01T10:00Z", "1 Sept 10:00"],
  ["a year ago, on the same day", "2025-11-30T10:00Z", "30 Nov 2025 10:00"],
  ["early this year", "2026-03-01T10:00Z", "1 Mar 2026 10:00"],
  ["a year ahead", "2027-11-30T10:00Z", "30 Nov 2027 10:00"],
])("%s", (_when, at, words) => {
  expect(wallClock(Date.parse(at), now, "UTC")).toBe(words);
});

test("the year is that of the person's zone", () => {
  expect(wallClock(Date.UTC(2025, 11, 31, 23, 30), now, "Europe/Stockholm")).toBe("1 Jan 2026 00:30");
});
