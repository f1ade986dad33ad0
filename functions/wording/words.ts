// Small words: severities, channels, counts, lists and durations, as a tired person reads them.
import type { ChannelName } from "../core/contact.ts";
import type { AlertSeverity } from "../core/severity.ts";
import type { Duration } from "../core/time.ts";

export const severityWords: Readonly<Record<AlertSeverity, string>> = {
  info: "INFO",
  warning: "WARNING",
  error: "ERROR",
  critical: "CRITICAL",
};

export const channelWords: Readonly<Record<ChannelName, string>> = {
  sms: "SMS",
  voice: "phone",
  teams: "Teams",
};

const small = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"] as const;

/** "one other", "two others"; numerals above ten. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${small[count] ?? String(count)} ${count === 1 ? one : many}`;

export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** "Ada", "Ada and Grace", "Ada, Grace and 3 more". */
export function listed(names: readonly string[], show = 3): string {
  const [shown, more] =
    names.length > show + 1 ? [names.slice(0, show), names.length - show] : [names, undefined];
  const all = more === undefined ? shown : [...shown, `${more} more`];
  const last = all.at(-1) ?? "nobody";
  return all.length < 2 ? last : `${all.slice(0, -1).join(", ")} and ${last}`;
}

/** How many other symptoms fire beside the one that is named. */
export const andMore = (symptom: string, more = 0): string =>
  more === 0 ? symptom : `${symptom} (+${more} more)`;
/** The same, as it is spoken. */
export const sayMore = (more = 0): string => (more === 0 ? "" : ` And ${counted(more, "more", "more")}.`);

/** "40 seconds", "1 minute", "2 hours 30 minutes". */
export function lasting(duration: Duration): string {
  const total = Math.max(Math.round(duration / 1000), 0);
  if (total < 60) return unit(total, "second");
  const [hours, minutes] = [Math.floor(total / 3600), Math.round((total % 3600) / 60)];
  if (hours === 0) return unit(minutes, "minute");
  return minutes === 0 ? unit(hours, "hour") : `${unit(hours, "hour")} ${unit(minutes, "minute")}`;
}

const unit = (count: number, name: string): string => `${count} ${name}${count === 1 ? "" : "s"}`;
