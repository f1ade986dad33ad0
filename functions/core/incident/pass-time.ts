// What the clock itself brings about. After a stall one step of each thing happens, and its clock starts anew from then.
import type { Decision } from "../aggregate.ts";
import { type Duration, minutes } from "../time.ts";
import { passBridge } from "./bridge/pass-time.ts";
import { isInTheRoom } from "./bridge/state.ts";
import type { Draft } from "./draft.ts";
import type { IncidentEvent } from "./events.ts";
import { passNotices } from "./notices/pass-time.ts";
import { tell, tellWherever } from "./notices/tell.ts";
import { pageCatchAll } from "./paging/catch-all.ts";
import { continuePaging, unpaged } from "./paging/continue.ts";
import { asks, pageNow, pagesOfRequest, requestNow, rings } from "./paging/look-up.ts";
import { takeFrom } from "./paging/page-owner.ts";
import { wasReached } from "./paging/progress.ts";
import { startDueSteps } from "./paging/reach.ts";
import { repeatIfDue } from "./paging/record-delivery.ts";
import { renew } from "./paging/renew.ts";
import { resumeLevel, startNextLevel } from "./paging/start-level.ts";
import { isSignedIn } from "./roster/present.ts";
import { verifyClear } from "./signal/clear-signal.ts";
import { passSignal } from "./signal/end-fold.ts";
import { isOver, type PageRequest, waitsForProof } from "./state.ts";

/** The clock is looked at every minute at the least: who comes later than this has stood still. */
const stalledAfter: Duration = minutes(2);

export function passTime(draft: Draft): Decision<IncidentEvent> {
  const { phase, signal } = draft.state();
  const now = draft.command.at;
  passNotices(draft);
  if (isOver(phase)) return draft.decision();
  if (waitsForProof(signal) && signal.clear.verifyAt <= now) verifyClear(draft);
  if (isOver(draft.state().phase)) return draft.decision();
  passSignal(draft);
  for (const id of Object.keys(draft.state().paging.requests)) passRequest(draft, id);
  for (const id of Object.keys(draft.state().paging.pages)) passPage(draft, id);
  passBridge(draft);
  return draft.decision();
}

function passRequest(draft: Draft, id: string): void {
  const request = requestNow(draft, id);
  if (request === undefined) return;
  const { state, stage, catchAll } = request;
  const now = draft.command.at;
  switch (state.name) {
    case "open":
      if ((catchAll?.nextAt ?? stage?.until ?? now) > now) continuePaging(draft, id);
      // Nothing fires any more, and it is about to be believed: until then nobody else is woken.
      else if (waitsForProof(draft.state().signal)) return;
      else if (catchAll !== undefined) pageCatchAll(draft, id);
      else if (wasNotSent(draft, request)) resumeLevel(draft, id, "resumed");
      else startNextLevel(draft, id, wasAnybodyReached(draft, request) ? "not-answered" : "not-reached");
      return;
    case "paused":
      if (state.until > now) return;
      draft.add({ type: "RequestResumed", request: id });
      resumeLevel(draft, id, "resumed");
      return;
    case "satisfied":
      if (state.checkAt === undefined || state.checkAt > now) return;
      if (isAtWork(draft, id, state.owner)) renew(draft, id, state.owner);
      else if (state.asked) takeBack(draft, request, state.owner);
      else ask(draft, id, state.owner);
      return;
    case "cancelled":
      return;
  }
}

/** Nobody is skipped for time in which the hub stood still and sent nothing to this level. */
function wasNotSent(draft: Draft, request: PageRequest): boolean {
  const { stage } = request;
  if (stage === undefined || draft.command.at - stage.until <= stalledAfter) return false;
  if (unpaged(draft.state(), request).length > 0) return true;
  const open = pagesOfRequest(draft, request.id).filter(
    (page) => page.state === "open" && stage.people.includes(page.person),
  );
  return open.length > 0 && open.every((page) => page.deliveries.every((d) => d.state === "wanted"));
}

/** Of those whom the running level asks. */
const wasAnybodyReached = (draft: Draft, { id, stage }: PageRequest): boolean =>
  pagesOfRequest(draft, id).some((page) => stage?.people.includes(page.person) === true && wasReached(page));

/** Acknowledged and then silent: is anybody there? */
function ask(draft: Draft, request: string, owner: string): void {
  const resumeAfter = requestNow(draft, request)?.policy.resumeAfter ?? 0;
  const until = draft.command.at + resumeAfter;
  draft.add({ type: "AcknowledgementQuestioned", request, person: owner, reason: "silent", until });
  const pages = pagesOfRequest(draft, request).filter((page) => page.person === owner);
  const told = tell(draft, "still-yours", pages.slice(-1));
  // Who took it without having been paged for it is asked all the same.
  if (!told.has(owner)) tellWherever(draft, [owner], { kind: "still-yours", request });
}

/**
 * Whoever is in the room, or has signed in, works on it, and hears no text meanwhile. What has become urgent since is not known
 * by having signed in, perhaps hours ago.
 */
const isAtWork = (draft: Draft, request: string, owner: string): boolean =>
  isInTheRoom(draft.state().bridge, owner) ||
  (isSignedIn(draft.state(), owner) && !isPagedAnew(draft, request, owner));

const isPagedAnew = (draft: Draft, request: string, owner: string): boolean =>
  pagesOfRequest(draft, request).some((page) => asks(page, owner));

/** Asked in vain, by a notice or by a page. */
function takeBack(draft: Draft, request: PageRequest, owner: string): void {
  if (isPagedAnew(draft, request.id, owner)) return takeFrom(draft, request, owner);
  draft.add({ type: "RequestReopened", request: request.id, person: owner, reason: "forgotten" });
  resumeLevel(draft, request.id, "forgotten");
}

function passPage(draft: Draft, id: string): void {
  startDueSteps(draft, id, "page");
  for (const delivery of pageNow(draft, id)?.deliveries ?? []) {
    const page = pageNow(draft, id);
    if (rings(draft.state(), page)) repeatIfDue(draft, page, delivery);
  }
}
