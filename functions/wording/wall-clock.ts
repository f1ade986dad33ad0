// The time of day where a person lives. Instants come as arguments; the zones' rules are those of the runtime.
import type { Instant } from "../core/time.ts";

interface Parts {
  readonly time: string;
  readonly weekday: string;
  readonly date: string;
  readonly year: string;
}

// Making a formatter takes longer than the rest of a message; there are a few hundred zones.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
  formatters.set(timeZone, made);
  return made;
}

function partsOf(instant: Instant, timeZone: string): Parts {
  const parts = new Map(
    formatter(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  return {
    time: `${parts.get("hour")}:${parts.get("minute")}`,
    weekday: parts.get("weekday") ?? "",
    date: `${parts.get("day")} ${parts.get("month")}`,
    year: parts.get("year") ?? "",
  };
}

const day = 86_400_000;
/** Further away than this a date without its year could be read as that of another one. */
const lastMonths = 120 * day;

/** "14:05" today, "Tue 14:05" this week, "3 Nov 14:05" before, "3 Nov 2025 14:05" before the last months. */
export function wallClock(instant: Instant, now: Instant, timeZone: string): string {
  const zone = isZone(timeZone) ? timeZone : "UTC";
  // A zone that the runtime does not know must not cost a page: the time is given in UTC and says so.
  const label = zone === timeZone ? "" : " UTC";
  const then = partsOf(instant, zone);
  const today = partsOf(now, zone);
  const distance = Math.abs(now - instant);
  if (distance < day && then.date === today.date) return `${then.time}${label}`;
  if (distance >= lastMonths) return `${then.date} ${then.year} ${then.time}${label}`;
  return `${distance < 6 * day ? then.weekday : then.date} ${then.time}${label}`;
}

function isZone(timeZone: string): boolean {
  try {
    formatter(timeZone);
    return true;
  } catch {
    return false; // a RangeError: the runtime's way to say that it knows no such zone
  }
}
