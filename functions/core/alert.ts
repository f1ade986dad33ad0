// An alert is what monitoring says; its record is the proof that we accepted it, the key by which repeats are told
// apart, and the place where its end (its disposition) is written.
import { heard, remember, returned, withLeftOut } from "./alert-memory.ts";
import { isLateResolve, lateFire } from "./late-message.ts";
import { type AlertSeverity, isWorse } from "./severity.ts";
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
  /** Set if the sender itself wants nobody to be paged for it. */
  readonly suppressed?: SenderSuppression;
}

/** `by-sender`: the sender suppresses its actions. `scaling-alarm`: it only steers auto scaling. */
export type SenderSuppression = "by-sender" | "scaling-alarm";

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
  /** When the hub received it, where a queue lies between that and the ledger; otherwise it is the ledger's `now`. */
  readonly heardAt?: Instant;
}

export type SuppressionReason = "resolved-before-trigger" | "resolved-while-waiting" | SenderSuppression;

/** How an accepted alert ended: one of these, and never nothing. */
export type Disposition =
  | { readonly kind: "opened" | "joined" | "resolved"; readonly incident: string }
  | { readonly kind: "suppressed"; readonly reason: SuppressionReason };

/** Why a message changed nothing, beyond being one more copy. */
export type LeftOutReason = "copy-after-resolve" | "resolved-before-trigger" | "late-resolve";

/** A message that changed nothing; `incident` is the one that the alert belonged to. */
export interface LeftOut {
  readonly reason: LeftOutReason;
  readonly at: Instant;
  /** The start that it gave: by it a second copy is known. */
  readonly since?: Instant;
  readonly incident?: string;
}

/** What earlier messages leave behind for judging the next ones, and for whoever asks what became of them. */
export interface AlertMemory {
  /** The newest of each reason and start, at most three. */
  readonly leftOut?: readonly LeftOut[];
  /** When it fired again after an end that people were told of; see quiet-time.ts. */
  readonly returns?: readonly Instant[];
  /** The sender did not say when it began: `since` is by our own clock. */
  readonly sinceIsOurs?: true;
  /** When the newest fire or resolve was received, if that was before it was accepted. */
  readonly heardAt?: Instant;
}

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
  readonly memory?: AlertMemory;
}

/** A duplicate of an alert that is not settled yet is handed on again after this long. */
export const unsettledRepass: Duration = seconds(30);
/** One duplicate per alert and window is handed on anyway, so that nothing is swallowed for ever. */
export const healingRepass: Duration = minutes(5);

/** `moved`: it tells of a newer occurrence, or of a later end, than the record did; nothing else is news. */
export type Verdict = "accepted" | "duplicate" | "moved" | "repassed" | LeftOutReason | SenderSuppression;

type Unaccepted = Omit<AlertRecord, "acceptedAt" | "passedAt">;

export interface Taken {
  readonly verdict: Verdict;
  readonly record: AlertRecord;
  /** Whether the feed has to carry it to handle-alert. */
  readonly publish: boolean;
}

/** Whether what it says in full is kept: it is news, or the only trace of an alert that its sender suppressed. */
export const isDetailed = (verdict: Verdict): boolean =>
  verdict === "accepted" || verdict === "by-sender" || verdict === "scaling-alarm";

/**
 * Decides what an arriving alert means beside what is already known of it. What monitoring says now is believed; what is
 * left out is left out for a reason that is recorded.
 */
export function takeAlert(known: AlertRecord | undefined, alert: RoutedAlert, now: Instant): Taken {
  if (known === undefined) return takeUnknown(alert, now);
  if (alert.status === "resolved") return takeResolve(known, alert, now);
  if (alert.suppressed !== undefined) return takeSuppressed(known, alert, alert.suppressed, now);
  if (known.status === "resolved" || isHeldBack(known)) return takeRefire(known, alert, now);
  if (isChanged(known, alert)) {
    const { severity, title } = alert;
    const record = { ...moved(known, alert, now), severity, title, count: known.count + alert.copies };
    return fresh(heard(record, alert, now), now);
  }
  return takeDuplicate(known, alert, now);
}

/** What is worse is believed at once; what is less bad, unless it speaks of an earlier occurrence. */
const isChanged = (known: AlertRecord, { severity, since }: RoutedAlert): boolean =>
  isWorse(severity, known.severity) ||
  (severity !== known.severity && (since === undefined || since >= known.since));

/** It fires, and its sender wanted nobody to be paged for it. */
const isHeldBack = ({ status, disposition }: AlertRecord): boolean =>
  status === "firing" && disposition?.kind === "suppressed";

