// It became worse than what people were told. Whoever is being asked is asked again, a machine's pause is over, and the
// owner of what has become urgent is paged anew: that is an order to act, and it needs a page's fallbacks.
import { type AlertSeverity, isWorse, urgencyOf } from "../../severity.ts";
import { openByRule } from "../bridge/open.ts";
import { isInTheRoom } from "../bridge/state.ts";
import type { Draft } from "../draft.ts";
import { tell, tellWherever } from "../notices/tell.ts";
import { asks, pagesOfRequest, requestNow, rings } from "../paging/look-up.ts";
import { pageOwnerAnew, pageUntold } from "../paging/page-owner.ts";
import { hasten, want } from "../paging/reach.ts";
import { resumeLevel } from "../paging/start-level.ts";
import type { Incident, Page, PageRequest } from "../state.ts";

/** Whether an alert of this severity makes the incident worse than people were told. */
export const raises = ({ signal }: Incident, to: AlertSeverity): boolean => isWorse(to, signal.severity);

export function raiseSeverity(draft: Draft, to: AlertSeverity): void {
  const { severity: from, importance } = draft.state().signal;
  const before = Object.values(draft.state().paging.requests);
  draft.add({ type: "SeverityRaised", from, to, urgency: urgencyOf(to, importance) });
  openByRule(draft);
  // Whoever has several requests in hand is told once.
  const told = tell(
    draft,
    "severity-raised",
    before.flatMap((request) => goOn(draft, request)),
  );
  for (const owner of ownersOf(before)) if (!told.has(owner)) tellUnwritten(draft, owner);
}

const ownersOf = (requests: readonly PageRequest[]): ReadonlySet<string> =>
  new Set(requests.flatMap(({ state }) => (state.name === "satisfied" ? [state.owner] : [])));

/** An owner to whom nothing was written before: who answered a call, or took it unasked. */
function tellUnwritten(draft: Draft, owner: string): void {
  const isPaged = Object.values(draft.state().paging.pages).some((page) => asks(page, owner));
  const { requests } = draft.state().paging;
  if (isPaged || !ownersOf(Object.values(requests)).has(owner)) return;
  if (!tellWherever(draft, [owner], { kind: "severity-raised" }).has(owner)) pageUntold(draft, owner);
}

/** The pages of an owner who is to be told; where nobody has it, it rings. */
function goOn(draft: Draft, before: PageRequest): readonly Page[] {
  const request = requestNow(draft, before.id) ?? before;
  const becameUrgent = before.urgency !== request.urgency;
  const pages = pagesOfRequest(draft, request.id);
  switch (request.state.name) {
    case "open":
      for (const page of pages) if (rings(draft.state(), page)) ringAgain(draft, page, becameUrgent);
      return [];
    case "paused":
      draft.add({ type: "RequestResumed", request: request.id });
      resumeLevel(draft, request.id, "resumed");
      return [];
    case "satisfied": {
      const { owner } = request.state;
      // Whoever is in the room hears of it there, and has no other phone to be rung on.
      if (!becameUrgent || isInTheRoom(draft.state().bridge, owner))
        return pages.filter((page) => page.person === owner);
      pageOwnerAnew(draft, request, owner);
      return [];
    }
    case "cancelled":
      return [];
  }
}

/** Each way that has spoken speaks again; where it became urgent the urgent ways speak too, and none waits its turn. */
function ringAgain(draft: Draft, { id, steps: spoken }: Page, becameUrgent: boolean): void {
  if (becameUrgent) hasten(draft, id);
  for (const step of spoken.keys()) {
    const last = draft.state().paging.pages[id]?.deliveries.findLast((delivery) => delivery.step === step);
    if (last !== undefined && last.state !== "wanted" && last.state !== "retrying")
      want(draft, id, step, "severity-raised");
  }
}
