// No body makes a source throw or break a bound.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sources } from "../../functions/sources/registry.ts";

const names = fc.constantFrom(
  "alerts",
  "title",
  "status",
  "labels",
  "detail",
  "value",
  "alarmName",
  "configuration",
  "metrics",
  "metricStat",
  "metric",
  "dimensions",
  "fingerprint",
  "startsAt",
  "since",
  "resources",
  "__proto__",
  "constructor",
  "region",
  "state",
  "ruleName",
  "evalMatches",
  "tags",
  "heartbeat",
  "monitor",
  "annotations",
);
const body = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "medium" },
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.constantFrom("firing", "resolved", "ALARM", "OK", null, true, 1e300, -1, 1_793_668_320),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(names, tie("value"), { maxKeys: 6 }),
  ),
})).value;

describe.each(Object.entries(sources))("%s", (_kind, source) => {
  test("answers every body with alerts within bounds, or with named problems", () => {
    fc.assert(
      fc.property(body, (made) => {
        const parsed = source.parse(JSON.parse(JSON.stringify(made)), { now: 0 });
        if ("problems" in parsed) {
          expect(parsed.problems.length).toBeLessThanOrEqual(21);
          return;
        }
        expect((parsed.warnings ?? []).length).toBeLessThanOrEqual(21);
        for (const alert of parsed.alerts) {
          expect(alert.fingerprint.length).toBeGreaterThan(0);
          expect(alert.fingerprint.length).toBeLessThanOrEqual(256);
          expect(alert.title).toMatch(/^[^\p{Cc}]{1,300}$/u);
          expect(JSON.parse(JSON.stringify(alert))).toEqual(alert);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("an alert with more labels than a call takes arguments is an alert", () => {
    const labels = Object.fromEntries(Array.from({ length: 200_000 }, (_, n) => [`l${n}`, "1"]));
    const alert = { title: "A", labels, annotations: { summary: "A" }, alarmName: "A" };
    const parsed = source.parse({ ...alert, detail: { ...alert, ...labels } }, { now: 0 });
    expect(parsed).toMatchObject({ alerts: [{ title: "A" }] });
  });
});

describe.each(["alertmanager", "generic"] as const)("a list for %s that is longer than any storm", (kind) => {
  const tiny = (entries: number) => Array.from({ length: entries }, (_, n) => ({ title: `t${n}` }));

  test("is refused before it is read, with what to do", () => {
    for (const body of [tiny(60_001), { alerts: tiny(60_001) }, { alerts: Array(4_000_000).fill(0) }]) {
      const began = performance.now();
      expect(sources[kind].parse(body, { now: 0 })).toMatchObject({
        problems: [{ message: expect.stringContaining("put fewer into one request") }],
      });
      expect(performance.now() - began).toBeLessThan(500);
    }
  });

  test("is taken up to there", () => {
    expect(sources[kind].parse(tiny(60_000), { now: 0 })).toMatchObject({ alerts: { length: 60_000 } });
  });
});
