// What a person can say to a page: I have it; not me; I stay, and somebody else as well.
import type { Decision } from "../../aggregate.ts";
import { nothing } from "../../aggregate.ts";
import { targetsOf } from "../../policy.ts";
import { type Duration, hours, minutes } from "../../time.ts";
import { joinBridge } from "../bridge/join.ts";
import { isInCommand } from "../bridge/responders.ts";
import type { Draft } from "../draft.ts";
import type { IncidentEvent } from "../events.ts";
import { tell } from "../notices/tell.ts";
import { refuse } from "../refuse.ts";
import { isSignedIn } from "../roster/present.ts";
import { isDeclared, type Page, type PageRequest } from "../state.ts";
import { anybodyStillAsked } from "./continue.ts";
import { answerers, asks, pagesOfRequest, requestNow, rings, waitsForAnswer } from "./look-up.ts";
import { ownerRequest } from "./names.ts";
import { reachable } from "./reach.ts";
import { renew } from "./renew.ts";
import { startNextLevel } from "./start-level.ts";

/** A machine's acknowledgement silences the bell for so long; only a person can own an incident. */
export const machinePause: Duration = minutes(10);

/** Whoever needs longer than this is not on the way. */
const longestPromise: Duration = hours(4);

type Answer = Decision<IncidentEvent>;

/** The page an answer speaks of, and its request. */
interface Asked {
  readonly request: PageRequest;
  readonly page: Page | undefined;
}

export function acknowledge(draft: Draft, pageId: string | undefined, arrivingIn?: Duration): Answer {
  const { actor } = draft.command;
  const asked = askedBy(draft, pageId);
  if ("refusal" in asked) return asked;
  const { request, page } = asked;
  if (request.state.name === "cancelled") return refuse(draft, "incident-closed");
  if (request.state.name === "satisfied")
    return answeredBefore(draft, request, request.state.owner, arrivingIn);
  if (actor.kind === "machine") return pause(draft, request);
  // When somebody who asked for more help is there does not call the help off.
  if (page?.state === "escalated" && arrivingIn !== undefined) return promiseMore(draft, request, arrivingIn);
  if (page === undefined) draft.add({ type: "RequestTaken", request: request.id, person: actor.id });
  else if (page.state === "acknowledged") return promiseMore(draft, request, arrivingIn);
  else draft.add({ type: "PageAcknowledged", page: page.id, person: page.person });
  const promised = promise(draft, request, arrivingIn);
  satisfyIfAnswered(draft, request.id, promised);
  joinBridge(draft, actor.id);
  return draft.decision();
}

export function decline(draft: Draft, pageId: string): Answer {
  const asked = askedBy(draft, pageId);
  if ("refusal" in asked) return asked;
  const { request, page } = asked;
  if (page === undefined || page.state === "declined" || page.state === "cancelled") return nothing;
  draft.add({ type: "PageDeclined", page: page.id, person: page.person });
  const { state } = request;
  // A late no to an earlier page takes nothing back.
  const hadIt =
    page.state === "acknowledged" ||
    (state.name === "satisfied" && (isTaker(request, page.person) || asks(page, state.owner)));
  if (state.name === "satisfied" && hadIt && (state.owner === page.person || !isAnswered(draft, request))) {
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
  // Of a declared incident it is the command that others would be paged for.
  const isCommand = request.id === ownerRequest && isDeclared(draft.state().phase);
  if (isCommand && request.state.name === "satisfied" && !isInCommand(draft.state(), draft.command.actor))
    return refuse(draft, "not-in-command");
  if (page !== undefined) {
    if (page.state === "escalated") return nothing;
    // A late reply must not take it from whoever has it; an order from the command post may ask for more.
    if (
      request.state.name === "satisfied" &&
      pageId !== undefined &&
      page.state !== "acknowledged" &&
      !asks(page, request.state.owner)
    )
      return refuse(draft, "already-answered", request.state.owner);
    draft.add({ type: "PageEscalated", page: page.id, person: page.person });
  }
  startNextLevel(draft, request.id, "escalated");
  if (page !== undefined) joinBridge(draft, page.person);
  return draft.decision();
}

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
  // Without a page it speaks of what this person is being asked; whoever is asked nothing takes the owner's request.
  const mine = Object.values(pages).filter((page) => page.person === actor.id);
  const asked =
    mine.findLast((page) => rings(draft.state(), page)) ??
    mine.findLast((page) => waitsForAnswer(draft.state(), page));
  const request = requestNow(draft, asked?.request ?? ownerRequest);
  if (request === undefined) return refuse(draft, "not-yet-open");
  return { request, page: pagesOfRequest(draft, request.id).findLast((page) => page.person === actor.id) };
}

