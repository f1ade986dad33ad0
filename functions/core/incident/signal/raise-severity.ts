// It became worse than what people were told: open pages are sent again, a machine's pause is over, the owner is told.
import { type AlertSeverity, urgencyOf } from "../../severity.ts";
import { openByRule } from "../bridge/open.ts";
import type { Draft } from "../draft.ts";
import { tell } from "../notices/tell.ts";
import { pagesOfRequest, requestNow, rings } from "../paging/look-up.ts";
import { want } from "../paging/reach.ts";
import { resumeLevel } from "../paging/start-level.ts";
import type { Page, PageRequest } from "../state.ts";

export function raiseSeverity(draft: Draft, to: AlertSeverity): void {
  const { severity: from, importance } = draft.state().signal;
  const before = Object.values(draft.state().paging.requests);
  draft.add({ type: "SeverityRaised", from, to, urgency: urgencyOf(to, importance) });
  openByRule(draft);
  // Whoever has several requests in hand is told once.
  tell(
    draft,
    "severity-raised",
    before.flatMap((request) => goOn(draft, request)),
  );
}

/** The pages of whoever has it in hand; where nobody has, it rings. */
function goOn(draft: Draft, before: PageRequest): readonly Page[] {
  const request = requestNow(draft, before.id) ?? before;
  const pages = pagesOfRequest(draft, request.id);
  switch (request.state.name) {
    case "open":
      for (const page of pages) {
        if (rings(draft.state(), page)) ringAgain(draft, page, before.urgency !== request.urgency);
      }
      return [];
    case "paused":
      draft.add({ type: "RequestResumed", request: request.id });
      resumeLevel(draft, request.id, "resumed");
      return [];
    case "satisfied": {
      const { owner } = request.state;
      return pages.filter((page) => page.person === owner);
    }
    case "cancelled":
      return [];
  }
}

/** Each way that has spoken speaks again; those that would have waited their turn do so only while it is not urgent. */
function ringAgain(draft: Draft, page: Page, rushed: boolean): void {
  for (const step of page.steps.keys()) {
    const last = page.deliveries.findLast((delivery) => delivery.step === step);
    if (last === undefined ? rushed : last.state !== "wanted" && last.state !== "retrying") {
      want(draft, page.id, step, "severity-raised");
    }
  }
}
