// What a person can say to a page: I have it; not me; I stay, and somebody else as well.
import type { Decision } from "../../aggregate.ts";
import { nothing } from "../../aggregate.ts";
import { type Duration, minutes } from "../../time.ts";
import type { Draft } from "../draft.ts";
import type { IncidentEvent } from "../events.ts";
import { tell } from "../notices/tell.ts";
import type { Page, PageRequest } from "../state.ts";
import { ownerRequest } from "./names.ts";
import { pagesOfRequest, requestNow, startNextLevel } from "./start-level.ts";

/** A machine's acknowledgement silences the bell for so long; only a person can own an incident. */
export const machinePause: Duration = minutes(10);

type Answer = Decision<IncidentEvent>;

/** The page an answer speaks of, and its request; without a page it speaks of the owner's request. */
interface Asked {
  readonly request: PageRequest;
  readonly page: Page | undefined;
}

export function acknowledge(draft: Draft, pageId: string | undefined): Answer {
  const { actor } = draft.command;
  const asked = askedBy(draft, pageId);
  if ("refusal" in asked) return asked;
  const { request, page } = asked;
  if (request.state.name === "cancelled") return refuse(draft, "incident-closed");
  if (request.state.name === "satisfied") return answeredBefore(draft, request, request.state.owner);
  if (actor.kind === "machine") return pause(draft, request);
  if (page === undefined) draft.add({ type: "RequestTaken", request: request.id, person: actor.id });
  else if (page.state === "acknowledged") return nothing;
  else draft.add({ type: "PageAcknowledged", page: page.id, person: page.person });
  satisfyIfAnswered(draft, request.id);
  return draft.decision();
}

export function decline(draft: Draft, pageId: string): Answer {
  const asked = askedBy(draft, pageId);
  if ("refusal" in asked) return asked;
  const { request, page } = asked;
  if (page === undefined || page.state === "declined" || page.state === "cancelled") return nothing;
  draft.add({ type: "PageDeclined", page: page.id, person: page.person });
  const { state } = request;
  if (state.name === "satisfied" && state.owner === page.person) {
    draft.add({ type: "RequestReopened", request: request.id, person: page.person, reason: "given-back" });
    startNextLevel(draft, request.id, "given-back");
  } else if (
    state.name === "open" &&
    request.catchAll === undefined &&
    !anybodyStillAsked(draft, request.id)
  ) {
    startNextLevel(draft, request.id, "all-declined");
  }
  return draft.decision();
}

export function escalate(draft: Draft, pageId: string | undefined): Answer {
  const asked = askedBy(draft, pageId);
  if ("refusal" in asked) return asked;
  const { request, page } = asked;
  if (request.state.name === "cancelled") return refuse(draft, "incident-closed");
  if (page !== undefined) {
    if (page.state === "escalated") return nothing;
    draft.add({ type: "PageEscalated", page: page.id, person: page.person });
  }
  startNextLevel(draft, request.id, "escalated");
  return draft.decision();
}

/** Nobody else of the running level can still answer: true only while a page is open. */
export const anybodyStillAsked = (draft: Draft, request: string): boolean =>
  pagesOfRequest(draft, request).some((page) => page.state === "open");

function askedBy(draft: Draft, pageId: string | undefined): Asked | (Answer & { refusal: object }) {
  const { actor } = draft.command;
  const { pages } = draft.state().paging;
  if (pageId !== undefined) {
    const page = pages[pageId];
    const request = page === undefined ? undefined : requestNow(draft, page.request);
    if (page === undefined || request === undefined) return refuse(draft, "page-unknown");
    if (page.person !== actor.id) return refuse(draft, "page-not-yours");
    return { request, page };
  }
  const request = requestNow(draft, ownerRequest);
  if (request === undefined) return refuse(draft, "not-yet-open");
  return { request, page: pagesOfRequest(draft, request.id).findLast((page) => page.person === actor.id) };
}

export function refuse(draft: Draft, reason: Refused, by?: string): Answer & { refusal: object } {
  const refusal = by === undefined ? { reason } : { reason, by };
  // A broken client must not fill the timeline.
  if (draft.state().refusals < 100 && draft.state().phase !== "unopened") {
    draft.add({ type: "CommandRefused", command: draft.command.type, reason });
  }
  return { ...draft.decision(), refusal };
}
type Refused = NonNullable<Decision<never>["refusal"]>["reason"];

function answeredBefore(draft: Draft, request: PageRequest, owner: string): Answer {
  const { actor } = draft.command;
  if (actor.kind === "machine") return nothing;
  if (actor.id !== owner) return refuse(draft, "already-answered", owner);
  if (request.state.name !== "satisfied" || !request.state.asked) return nothing; // a late or repeated reply
  draft.add({ type: "AcknowledgementRenewed", request: request.id, person: owner });
  return draft.decision();
}

function pause(draft: Draft, request: PageRequest): Answer {
  if (request.state.name === "paused") return nothing;
  draft.add({ type: "RequestPaused", request: request.id, until: draft.command.at + machinePause });
  return draft.decision();
}

function satisfyIfAnswered(draft: Draft, requestId: string): void {
  const request = requestNow(draft, requestId);
  if (request === undefined) return;
  const pages = pagesOfRequest(draft, requestId);
  const answered = pages.filter((page) => page.state === "acknowledged").map((page) => page.person);
  // The newest answer owns it: a person who gave it back and an earlier owner are not asked again.
  const people = [...new Set([draft.command.actor.id, ...answered, ...request.taken])];
  const reachable = new Set(pages.map((page) => page.person)).size;
  if (people.length < Math.min(request.quorum, Math.max(reachable, 1))) return;
  for (const page of pages) {
    if (page.state !== "open") continue;
    draft.add({ type: "PageCancelled", page: page.id, person: page.person, reason: "answered-by-another" });
  }
  const checkAt = draft.command.at + request.policy.askAfter;
  draft.add({ type: "RequestSatisfied", request: requestId, people, checkAt });
  const others = pages.filter((page) => !people.includes(page.person) && page.state !== "declined");
  tell(draft, "taken-by", others, draft.command.actor.id);
}
