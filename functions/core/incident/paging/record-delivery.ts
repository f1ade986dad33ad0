// What became of a delivery. Evidence comes late, twice and out of order; only what is news changes anything.
import type { Decision } from "../../aggregate.ts";
import { nothing } from "../../aggregate.ts";
import { type Duration, minutes, seconds } from "../../time.ts";
import { isInTheRoom } from "../bridge/state.ts";
import type { DeliveryEvidence } from "../commands.ts";
import { detoured } from "../detours.ts";
import type { Draft } from "../draft.ts";
import type { DeliveryReason, IncidentEvent } from "../events.ts";
import type { Page, PageDelivery } from "../state.ts";
import { anybodyStillAsked } from "./continue.ts";
import { pageNow, requestNow, rings } from "./look-up.ts";
import { takeFrom } from "./page-owner.ts";
import { isMissed, isPending } from "./progress.ts";
import { expire, startNextStep, want } from "./reach.ts";
import { startNextLevel } from "./start-level.ts";
import {
  deliveryDue,
  isFirstTry,
  mayCallAgain,
  missedCallWait,
  waitBeforeRetry,
  waitInDoubt,
} from "./tries.ts";

export function recordDelivery(
  draft: Draft,
  deliveryId: string,
  pageId: string,
  evidence: DeliveryEvidence,
): Decision<IncidentEvent> {
  const page = pageNow(draft, pageId);
  const delivery = page?.deliveries.find((d) => d.id === deliveryId);
  if (page === undefined || delivery === undefined || !isNews(page, delivery, evidence)) return nothing;
  const about = aboutIt(page, delivery);
  switch (evidence.outcome) {
    case "handed":
      draft.add({
        type: "DeliveryHanded",
        ...about,
        receipt: evidence.receipt,
        ...(evidence.found === undefined ? {} : { found: evidence.found }),
        ...(tookIt.has(delivery.state) ? { reported: true } : {}),
        ...(evidence.carrier === undefined ? {} : { carrier: evidence.carrier }),
        ...detoured(evidence),
      });
      break;
    case "confirmed":
      draft.add({ type: "DeliveryConfirmed", ...about });
      break;
    case "pickedUp":
      // Nobody knew yet whether it went out.
      if (isPending(delivery)) draft.add({ type: "DeliveryHanded", ...about, receipt: evidence.receipt });
      draft.add({ type: "CallPickedUp", ...about, who: evidence.who });
      // It listens to nobody: the next way starts, and a press that comes all the same still counts.
      if (evidence.who === "machine") startNextStep(draft, pageId, "previous-failed");
      break;
    case "retry":
      retry(draft, page, delivery, evidence);
      break;
    case "giveUp":
      // A call that ends after its page did has said how it stands; nobody failed to press anything.
      if (evidence.reason === "no-key-pressed" && page.state !== "open") return nothing;
      fail(draft, page, delivery, evidence);
      break;
    case "unknown": {
      const until = draft.command.at + waitInDoubt(page, delivery.step);
      draft.add({
        type: "DeliveryUncertain",
        ...about,
        reason: evidence.reason,
        until,
        ...detoured(evidence),
      });
      startNextStep(draft, pageId, "previous-failed");
      break;
    }
  }
  return draft.decision();
}

/**
 * Confirmed is the last word, and a failure is not undone by an older report that it was handed over. Doubt about an
 * attempt that was replaced, or is not wanted any more, would only bring it back.
 */
function isNews(page: Page, delivery: PageDelivery, evidence: DeliveryEvidence): boolean {
  const { outcome } = evidence;
  // A message that was looked up and found is told of once, whichever attempt sent it.
  if (evidence.outcome === "handed" && isToldOf(page, delivery, evidence.receipt)) return false;
  // A report may come before the sender has told by which way it went; what it tells then is still missing.
  if (evidence.outcome === "handed" && (evidence.detours ?? []).length > 0 && tookIt.has(delivery.state))
    return delivery.detoured === undefined;
  if (delivery.state === "confirmed") return false;
  if (delivery.state === "failed" || (delivery.state === "retrying" && isMissed(delivery)))
    return outcome === "confirmed";
  if (evidence.outcome === "pickedUp") return isClearer(evidence.who, delivery.pickedUp);
  if (delivery.state === "superseded") return outcome !== "retry" && outcome !== "unknown";
  if (delivery.state === "handed")
    return outcome === "confirmed" || (evidence.outcome === "giveUp" && isOfThis(delivery, evidence.receipt));
  return true;
}

const isToldOf = ({ deliveries }: Page, { id, state }: PageDelivery, receipt: string): boolean =>
  state === "superseded" && deliveries.some((other) => other.id !== id && other.receipt === receipt);

const tookIt = new Set<PageDelivery["state"]>(["handed", "confirmed"]);

/** That another carrier's message failed, of which nobody knew whether it went out, takes nothing back. */
const isOfThis = ({ receipt }: PageDelivery, failed: string | undefined): boolean =>
  failed === undefined || receipt === undefined || failed === receipt;

/** That somebody picked up is known before it is known who. */
const isClearer = (who: PickedUp, known: PickedUp | undefined): boolean =>
  known === undefined || (known === "unknown" && who !== "unknown");
type PickedUp = NonNullable<PageDelivery["pickedUp"]>;

