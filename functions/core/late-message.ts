// Messages that are older than what is known. What monitoring says now is believed, whatever its times: a message is left
// out only if it is a late copy beyond doubt, as a fire that is swallowed is worse than one that pages twice.
import type { AlertRecord, LeftOut, LeftOutReason, RoutedAlert } from "./alert.ts";
import { type Duration, type Instant, seconds } from "./time.ts";

/** A late copy comes within moments of the resolve, and once. */
export const copyWindow: Duration = seconds(5);
/** The clocks of our own machines agree within this. */
const clockSkew: Duration = seconds(1);
/** What happened between a copy and its being handled, a new fire for example, must not hide it. */
const toldWithin: Duration = seconds(30);

/** Why a fire reopens nothing that has ended; undefined if it is news. */
export function lateFire(known: AlertRecord, alert: RoutedAlert, now: Instant): LeftOutReason | undefined {
  const heard = alert.heardAt ?? now;
  const endHeard = heardOf(known);
  // A queue of our own brought it after a resolve that the hub had received later.
  if (heard + clockSkew <= endHeard) return "resolved-before-trigger";
  if (heard - endHeard >= copyWindow || hadCopy(known, alert, endHeard)) return undefined;
  if (isTriggerOfEnd(known, alert)) return "resolved-before-trigger";
  return isIdentical(known, alert) ? "copy-after-resolve" : undefined;
}

const heardOf = ({ memory, acceptedAt }: AlertRecord): Instant => memory?.heardAt ?? acceptedAt;

/** What is said again is meant. */
const hadCopy = ({ memory }: AlertRecord, { since }: RoutedAlert, endHeard: Instant): boolean =>
  memory?.leftOut?.some(
    (copy) => copy.reason !== "late-resolve" && copy.since === since && copy.at >= endHeard,
  ) === true;

/** The resolve overtook it: it began, by the sender's clock, before the end that was told, and was never seen to fire. */
function isTriggerOfEnd(known: AlertRecord, { since }: RoutedAlert): boolean {
  if (since === undefined || known.memory?.sinceIsOurs === true) return false;
  const neverFired =
    known.disposition?.kind === "suppressed" && known.disposition.reason === "resolved-before-trigger";
  const beganBefore = since <= known.since || since < (known.until ?? since);
  return beganBefore && (neverFired || since > known.since);
}

/** The same words about the same occurrence. Without a start nothing tells a copy from a new fire, so that it pages. */
const isIdentical = (known: AlertRecord, { since, severity, title }: RoutedAlert): boolean =>
  since !== undefined &&
  known.memory?.sinceIsOurs !== true &&
  since <= known.since &&
  severity === known.severity &&
  title === known.title;

/** The copy that has just been left out, while it is news to its incident. */
export const freshCopyOf = ({ memory, passedAt }: AlertRecord): LeftOut | undefined =>
  memory?.leftOut?.findLast(
    ({ reason, at }) => reason === "copy-after-resolve" && passedAt - at < toldWithin,
  );

/** Whether a resolve speaks of an occurrence before the one that fires now. */
export function isLateResolve(known: AlertRecord, alert: RoutedAlert, now: Instant): boolean {
  if ((alert.heardAt ?? now) + clockSkew <= heardOf(known)) return true;
  const { since, until } = alert;
  // Times are compared only if the sender gave both; our clock and the sender's differ.
  if (since === undefined || known.memory?.sinceIsOurs === true) return false;
  return since < known.since && (until ?? since) < known.since;
}
