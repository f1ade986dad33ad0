// What the clock itself brings about. After a stall one step of each thing happens, and its clock starts anew from then.
import { type Decision } from "../aggregate.ts";
import type { Draft } from "./draft.ts";
import type { IncidentEvent } from "./events.ts";
import { tell } from "./notices/tell.ts";
import { pageNow, startDueSteps, want } from "./paging/reach.ts";
import { stuckAfter } from "./paging/record-delivery.ts";
import {
  continueLevel,
  pageCatchAll,
  pagesOfRequest,
  requestNow,
  startLevel,
  startNextLevel,
  unpaged,
} from "./paging/start-level.ts";
import { verifyClear } from "./signal/clear-signal.ts";
import { isOver, type PageDelivery } from "./state.ts";

export function passTime(draft: Draft): Decision<IncidentEvent> {
  const { phase, signal } = draft.state();
  const now = draft.command.at;
  if (isOver(phase)) return draft.decision();
  if (signal.clear !== undefined && signal.clear.verifyAt <= now) verifyClear(draft);
  if (isOver(draft.state().phase)) return draft.decision();
  for (const id of Object.keys(draft.state().paging.requests)) passRequest(draft, id);
  for (const id of Object.keys(draft.state().paging.pages)) passPage(draft, id);
  return draft.decision();
}

function passRequest(draft: Draft, id: string): void {
  const request = requestNow(draft, id);
  if (request === undefined) return;
  const { state, stage, catchAll } = request;
  const now = draft.command.at;
  switch (state.name) {
    case "open":
      if (catchAll !== undefined) {
        if (catchAll.nextAt <= now) pageCatchAll(draft, id);
      } else if (stage !== undefined && stage.until <= now) startNextLevel(draft, id, "not-answered");
      else if (unpaged(draft, request).length > 0) continueLevel(draft, id);
      return;
    case "paused":
      if (state.until > now) return;
      draft.add({ type: "RequestResumed", request: id });
      startLevel(draft, id, stage?.pass ?? 0, stage?.level ?? 0, "resumed");
      return;
    case "satisfied":
      if (state.checkAt === undefined || state.checkAt > now) return;
      if (state.asked) resume(draft, id, state.owner);
      else ask(draft, id, state.owner);
      return;
    case "cancelled":
      return;
  }
}

/** Acknowledged and then silent: is anybody there? */
function ask(draft: Draft, request: string, owner: string): void {
  const resumeAfter = requestNow(draft, request)?.policy.resumeAfter ?? 0;
  const until = draft.command.at + resumeAfter;
  draft.add({ type: "AcknowledgementQuestioned", request, person: owner, until });
  tell(
    draft,
    "still-yours",
    pagesOfRequest(draft, request)
      .filter((page) => page.person === owner)
      .slice(-1),
  );
}

function resume(draft: Draft, request: string, owner: string): void {
  const stage = requestNow(draft, request)?.stage;
  draft.add({ type: "RequestReopened", request, person: owner, reason: "forgotten" });
  startLevel(draft, request, stage?.pass ?? 0, stage?.level ?? 0, "forgotten");
}

function passPage(draft: Draft, id: string): void {
  const page = pageNow(draft, id);
  if (page === undefined || page.state !== "open") return;
  startDueSteps(draft, id, "page");
  for (const delivery of page.deliveries) {
    const { step, attempt } = delivery;
    if (deliveryDue(delivery) > draft.command.at) continue;
    want(draft, page, step, attempt + 1, delivery.state === "retrying" ? "retry" : "repeat-after-unknown");
  }
}

/** When a delivery is tried again or looked up; never, once its fate is known. */
export function deliveryDue(delivery: PageDelivery): number {
  if (delivery.state === "retrying" || delivery.state === "uncertain")
    return delivery.dueAt ?? Number.POSITIVE_INFINITY;
  return delivery.state === "wanted" ? delivery.at + stuckAfter : Number.POSITIVE_INFINITY;
}
