// What monitoring systems call their severities, in our four. An unknown word must still ring: it counts as an error, and
// stands unchanged among the labels.
import { type AlertSeverity, worst } from "../core/severity.ts";

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
    "urgent",
    "blocker",
  ],
  error: ["error", "err", "high", "major", "severe"],
  warning: ["warning", "warn", "medium", "average", "moderate", "minor"],
  info: ["info", "information", "informational", "notice", "low", "debug", "none", "ok"],
};

/** By number, as in P1 or SEV-2. */
const ranks: readonly AlertSeverity[] = ["critical", "critical", "error", "warning", "info", "info"];
const ranked = /^(?:p|s|sev|severity|prio|priority)[\s_:#./-]*([0-5])$/;

const severities = new Map(
  Object.entries(words).flatMap(([severity, names]) =>
    names.map((name) => [name, severity as AlertSeverity] as const),
  ),
);

/** The first that says something; an error if none does. */
export const severityIn = (...texts: readonly (string | undefined)[]): AlertSeverity =>
  severityOf(texts.find((text) => text !== undefined && text !== ""));

export function severityOf(text: string | undefined): AlertSeverity {
  const word = (text ?? "").slice(0, longestWord).trim().toLowerCase();
  return oneWord(word) ?? ofSeveral(word) ?? "error";
}
const longestWord = 60;

const oneWord = (word: string): AlertSeverity | undefined =>
  severities.get(word) ?? ranks[Number(ranked.exec(word)?.[1] ?? Number.NaN)];

/** "P1 - Critical": the worst of what is understood. */
function ofSeveral(text: string): AlertSeverity | undefined {
  const known = text
    .replaceAll(/\b(p|s|sev|severity|prio|priority)[\s_:#./-]+(?=[0-5]\b)/g, "$1")
    .split(/[^a-z0-9]+/)
    .flatMap((word) => oneWord(word) ?? []);
  return known.length === 0 ? undefined : known.reduce(worst);
}
