// What became of a delivery. Evidence comes late, twice and out of order; only what is news changes anything.
import type { Decision } from "../../aggregate.ts";
import { nothing } from "../../aggregate.ts";
import { type Duration, minutes, seconds } from "../../time.ts";
import type { DeliveryEvidence } from "../commands.ts";
import { detoured } from "../detours.ts";
import type { Draft } from "../draft.ts";
import type { DeliveryReason, IncidentEvent } from "../events.ts";
import type { Page, PageDelivery } from "../state.ts";
import { anybodyStillAsked } from "./continue.ts";
import { pageNow, requestNow } from "./look-up.ts";
import { startNextStep, want } from "./reach.ts";
import { startNextLevel } from "./start-level.ts";
import { deliveryDue, triesOf, triesPerWay, uncertaintyWait, waitBeforeRetry } from "./tries.ts";

export function recordDelivery(
  draft: Draft,
  deliveryId: string,
  pageId: string,
  evidence: DeliveryEvidence,
): Decision<IncidentEvent> {
  const page = pageNow(draft, pageId);
  const delivery = page?.deliveries.find((d) => d.id === deliveryId);
  if (page === undefined || delivery === undefined || !isNews(delivery, evidence)) return nothing;
  const about = { delivery: deliveryId, page: pageId };
  switch (evidence.outcome) {
    case "handed":
      draft.add({
        type: "DeliveryHanded",
        ...about,
        receipt: evidence.receipt,
        ...(evidence.carrier === undefined ? {} : { carrier: evidence.carrier }),
        ...detoured(evidence),
      });
      break;
    case "confirmed":
      draft.add({ type: "DeliveryConfirmed", ...about });
      break;
    case "pickedUp":
      if (isDoubtful(delivery)) draft.add({ type: "DeliveryHanded", ...about, receipt: evidence.receipt });
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
      draft.add({
        type: "DeliveryFailed",
        ...about,
        reason: reasonOf(evidence.reason, delivery),
        operator: evidence.operator,
        ...detoured(evidence),
      });
      // Of an attempt that another one has replaced it is only worth knowing.
      if (delivery.state !== "superseded") detour(draft, page);
      break;
    case "unknown": {
      const until = draft.command.at + uncertaintyWait;
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
function isNews(delivery: PageDelivery, evidence: DeliveryEvidence): boolean {
  const { outcome } = evidence;
  // A report may come before the sender has told by which way it went; what it tells then is still missing.
  if (evidence.outcome === "handed" && (evidence.detours ?? []).length > 0 && tookIt.has(delivery.state))
    return delivery.detoured === undefined;
  if (delivery.state === "confirmed") return false;
  if (delivery.state === "failed") return outcome === "confirmed";
  if (evidence.outcome === "pickedUp") return isClearer(evidence.who, delivery.pickedUp);
  if (delivery.state === "superseded") return outcome !== "retry" && outcome !== "unknown";
  if (delivery.state === "handed")
    return outcome === "confirmed" || (evidence.outcome === "giveUp" && isOfThis(delivery, evidence.receipt));
  return true;
}

const tookIt = new Set<PageDelivery["state"]>(["handed", "confirmed"]);

/** That another carrier's message failed, of which nobody knew whether it went out, takes nothing back. */
const isOfThis = ({ receipt }: PageDelivery, failed: string | undefined): boolean =>
  failed === undefined || receipt === undefined || failed === receipt;

/** That somebody picked up is known before it is known who. */
const isClearer = (who: PickedUp, known: PickedUp | undefined): boolean =>
  known === undefined || (known === "unknown" && who !== "unknown");
type PickedUp = NonNullable<PageDelivery["pickedUp"]>;

/** Nobody knew yet whether it went out. */
const isDoubtful = ({ state }: PageDelivery): boolean =>
  state === "wanted" || state === "retrying" || state === "uncertain";

/** A machine presses no key: then that is the reason. */
const reasonOf = (reason: DeliveryReason, { pickedUp }: PageDelivery): DeliveryReason =>
  reason === "no-key-pressed" && pickedUp === "machine" ? "machine-answered" : reason;

/** Who takes no more now, and says to come again within this, is waited for. */
const moment: Duration = seconds(5);

function retry(
  draft: Draft,
  page: Page,
  delivery: PageDelivery,
  evidence: Extract<DeliveryEvidence, { readonly outcome: "retry" }>,
): void {
  const { reason, after } = evidence;
  const about = { delivery: delivery.id, page: page.id };
  const wait = waitBeforeRetry(page, delivery.step);
  if (wait === undefined) return giveUp(draft, page, delivery);
  const retryAt = draft.command.at + Math.max(wait, Math.min(after ?? 0, minutes(1)));
  draft.add({ type: "DeliveryFailed", ...about, reason, retryAt, operator: false, ...detoured(evidence) });
  // A dead channel is a detour: the next way starts while this one waits. A moment too many at once is no dead channel.
  const isMoment = reason === "rate-limited" && retryAt - draft.command.at <= moment;
  if (!isMoment) startNextStep(draft, page.id, "previous-failed");
}

/** A delivery whose time has come is tried again, or has been tried often enough. */
export function repeatIfDue(draft: Draft, page: Page, delivery: PageDelivery): void {
  const due = deliveryDue(delivery);
  if (due === undefined || due > draft.command.at) return;
  if (delivery.state === "retrying") return want(draft, page.id, delivery.step, "retry");
  if (triesOf(page, delivery.step) >= triesPerWay) return giveUp(draft, page, delivery);
  want(draft, page.id, delivery.step, "repeat-after-unknown");
}

function giveUp(draft: Draft, page: Page, { id: delivery }: PageDelivery): void {
  const reason: DeliveryReason = "gave-up-retrying";
  draft.add({ type: "DeliveryFailed", delivery, page: page.id, reason, operator: false });
  detour(draft, page);
}

/** The next way at once; when this level has no way left at all, the next level at once. */
function detour(draft: Draft, { id }: Page): void {
  if (startNextStep(draft, id, "previous-failed")) return;
  const page = pageNow(draft, id);
  const request = page === undefined ? undefined : requestNow(draft, page.request);
  if (page?.state !== "open" || request?.state.name !== "open" || request.catchAll !== undefined) return;
  if (!page.deliveries.every((d) => d.state === "failed" || d.state === "superseded")) return;
  draft.add({ type: "PageExpired", page: id, person: page.person });
  if (!anybodyStillAsked(draft, request.id)) startNextLevel(draft, request.id, "nobody-reachable");
}
