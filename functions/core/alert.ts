// An alert is what monitoring says; its record is the proof that we accepted it, the key by which repeats are told
// apart, and the place where its end (its disposition) is written.
import type { AlertSeverity } from "./severity.ts";
import { type Duration, type Instant, minutes, seconds } from "./time.ts";

/** What a source's parser makes of one alert, before it is routed. All texts are bounded by the parser. */
export interface Alert {
  /** The sender's own stable key: the same condition gives the same text. */
  readonly fingerprint: string;
  readonly status: "firing" | "resolved";
  readonly severity: AlertSeverity;
  readonly title: string;
  readonly description?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** When the condition began or ended, by the sender's clock; left out when the sender does not say. */
  readonly since?: Instant;
  readonly until?: Instant;
  readonly link?: string;
}

/** An alert with its identity and its way through the house, as it is put before the ledger. */
export interface RoutedAlert extends Alert {
  /** Digest of source, drill mark and fingerprint. */
  readonly id: string;
  readonly source: string;
  readonly service: string;
  readonly correlation: string;
  readonly drill: boolean;
  /** How many copies of it one request carried; 1 or more. */
  readonly copies: number;
}

export const suppressionReasons = ["resolved-before-trigger", "resolved-while-waiting"] as const;
export type SuppressionReason = (typeof suppressionReasons)[number];

/** How an accepted alert ended: one of these, and never nothing. */
export type Disposition =
  | { readonly kind: "opened" | "joined" | "resolved"; readonly incident: string }
  | { readonly kind: "suppressed"; readonly reason: SuppressionReason };

export interface AlertRecord {
  readonly id: string;
  /** Grows with every change that is news; a settlement names the revision that it settles. */
  readonly revision: number;
  readonly source: string;
  readonly service: string;
  readonly correlation: string;
  readonly drill: boolean;
  readonly status: "firing" | "resolved";
  readonly severity: AlertSeverity;
  readonly title: string;
  readonly since: Instant;
  readonly until?: Instant;
  /** When this revision was accepted, and when it was last handed on. */
  readonly acceptedAt: Instant;
  readonly passedAt: Instant;
  /** All copies of this occurrence, the first included. */
  readonly count: number;
  readonly disposition?: Disposition;
  /** The incident in which it fires, or last fired. */
  readonly incident?: string;
}

/** A duplicate of an alert that is not settled yet is handed on again after this long. */
export const unsettledRepass: Duration = seconds(30);
/** One duplicate per alert and window is handed on anyway, so that nothing is swallowed for ever. */
export const healingRepass: Duration = minutes(5);

/** `moved`: it tells of a newer occurrence, or of a later end, than the record did; nothing else is news. */
export type Verdict = "accepted" | "duplicate" | "moved" | "repassed" | "stale";

export interface Taken {
  readonly verdict: Verdict;
  readonly record: AlertRecord;
  /** Whether the feed has to carry it to handle-alert. */
  readonly publish: boolean;
}

/** Decides what an arriving alert means beside what is already known of it. */
export function takeAlert(known: AlertRecord | undefined, alert: RoutedAlert, now: Instant): Taken {
  if (known === undefined) return takeUnknown(alert, now);
  if (alert.status === "resolved") return takeResolve(known, alert, now);
  if (known.status === "resolved") return takeRefire(known, alert, now);
  if (known.severity !== alert.severity && !speaksOfEarlier(known, alert)) {
    const { severity, title } = alert;
    return fresh({ ...moved(known, alert, now), severity, title, count: known.count + alert.copies }, now);
  }
  return takeDuplicate(known, alert, now);
}

const speaksOfEarlier = (known: AlertRecord, { since }: RoutedAlert): boolean =>
  since !== undefined && since < known.since;

/** The record with the newest occurrence, and the latest end, that anybody told of: by them late messages are known. */
function moved(known: AlertRecord, alert: RoutedAlert, now: Instant): AlertRecord {
  const since = Math.max(known.since, alert.since ?? known.since);
  if (alert.status === "firing" || alert.until === undefined) return { ...known, since };
  return { ...known, since, until: Math.max(known.until ?? 0, Math.min(alert.until, now)) };
}

/** True while a duplicate at `now` needs no more than its count: the rule behind a single conditional write. */
export const isQuietDuplicate = (known: AlertRecord, alert: RoutedAlert, now: Instant): boolean =>
  known.status === alert.status &&
  (alert.status === "resolved" || known.severity === alert.severity) &&
  !isMoved(known, moved(known, alert, now)) &&
  now - known.passedAt < (known.disposition === undefined ? unsettledRepass : healingRepass);