function answeredBefore(
  draft: Draft,
  request: PageRequest,
  owner: string,
  arrivingIn: Duration | undefined,
): Answer {
  const { actor } = draft.command;
  if (actor.kind === "machine") return nothing;
  if (actor.id !== owner) return refuse(draft, "already-answered", owner);
  // Otherwise it is a late or repeated reply.
  if (request.state.name === "satisfied" && request.state.asked) renew(draft, request.id, owner);
  return promiseMore(draft, request, arrivingIn);
}

/** Whoever has it may say later when to expect them. */
function promiseMore(draft: Draft, request: PageRequest, arrivingIn: Duration | undefined): Answer {
  promise(draft, request, arrivingIn);
  return draft.decision();
}

/** What was promised, if anything: whoever is here already has nothing to promise. */
function promise(draft: Draft, { id: request }: PageRequest, arrivingIn: Duration | undefined): Duration {
  const { id: person } = draft.command.actor;
  if (arrivingIn === undefined || isSignedIn(draft.state(), person)) return 0;
  const promised = Math.min(Math.max(arrivingIn, 0), longestPromise);
  draft.add({ type: "ArrivalPromised", request, person, until: draft.command.at + promised });
  return promised;
}

function pause(draft: Draft, request: PageRequest): Answer {
  if (request.state.name === "paused") return nothing;
  draft.add({ type: "RequestPaused", request: request.id, until: draft.command.at + machinePause });
  return draft.decision();
}

export function satisfyIfAnswered(draft: Draft, requestId: string, arrivingIn: Duration = 0): void {
  const request = requestNow(draft, requestId);
  if (request === undefined || !isAnswered(draft, request)) return;
  // The newest answer owns it.
  const people = [...new Set([draft.command.actor.id, ...answerers(draft.state().paging, requestId)])];
  for (const page of pagesOfRequest(draft, requestId)) {
    if (page.state !== "open") continue;
    draft.add({ type: "PageCancelled", page: page.id, person: page.person, reason: "answered-by-another" });
  }
  // Whoever is on the way is not asked before the time that was promised.
  const checkAt = draft.command.at + Math.max(request.policy.askAfter, arrivingIn);
  draft.add({ type: "RequestSatisfied", request: requestId, people, checkAt });
  const others = stillExpecting(draft, requestId).filter(({ person }) => !people.includes(person));
  const staying = new Set(others.filter(({ state }) => state === "escalated").map(({ person }) => person));
  const { id: owner } = draft.command.actor;
  tell(
    draft,
    "help-came",
    others.filter(({ person }) => staying.has(person)),
    owner,
  );
  tell(
    draft,
    "taken-by",
    others.filter(({ person }) => !staying.has(person)),
    owner,
  );
}

/** The pages of those whom it still concerns: who said no, or was released before, was not asked since. */
function stillExpecting(draft: Draft, requestId: string): readonly Page[] {
  const pages = pagesOfRequest(draft, requestId);
  const newest = new Map(pages.map((page) => [page.person, page]));
  const notices = Object.values(draft.state().notices);
  const isReleased = ({ person, openedAt }: Page): boolean =>
    notices.some((notice) => notice.kind === "taken-by" && notice.person === person && notice.at >= openedAt);
  return pages.filter(({ person }) => {
    const last = newest.get(person);
    return last !== undefined && last.state !== "declined" && !isReleased(last);
  });
}

/** As many as were asked for, or everybody who can be reached where those are fewer. */
function isAnswered(draft: Draft, request: PageRequest): boolean {
  const answered = answerers(draft.state().paging, request.id);
  if (answered.length >= request.quorum) return true;
  const { people } = reachable(draft, request, targetsOf(request.policy));
  return answered.length >= new Set([...people, ...answered]).size;
}

const isTaker = (request: PageRequest, person: string): boolean => request.taken.includes(person);
