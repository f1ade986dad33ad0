// Our addresses for reports, there and back.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readReportPath, reportPath } from "../functions/provider-paths.ts";

const name = fc.stringMatching(/^[0-9A-Za-z]{1,26}$/);

test("what was written is read again, whatever the names", () => {
  fc.assert(
    fc.property(name, fc.constantFrom("page" as const, "notice" as const), name, (incident, kind, id) => {
      expect(readReportPath(reportPath(`incident/${incident}`, kind, id))).toEqual({
        stream: `incident/${incident}`,
        kind,
        id,
      });
    }),
  );
});

test("a delivery's name has points in it", () => {
  expect(readReportPath(reportPath("incident/i1", "page", "p1.0.1"))?.id).toBe("p1.0.1");
});

test.each([
  "",
  "/twilio/reports/i1/page",
  "/twilio/reports/i1/page/p1/x",
  "/twilio/reports/../page/p1",
  "/twilio/reports/i1/machine/p1",
  "/twilio/reports/i1/page/p1\n",
  "https://elsewhere.example.com/twilio/reports/i1/page/p1",
  `/twilio/reports/${"x".repeat(200)}/page/p1`,
])("%s is none", (path) => expect(readReportPath(path)).toBeUndefined());
