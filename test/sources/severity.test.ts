// What others call how bad it is.
import { expect, test } from "vitest";
import { severityOf } from "../../functions/sources/severity.ts";

test.each([
  ["SEV-1", "critical"],
  ["sev_1", "critical"],
  ["Sev 1", "critical"],
  ["P 1", "critical"],
  ["p-1", "critical"],
  ["P0", "critical"],
  ["Severity: 2", "error"],
  ["Priority 2", "error"],
  ["S3", "warning"],
  ["P5", "info"],
  ["P1 - Critical", "critical"],
  ["2 - High", "error"],
  ["SEV-3 (minor)", "warning"],
  ["warning/low", "warning"],
  ["P12", "error"],
  ["7", "error"],
  ["purple", "error"],
  ["", "error"],
  [undefined, "error"],
])("%j is %s", (word, severity) => {
  expect(severityOf(word)).toBe(severity);
});
