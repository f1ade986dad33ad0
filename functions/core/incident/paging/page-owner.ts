// What somebody has in hand became urgent: taken as a warning in the evening, critical at three. The owner is paged anew on
// every urgent way; without an answer the level resumes, as it does for an owner who is silent.
import { isInTheRoom } from "../bridge/state.ts";
import type { Draft } from "../draft.ts";
import { isOver, type PageRequest } from "../state.ts";
import { asks, pagesOfRequest } from "./look-up.ts";
import { wasReached } from "./progress.ts";
import { openPages, stepsFor } from "./reach.ts";
import { resumeLevel, startNextLevel } from "./start-level.ts";

export function pageOwnerAnew(
  draft: Draft,
  request: PageRequest,
  owner: string,
  reason: "urgency-raised" | "not-told" = "urgency-raised",
): void {
  const about = { request: request.id, person: owner } as const;
  if (stepsFor(draft, request, owner).length === 0) return takeFrom(draft, request, owner);
  const { policy, stage } = request;
  const level = stage?.level ?? 0;
  const until = draft.command.at + (policy.levels[level]?.within ?? policy.resumeAfter);
  draft.add({ type: "AcknowledgementQuestioned", ...about, reason, until });
  openPages(draft, request, [owner], {
    cause: "urgency-raised",
    pass: stage?.pass ?? 0,
    level,
    others: 0,
  });
}

/**
 * The owner can't be told in writing that it became graver: a page can still ring. An owner in the room hears of it there;
 * one who is being paged anew already knows. Whether it was paged.
 */
export function pageUntold(draft: Draft, owner: string): boolean {
  const { phase, bridge, paging } = draft.state();
  if (isOver(phase) || isInTheRoom(bridge, owner)) return false;
  const held = Object.values(paging.requests).filter(
    ({ state }) => state.name === "satisfied" && state.owner === owner,
  );
  const isAsked = held.some(({ id }) => pagesOfRequest(draft, id).some((page) => asks(page, owner)));
  const [request] = held;
  if (request === undefined || isAsked) return false;
  pageOwnerAnew(draft, request, owner, "not-told");
  return true;
}

/** An owner who does not answer that page, or can't be reached by it, has it no more: others are paged at once. */
export function takeFrom(draft: Draft, request: PageRequest, owner: string): void {
  const page = pagesOfRequest(draft, request.id).findLast((each) => asks(each, owner));
  const reason = page !== undefined && wasReached(page) ? "forgotten" : "not-reached";
  const cause = reason === "forgotten" ? "forgotten" : "nobody-reachable";
  draft.add({ type: "RequestReopened", request: request.id, person: owner, reason });
  const level = request.policy.levels[request.stage?.level ?? 0];
  // A level of the owner alone was just asked, in vain.
  if (level?.targets.some(({ id }) => id !== owner) === true) resumeLevel(draft, request.id, cause);
  else startNextLevel(draft, request.id, cause);
}
