// Whether it burns, in the words of many senders. A plain recovery never pages; what is in doubt does.
import type { Alert } from "../core/alert.ts";
import { type Fields, isFields, join, own, type Reader, scalar } from "./reader.ts";

/** `neither`: somebody has it, or works on it. That is no new fire and no end. */
export type Said = Alert["status"] | "neither";

const list = (words: string): readonly string[] => words.trim().split(/\s+/);

const words: Readonly<Record<Said, readonly string[]>> = {
  firing: list(`
    firing fire fired trigger triggered alerting alert alarm problem down open opened active
    activated new created create reopened failed failing failure unhealthy unreachable bad
    critical error warning warn unknown retriggered renotify nodata renodata rewarn
    unacknowledged`),
  resolved: list(`
    resolved resolve ok okay up closed close recovered recovery recover cleared clear normal
    healthy success solved fixed warnrecovered nodatarecovered`),
  neither: list(`
    acknowledged acknowledge acknowledgement acknowledgment ack acked downtimestart downtimeend
    downtimeremoved downtimecancelled`),
};

const meanings = new Map(
  Object.entries(words).flatMap(([said, those]) => those.map((word) => [word, said as Said] as const)),
);

/** Undefined: not a word that we know. */
export const saidBy = (text: string): Said | undefined => meanings.get(text) ?? meanings.get(bare(text));

/** "Normal (NoData)" is Grafana's, with its reasons behind it; in anybody else's brackets may stand that it still burns. */
const grafanas = /^\s*(normal|alerting|pending|recovering|nodata|error)\s*\([\w\s,]*\)\s*$/i;

const bare = (text: string): string =>
  text
    .slice(0, longestWord)
    .replace(grafanas, "$1")
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, "");
const longestWord = 60;

/**
 * Where senders say it. Our own `status`; Grafana and Prometheus `state`; PagerDuty `event_action`; Datadog
 * `alert_transition`, `alert_status`; New Relic `current_state`; Icinga `notification_type`; Zabbix `event_status`,
 * `trigger_status`.
 */
const stateFields = list(`
  status state alert_state alert_status alert_transition transition event_action action
  current_state notification_type notificationtype event_status trigger_status`);
/**
 * These say how bad it is or what kind of message it is, and some senders write the recovery there: Splunk On-Call
 * (VictorOps) in `message_type`, CloudWatch in `NewStateValue`. "Normal" is none: it is a priority, too.
 */
const severityFields = list("level severity alert_type alertType message_type event_type NewStateValue");
const recoveries: ReadonlySet<string> = new Set(
  list("ok okay resolved recovered recovery cleared clear success"),
);

interface Claim {
  readonly field: string;
  readonly said: Said;
}

export function statusOf(fields: Fields, at: string, read: Reader): Said {
  const claims: Claim[] = [];
  for (const [field, value] of [...fieldsOf(fields, stateFields), ...kumaState(fields)]) {
    const said = saidBy(value);
    if (said !== undefined) claims.push({ field, said });
    else if (field === "status") {
      read.warn(join(at, field), unknownWord);
      claims.push({ field, said: "firing" });
    }
  }
  if (typeof (own(fields, "status") ?? "") === "object") {
    read.warn(join(at, "status"), unknownWord);
    claims.push({ field: "status", said: "firing" });
  }
  for (const [field, value] of fieldsOf(fields, severityFields))
    if (recoveries.has(bare(value))) claims.push({ field, said: "resolved" });
  return agreed(claims, at, read);
}

export const unknownWord = `is not a word that we know, so it was taken as "firing"; write "firing" or "resolved"`;

export const neitherWarning = "is neither a fire nor an end, so nothing was changed";

/** What contradicts itself fires: a doubt pages. */
function agreed(claims: readonly Claim[], at: string, read: Reader): Said {
  const resolved = claims.find(({ said }) => said === "resolved");
  const fires = claims.find(({ said }) => said === "firing");
  const neither = claims.find(({ said }) => said === "neither");
  if (resolved === undefined && neither !== undefined) {
    // An acknowledgement still tells the state that was acknowledged; but what says "firing" in our own word means it.
    const ours = claims.find(({ field, said }) => field === "status" && said === "firing");
    if (ours === undefined) return "neither";
    read.warn(join(at, neither.field), `contradicts status, so it was taken as "firing"`);
    return "firing";
  }
  if (resolved === undefined) return "firing";
  if (fires === undefined) return "resolved";
  read.warn(join(at, resolved.field), `contradicts ${fires.field}, so it was taken as "firing"`);
  return "firing";
}

const fieldsOf = (fields: Fields, names: readonly string[]): readonly (readonly [string, string])[] =>
  names.flatMap((name) => {
    const text = scalar(own(fields, name));
    return text === undefined || text === "" ? [] : [[name, text] as const];
  });

/** Uptime Kuma's heartbeat: 0 down, 1 up, 2 tried again before it counts as down, 3 under maintenance. */
const kumaStates = ["down", "up", "acknowledged", "acknowledged"];

function kumaState(fields: Fields): readonly (readonly [string, string])[] {
  const heartbeat = own(fields, "heartbeat");
  const state = isFields(heartbeat) ? own(heartbeat, "status") : undefined;
  const word = typeof state === "number" ? kumaStates[state] : undefined;
  return word === undefined ? [] : [["heartbeat.status", word]];
}