/** The record with the newest occurrence, and the latest end, that anybody told of: by them late messages are known. */
function moved(known: AlertRecord, alert: RoutedAlert, now: Instant): AlertRecord {
  const since = Math.max(known.since, Math.min(alert.since ?? known.since, now));
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
  const since = Math.min(alert.since ?? alert.until ?? now, now);
  const { id, source, service, correlation, drill, status, severity, title, copies } = alert;
  const facts = { id, source, service, correlation, drill, status, severity, title, since, count: copies };
  const unsaid = alert.since === undefined && alert.until === undefined;
  const first: Unaccepted = { ...facts, revision: 0 };
  const record = heard(remember(first, unsaid ? { sinceIsOurs: true } : {}), alert, now);
  if (alert.suppressed !== undefined)
    return heldBack({ ...record, ...ended(alert, now) }, alert.suppressed, now);
  if (status === "firing") return fresh(record, now);
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

/** An incident that is open already goes on: suppression holds back what is new. */
function takeSuppressed(
  known: AlertRecord,
  alert: RoutedAlert,
  reason: SenderSuppression,
  now: Instant,
): Taken {
  if (known.status === "firing" && !isHeldBack(known)) return takeDuplicate(known, alert, now);
  const again = known.status === "firing";
  const since = alert.since ?? now;
  const count = again ? known.count + alert.copies : alert.copies;
  const { severity, title, service, correlation } = alert;
  const { until: _over, incident: _left, ...kept } = known;
  const record = { ...kept, status: "firing" as const, severity, title, service, correlation, since, count };
  return heldBack(heard(record, alert, now), reason, now);
}

function heldBack(record: Unaccepted, reason: SenderSuppression, now: Instant): Taken {
  const disposition = { kind: "suppressed", reason } as const;
  // Handed on before all time: the next message is no quiet duplicate, as it may say that the suppression is over.
  const passedAt = record.status === "firing" ? 0 : now;
  const settled = { ...record, revision: record.revision + 1, disposition, acceptedAt: now, passedAt };
  return { verdict: reason, publish: false, record: settled };
}

function takeResolve(known: AlertRecord, alert: RoutedAlert, now: Instant): Taken {
  if (known.status === "resolved") return takeDuplicate(known, alert, now);
  const count = known.count + alert.copies;
  if (known.disposition?.kind === "suppressed") {
    const { disposition } = known;
    const record = { ...moved(known, alert, now), ...ended(alert, now), status: "resolved" as const, count };
    return heldBack(record, senderReason(disposition), now);
  }
  if (isLateResolve(known, alert, now)) return leftOut(known, alert, "late-resolve", now);
  const record = { ...moved(known, alert, now), ...ended(alert, now), status: "resolved" as const, count };
  return fresh(heard(record, alert, now), now);
}

const senderReason = ({ reason }: Extract<Disposition, { kind: "suppressed" }>): SenderSuppression =>
  reason === "scaling-alarm" ? reason : "by-sender";

// The sender's word only: its clock and ours are never compared, or a slow clock would make a new fire look old.
const ended = (alert: RoutedAlert, now: Instant): { until?: Instant } =>
  alert.until === undefined ? {} : { until: Math.min(alert.until, now) };

function takeRefire(known: AlertRecord, alert: RoutedAlert, now: Instant): Taken {
  const late = known.status === "resolved" ? lateFire(known, alert, now) : undefined;
  if (late !== undefined) return leftOut(known, alert, late, now);
  const { service, correlation, severity, title, since, copies: count } = alert;
  const { until: _over, disposition: _settled, incident: _left, ...kept } = known;
  const record = { ...kept, service, correlation, severity, title, count, status: "firing" as const };
  const again = returned({ ...record, since: Math.min(since ?? now, now) }, known, since === undefined, now);
  return fresh(heard(again, alert, now), now);
}

function takeDuplicate(known: AlertRecord, alert: RoutedAlert, now: Instant): Taken {
  const record = { ...moved(known, alert, now), count: known.count + alert.copies };
  if (isRepassDue(known, now))
    return { verdict: "repassed", publish: true, record: { ...record, passedAt: now } };
  if (!isMoved(known, record)) return { verdict: "duplicate", publish: false, record };
  // The end of an occurrence that was never seen: its trigger may still be on the way.
  const unseenEnd = known.status === "resolved" && record.since > known.since;
  const next = unseenEnd ? heard({ ...record, acceptedAt: now }, alert, now) : record;
  return { verdict: "moved", publish: false, record: next };
}

/** Resolved and settled is the end of it: there is nothing left to heal. */
const isRepassDue = ({ status, disposition, passedAt }: AlertRecord, now: Instant): boolean =>
  disposition === undefined
    ? now - passedAt >= unsettledRepass
    : status === "firing" && now - passedAt >= healingRepass;

/** It changes nothing, and that is recorded; a copy is told on the timeline of its incident. */
function leftOut(known: AlertRecord, alert: RoutedAlert, reason: LeftOutReason, now: Instant): Taken {
  const record = withLeftOut({ ...known, count: known.count + alert.copies }, alert, reason, now);
  const isTold = reason === "copy-after-resolve" && known.incident !== undefined;
  const publish = isTold || (known.disposition === undefined && isRepassDue(known, now));
  const handed = publish ? { ...record, passedAt: now } : record;
  return { verdict: reason, publish, record: handed };
}

function fresh(record: Unaccepted, now: Instant): Taken {
  const { disposition: _news, ...rest } = record;
  return {
    verdict: "accepted",
    publish: true,
    record: { ...rest, revision: record.revision + 1, acceptedAt: now, passedAt: now },
  };
}

/** Folds the copies that one request carried; what contradicts itself stays in its order, for the ledger to judge. */
export function foldCopies(alerts: readonly RoutedAlert[]): readonly RoutedAlert[] {
  const folded: RoutedAlert[] = [];
  const last = new Map<string, number>();
  for (const alert of alerts) {
    const place = last.get(alert.id);
    const same = place === undefined ? undefined : folded[place];
    if (place !== undefined && same !== undefined && isCopy(same, alert)) {
      folded[place] = { ...alert, copies: same.copies + alert.copies };
    } else last.set(alert.id, folded.push(alert) - 1);
  }
  return folded;
}

const isCopy = (a: RoutedAlert, b: RoutedAlert): boolean =>
  a.status === b.status && a.severity === b.severity && a.since === b.since && a.suppressed === b.suppressed;