/** A machine presses no key: then that is the reason. */
const reasonOf = (reason: DeliveryReason, { pickedUp }: PageDelivery): DeliveryReason =>
  reason === "no-key-pressed" && pickedUp === "machine" ? "machine-answered" : reason;

/** A provider that takes no more now, and says to come again within this, is waited for. */
const moment: Duration = seconds(5);
/** However long a provider asks us to wait: somebody may be needed sooner. */
const longestWaitAsked: Duration = minutes(1);

type Failure = Extract<DeliveryEvidence, { readonly outcome: "retry" | "giveUp" }>;

function retry(
  draft: Draft,
  page: Page,
  delivery: PageDelivery,
  evidence: Extract<Failure, { readonly outcome: "retry" }>,
): void {
  const wait = Math.max(
    waitBeforeRetry(page, delivery.step),
    Math.min(evidence.after ?? 0, longestWaitAsked),
  );
  failFor(draft, page, delivery, evidence, wait);
  // A dead channel is a detour: the next way starts while this one waits. A moment too many at once is no dead channel.
  if (evidence.reason !== "rate-limited" || wait > moment) startNextStep(draft, page.id, "previous-failed");
}

/** A way that failed for good; a provider that refuses everybody, and a call that was missed, have not. */
function fail(
  draft: Draft,
  page: Page,
  delivery: PageDelivery,
  evidence: Extract<Failure, { readonly outcome: "giveUp" }>,
): void {
  const failure = { ...evidence, reason: reasonOf(evidence.reason, delivery) };
  const { step, state } = delivery;
  // Of an attempt that another one has replaced it is only worth knowing.
  if (state === "superseded" || !rings(draft.state(), page)) return failFor(draft, page, delivery, failure);
  if (mayCallAgain(page, step, failure.reason)) failFor(draft, page, delivery, failure, missedCallWait);
  else if (
    failure.reason === "account-refused" ||
    mayGoByAnother(page, delivery, failure.reason) ||
    isLastHope(page, delivery, failure.reason)
  )
    failFor(draft, page, delivery, failure, waitBeforeRetry(page, step));
  else failFor(draft, page, delivery, failure);
  detour(draft, page);
}

/** For good where no time is given to wait. */
const failFor = (draft: Draft, page: Page, delivery: PageDelivery, failure: Failure, wait?: Duration): void =>
  draft.add({
    type: "DeliveryFailed",
    ...aboutIt(page, delivery),
    reason: failure.reason,
    ...(wait === undefined ? {} : { retryAt: draft.command.at + wait }),
    operator: isForOperator(page, delivery, failure),
    ...detoured(failure),
  });

/** Said once of a way, however often it is tried. */
const isForOperator = (page: Page, { step }: PageDelivery, failure: Failure): boolean =>
  failure.outcome === "giveUp" && failure.operator && isFirstTry(page, step);

const aboutIt = (page: Page, { id: delivery, channel }: PageDelivery) => ({
  delivery,
  page: page.id,
  channel,
});

/** It fails for everybody until the operator has fixed it: worth another try only where nothing else is left. */
const ours: ReadonlySet<DeliveryReason> = new Set(["sender-misconfigured", "rate-limited"]);

/** What one carrier refuses after it took it the other may do, and was not asked yet. */
const ofThisCarrier: ReadonlySet<DeliveryReason> = new Set([
  ...ours,
  "region-not-permitted",
  "number-not-permitted",
  "blocked",
]);

const mayGoByAnother = (page: Page, { state, step }: PageDelivery, reason: DeliveryReason): boolean =>
  state === "handed" && ofThisCarrier.has(reason) && isFirstTry(page, step);

const isLastHope = (page: Page, delivery: PageDelivery, reason: DeliveryReason): boolean =>
  ours.has(reason) &&
  page.steps.every((_, step) => page.deliveries.some((each) => each.step === step)) &&
  page.deliveries.every((each) => each.id === delivery.id || isOver(each));

const isOver = ({ state }: PageDelivery): boolean => state === "failed" || state === "superseded";

/** A delivery whose time has come is tried again, or looked up. */
export function repeatIfDue(draft: Draft, page: Page, delivery: PageDelivery): void {
  const due = deliveryDue(page, delivery);
  if (due === undefined || due > draft.command.at) return;
  const cause = isMissed(delivery)
    ? "missed-call"
    : delivery.state === "retrying"
      ? "retry"
      : "repeat-after-unknown";
  want(draft, page.id, delivery.step, cause);
}

/** The next way at once; when this level has no way left at all, the next level at once. */
function detour(draft: Draft, { id }: Page): void {
  if (startNextStep(draft, id, "previous-failed")) return;
  const page = pageNow(draft, id);
  const request = page === undefined ? undefined : requestNow(draft, page.request);
  if (page === undefined || request === undefined || !rings(draft.state(), page)) return;
  if (!page.deliveries.every(isOver)) return;
  const ourFault = page.deliveries.findLast(({ reason }) => reason !== undefined && ours.has(reason));
  if (ourFault !== undefined) return want(draft, id, ourFault.step, "retry");
  if (request.state.name === "satisfied") {
    const { owner } = request.state;
    // Whoever has come into the room since is spoken to there.
    return isInTheRoom(draft.state().bridge, owner) ? undefined : takeFrom(draft, request, owner);
  }
  if (request.catchAll !== undefined) return;
  expire(draft, page);
  if (!anybodyStillAsked(draft, request.id)) startNextLevel(draft, request.id, "nobody-reachable");
}
