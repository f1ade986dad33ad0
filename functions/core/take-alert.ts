// What an arriving alert means beside what is already known of it. A doubt pages: what monitoring says now is believed.
import type {
  AlertRecord,
  Disposition,
  LeftOutReason,
  RoutedAlert,
  SenderSuppression,
  Taken,
} from "./alert.ts";
import { heard, remember, returned, withLeftOut } from "./alert-memory.ts";
import { isLateResolve, lateFire } from "./late-message.ts";
import { isWorse } from "./severity.ts";
import { type Duration, type Instant, minutes, seconds } from "./time.ts";

/** A duplicate of an alert that is not settled yet is handed on again after this long. */
export const unsettledRepass: Duration = seconds(30);
/** One duplicate per alert and window is handed on anyway, so that nothing is swallowed for ever. */
export const healingRepass: Duration = minutes(5);

type Unaccepted = Omit<AlertRecord, "acceptedAt" | "passedAt">;

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
