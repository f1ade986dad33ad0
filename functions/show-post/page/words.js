// The page's words for the hub's codes. A code that is not here yet is shown as it is: a newer hub must not blank a page.
import { brief } from "./said.js";

/** @param {Record<string, string>} table @returns {(code: string) => string} */
const words = (table) => (code) => (Object.hasOwn(table, code) && table[code]) || code;

export const severityWord = words({
  info: "Info",
  warning: "Warning",
  error: "Error",
  critical: "Critical",
});

export const phaseWord = words({
  triage: "Triage",
  declared: "Declared",
  mitigated: "Mitigated",
  closed: "Closed",
  "stood-down": "Stood down",
});

export const requestWord = words({
  open: "no answer yet",
  "catch-all": "nobody took it: the last resort is paged",
  paused: "paused",
  satisfied: "answered",
  cancelled: "no longer needed",
});

export const pageWord = words({
  open: "no answer yet",
  acknowledged: "acknowledged",
  escalated: "asked for more help",
  declined: "declined",
  expired: "did not answer",
  unreached: "could not be reached",
  cancelled: "called off",
});

export const deliveryWord = words({
  wanted: "being sent",
  handed: "handed to the carrier",
  confirmed: "delivered",
  retrying: "being tried again",
  failed: "failed",
  uncertain: "sent, fate unknown",
  superseded: "no longer needed",
});

export const channelWord = words({ sms: "SMS", voice: "Call", teams: "Teams", email: "Mail", web: "Web" });

export const bridgeReason = words({
  ordered: "somebody asked for it",
  "chat-unreachable": "the chat can't be reached",
  severity: "the severity is critical",
  policy: "the policy says so",
  caller: "somebody called for help",
});

export const admissionWord = words({
  pin: "came in by PIN",
  "call-in": "was called in",
  page: "came in from a page",
  "call-for-help": "called for help",
});

export const refusalWord = words({
  "incident-closed": "This incident has ended.",
  "incident-unknown": "The hub does not know this incident.",
  "page-unknown": "The hub does not know this page.",
  "page-not-yours": "That page was put to somebody else.",
  "already-answered": "Somebody has answered already.",
  "not-a-person": "Your account belongs to no person of Muster's config.",
  "not-allowed": "You are not allowed to do this.",
  "not-in-command": "Somebody else is in command of this incident.",
  "not-a-responder": "Only people working on this incident can let callers in.",
  "not-invited": "This incident is sensitive. Ask the people working on it to page you.",
  "already-declared": "This incident is declared already.",
  "not-declared": "This incident was never declared: resolve it instead.",
  "not-yet-open": "This incident is not open yet.",
});

/** @param {readonly string[]} people @param {number} [most] */
export function names(people, most = 4) {
  const names = people.map((name) => brief(name, 40));
  if (names.length === 0) return "nobody";
  if (names.length > most)
    return `${names.slice(0, most - 1).join(", ")} and ${names.length - most + 1} others`;
  if (names.length === 1) return names[0] ?? "";
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** @param {number} count @param {string} one @param {string} [many] */
export const counted = (count, one, many = `${one}s`) =>
  `${count.toLocaleString("en-GB")} ${count === 1 ? one : many}`;

/** The class of a list that is too long to be laid out at once. @param {readonly unknown[]} rows */
export const many = (rows) => (rows.length > 60 ? "many" : "");
