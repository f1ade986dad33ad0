// What monitoring systems call their severities, in our four. An unknown word must still ring: it counts as an error, and
// stands unchanged among the labels.
import type { AlertSeverity } from "../core/severity.ts";

const words: Readonly<Record<AlertSeverity, readonly string[]>> = {
  critical: [
    "critical",
    "crit",
    "page",
    "emergency",
    "emerg",
    "fatal",
    "disaster",
    "alert",
    "p1",
    "p0",
    "sev1",
    "sev0",
  ],
  error: ["error", "err", "high", "major", "p2", "sev2"],
  warning: ["warning", "warn", "medium", "average", "moderate", "minor", "p3", "sev3"],
  info: [
    "info",
    "information",
    "informational",
    "notice",
    "low",
    "debug",
    "none",
    "ok",
    "p4",
    "p5",
    "sev4",
    "sev5",
  ],
};

const severities = new Map(
  Object.entries(words).flatMap(([severity, names]) =>
    names.map((name) => [name, severity as AlertSeverity] as const),
  ),
);

export const severityOf = (word: string | undefined): AlertSeverity =>
  severities.get(word?.trim().toLowerCase() ?? "") ?? "error";
