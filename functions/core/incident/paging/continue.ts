// One decision opens only so many pages: whoever of the running level, or of the catch-all, is left over follows at once.
import type { Draft } from "../draft.ts";
import type { PageCause } from "../events.ts";
import type { Incident, Page, PageRequest } from "../state.ts";
import { pagesOfRequest, requestNow } from "./look-up.ts";
import { openPages } from "./reach.ts";

export function continuePaging(draft: Draft, requestId: string): void {
  const request = requestNow(draft, requestId);
  const running = request === undefined ? undefined : runningOf(request);
  if (request === undefined || running === undefined) return;
  const { cause, pass, level, people } = running;
  openPages(draft, request, unpaged(draft.state(), request), {
    cause,
    pass,
    level,
    others: people.length - 1,
  });
}

export function unpaged(incident: Incident, request: PageRequest): readonly string[] {
  const running = runningOf(request);
  if (running === undefined) return [];
  const { cause, pass, level, startedAt } = running;
  const isOfThis = (page: Page) =>
    page.openedAt >= startedAt && page.cause === cause && page.pass === pass && page.level === level;
  const paged = new Set(
    Object.values(incident.paging.pages)
      // A page of an earlier level that is still on its way is not doubled.
      .filter((page) => page.request === request.id && (page.state === "open" || isOfThis(page)))
      .map((page) => page.person),
  );
  return running.people.filter((person) => !paged.has(person));
}

/** Whether anybody of the running level can still answer: a page is open, or about to be opened. */
export function anybodyStillAsked(draft: Draft, requestId: string): boolean {
  const request = requestNow(draft, requestId);
  if (request !== undefined && unpaged(draft.state(), request).length > 0) return true;
  const running = request === undefined ? undefined : runningOf(request);
  return pagesOfRequest(draft, requestId).some(
    (page) => page.state === "open" && running?.people.includes(page.person) !== false,
  );
}

interface Running {
  readonly cause: PageCause;
  readonly pass: number;
  readonly level: number;
  readonly startedAt: number;
  readonly people: readonly string[];
}

function runningOf({ state, stage, catchAll, policy }: PageRequest): Running | undefined {
  if (state.name !== "open") return undefined;
  if (catchAll === undefined) return stage && { cause: "level", ...stage };
  return {
    cause: "catch-all",
    pass: policy.repeats + catchAll.round,
    level: policy.levels.length,
    ...catchAll,
  };
}
