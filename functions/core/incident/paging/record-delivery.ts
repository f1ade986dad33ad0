// What became of a delivery. Evidence comes late, twice and out of order; only what is news changes anything.
import type { Decision } from "../../aggregate.ts";
import { nothing } from "../../aggregate.ts";
import { type Duration, minutes, seconds } from "../../time.ts";
import type { DeliveryEvidence } from "../commands.ts";
import type { Draft } from "../draft.ts";
import type { DeliveryReason, IncidentEvent } from "../events.ts";
import type { Page, PageDelivery } from "../state.ts";
import { anybodyStillAsked } from "./answer.ts";
import { pageNow, startNextStep } from "./reach.ts";
import { requestNow, startNextLevel } from "./start-level.ts";

/** A call whose fate is unknown waits so long for a report that bears its name, then it is looked up or repeated. */
export const uncertaintyWait: Duration = seconds(15);
/** An order to deliver that nobody carried out is given again after this. */
export const stuckAfter: Duration = minutes(2);
const backoff: readonly Duration[] = [seconds(5), seconds(20)];

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
      draft.add({ type: "DeliveryHanded", ...about, receipt: evidence.receipt });
      break;
    case "confirmed":
      draft.add({ type: "DeliveryConfirmed", ...about });
      break;
    case "retry":
      retry(draft, page, delivery, evidence);
      break;
    case "giveUp":
      draft.add({ type: "DeliveryFailed", ...about, reason: evidence.reason, operator: evidence.operator });
      detour(draft, page);
      break;
    case "unknown": {
      const until = draft.command.at + uncertaintyWait;
      draft.add({ type: "DeliveryUncertain", ...about, reason: evidence.reason, until });
      startNextStep(draft, pageId, "previous-failed");
      break;
    }
  }
  return draft.decision();
}

/** Confirmed is the last word, and a failure is not undone by an older report that it was handed over. */
function isNews(delivery: PageDelivery, { outcome }: DeliveryEvidence): boolean {
  if (delivery.state === "confirmed") return false;
  if (delivery.state === "failed") return outcome === "confirmed";
  if (delivery.state === "handed") return outcome === "confirmed" || outcome === "giveUp";
  return true;
}

function retry(
  draft: Draft,
  page: Page,
  delivery: PageDelivery,
  { reason, after }: { readonly reason: DeliveryReason; readonly after?: Duration },
): void {
  const about = { delivery: delivery.id, page: page.id };
  const wait = backoff[delivery.attempt - 1];
  if (wait === undefined || page.state !== "open") {
    draft.add({
      type: "DeliveryFailed",
      ...about,
      reason: wait === undefined ? "gave-up-retrying" : reason,
      operator: false,
    });
    detour(draft, page);
    return;
  }
  const retryAt = draft.command.at + Math.max(wait, Math.min(after ?? 0, minutes(1)));
  draft.add({ type: "DeliveryFailed", ...about, reason, retryAt, operator: false });
  // A dead channel is a detour: the next way starts while this one waits.
  if (reason !== "rate-limited") startNextStep(draft, page.id, "previous-failed");
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
