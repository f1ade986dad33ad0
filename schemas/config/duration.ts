// Spans of time as people write them: 30s, 5m, 1h30m.
import type { Duration } from "../../functions/core/time.ts";

export const durationPattern = /^(?=\d)(?:(\d{1,4})h)?(?:(\d{1,5})m)?(?:(\d{1,6})s)?$/;

/** Undefined for anything that is not a span of time. */
export function durationOf(text: string): Duration | undefined {
  const found = durationPattern.exec(text);
  if (found === null) return undefined;
  const [, hours = "0", minutes = "0", seconds = "0"] = found;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}
