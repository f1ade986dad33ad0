// Spans of time as people write them: 30s, 5m, 1h30m.
import type { Duration } from "../../functions/core/time.ts";

export const durationPattern = /^(?=\d)(?:(\d{1,4})h)?(?:(\d{1,5})m)?(?:(\d{1,6})s)?$/;

/** The same in the other direction, to the second. */
export function spanText(span: Duration): string {
  const all = Math.round(span / 1000);
  const parts = [
    [Math.floor(all / 3600), "h"],
    [Math.floor((all % 3600) / 60), "m"],
    [all % 60, "s"],
  ] as const;
  const written = parts.filter(([n]) => n > 0).map(([n, unit]) => `${n}${unit}`);
  return written.join("") || "0s";
}

/** Undefined for anything that is not a span of time. */
export function durationOf(text: string): Duration | undefined {
  const found = durationPattern.exec(text);
  if (found === null) return undefined;
  const [, hours = "0", minutes = "0", seconds = "0"] = found;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}
