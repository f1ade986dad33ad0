// It became worse than what people were told: open pages are sent again, a machine's pause is over, the owner is told.
import { type AlertSeverity, urgencyOf } from "../../severity.ts";
import { openByRule } from "../bridge/open.ts";
import type { Draft } from "../draft.ts";
import { tell } from "../notices/tell.ts";
import { pagesOfRequest, requestNow, rings } from "../paging/look-up.ts";
import { ownerRequest } from "../paging/names.ts";
import { want } from "../paging/reach.ts";
import { resumeLevel } from "../paging/start-level.ts";
import type { Page } from "../state.ts";

export function raiseSeverity(draft: Draft, to: AlertSeverity): void {
  const { severity: from, importance } = draft.state().signal;
  const before = requestNow(draft, ownerRequest);
  draft.add({ type: "SeverityRaised", from, to, urgency: urgencyOf(to, importance) });
  openByRule(draft);
  const request = requestNow(draft, ownerRequest);
  if (request === undefined) return;
  const pages = pagesOfRequest(draft, ownerRequest);
  switch (request.state.name) {
    case "open":
      for (const page of pages) {
        if (rings(draft.state(), page)) ringAgain(draft, page, before?.urgency !== request.urgency);
      }
      return;
    case "paused":
      draft.add({ type: "RequestResumed", request: request.id });
      resumeLevel(draft, request.id, "resumed");
      return;
    case "satisfied": {
      const { owner } = request.state;
      tell(
        draft,
        "severity-raised",
        pages.filter((page) => page.person === owner),
      );
      return;
    }
    case "cancelled":
      return;
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