const isMoved = (known: AlertRecord, next: AlertRecord): boolean =>
  known.since !== next.since || known.until !== next.until;

function takeUnknown(alert: RoutedAlert, now: Instant): Taken {
  // Our own clock only where the sender's says nothing at all.
  const since = alert.since ?? alert.until ?? now;
  const { id, source, service, correlation, drill, status, severity, title, copies } = alert;
  const record = { id, source, service, correlation, drill, status, severity, title, since, count: copies };
  if (status === "firing") return fresh({ ...record, revision: 0 }, now);
  // A resolve for something never seen: kept, so that its trigger, still on the way, is known to be late.
  return {
    verdict: "accepted",
    publish: false,
    record: {
      ...record,
      revision: 1,
      ...ended(alert, now),
      acceptedAt: now,
      passedAt: now,
      disposition: { kind: "suppressed", reason: "resolved-before-trigger" },
    },
  };
}

function takeResolve(known: AlertRecord, alert: RoutedAlert, now: Instant): Taken {
  if (known.status === "resolved") return takeDuplicate(known, alert, now);
  // A resolve that speaks of an earlier occurrence than the one that fires now says nothing about this one.
  if (speaksOfEarlier(known, alert) && (alert.until ?? known.since - 1) < known.since)
    return stale(known, alert, now);
  return fresh(
    {
      ...moved(known, alert, now),
      ...ended(alert, now),
      status: "resolved",
      count: known.count + alert.copies,
    },
    now,
  );
}

// The sender's word only: its clock and ours are never compared, or a slow clock would make a new fire look old.
const ended = (alert: RoutedAlert, now: Instant): { until?: Instant } =>
  alert.until === undefined ? {} : { until: Math.min(alert.until, now) };

function takeRefire(known: AlertRecord, alert: RoutedAlert, now: Instant): Taken {
  // A trigger that began before the end that we know of is late or replayed: it never reopens what is newer.
  const since = alert.since;
  if (since !== undefined && (since <= known.since || since < (known.until ?? since)))
    return stale(known, alert, now);
  const { service, correlation, severity, title } = alert;
  const { until: _over, disposition: _settled, incident: _left, ...kept } = known;
  return fresh(
    {
      ...kept,
      service,
      correlation,
      severity,
      title,
      status: "firing",
      since: since ?? now,
      count: alert.copies,
    },
    now,
  );
}

function takeDuplicate(known: AlertRecord, alert: RoutedAlert, now: Instant): Taken {
  const record = { ...moved(known, alert, now), count: known.count + alert.copies };
  if (isRepassDue(known, now))
    return { verdict: "repassed", publish: true, record: { ...record, passedAt: now } };
  return { verdict: isMoved(known, record) ? "moved" : "duplicate", publish: false, record };
}

/** Resolved and settled is the end of it: there is nothing left to heal. */
const isRepassDue = ({ status, disposition, passedAt }: AlertRecord, now: Instant): boolean =>
  disposition === undefined
    ? now - passedAt >= unsettledRepass
    : status === "firing" && now - passedAt >= healingRepass;

/** Late: it changes nothing, but what is not settled yet is handed on whoever knocks. */
function stale(known: AlertRecord, alert: RoutedAlert, now: Instant): Taken {
  const record = { ...known, count: known.count + alert.copies };
  if (known.disposition !== undefined || !isRepassDue(known, now))
    return { verdict: "stale", publish: false, record };
  return { verdict: "repassed", publish: true, record: { ...record, passedAt: now } };
}

function fresh(
  record: Omit<AlertRecord, "acceptedAt" | "passedAt"> & { readonly disposition?: Disposition },
  now: Instant,
): Taken {
  const { disposition: _news, ...rest } = record;
  return {
    verdict: "accepted",
    publish: true,
    record: { ...rest, revision: record.revision + 1, acceptedAt: now, passedAt: now },
  };
}

/** Folds the copies that one request carried: the newest word on each alert stays, with the number of its copies. */
export function foldCopies(alerts: readonly RoutedAlert[]): readonly RoutedAlert[] {
  const folded = new Map<string, RoutedAlert>();
  for (const alert of alerts) {
    const same = folded.get(alert.id);
    if (same === undefined) folded.set(alert.id, alert);
    else folded.set(alert.id, { ...newer(same, alert), copies: same.copies + alert.copies });
  }
  return [...folded.values()];
}

/** By the sender's times where both have one; an occurrence ends after it began; otherwise the later in the request. */
function newer(first: RoutedAlert, then: RoutedAlert): RoutedAlert {
  if (first.since === undefined || then.since === undefined) return then;
  if (first.since !== then.since) return first.since > then.since ? first : then;
  return first.status === "resolved" ? first : then;
}
