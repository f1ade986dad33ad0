// The hub dies in the middle of things, again and again, and nothing that it said yes to is lost. The long run is a benchmark:
// npm run bench -- crash-accept --rounds 100.
import { describe, expect, test } from "vitest";
import { crashRun } from "./bench/crash/crash-run.ts";

describe("killed three times while alerts pour in, the hub", () => {
  test("pages for every alert that it accepted, and says where it may have paged twice", async () => {
    const outcome = await crashRun({ rounds: 3, perSecond: 60, toTheEnd: false, longestLife: 500 });
    expect(outcome.accepted).toBeGreaterThan(5);
    expect(outcome.withoutIncident).toEqual([]);
    expect(outcome.withoutPage).toEqual([]);
    expect(outcome.unexplained).toEqual([]);
    expect(outcome.doubled).toBeLessThanOrEqual(outcome.uncertain);
  }, 300_000);
});
