// Which level rings next. Levels that nobody can be reached in are skipped at once; after the last pass the catch-all is
// paged, and again until a human acts.
import type { Draft } from "../draft.ts";
import type { LevelCause } from "../events.ts";
import type { PageRequest } from "../state.ts";
import { openPages, reachable } from "./reach.ts";

export function startLevel(
  draft: Draft,
  requestId: string,
  pass: number,
  level: number,
  cause: LevelCause,
): void {
  const request = requestNow(draft, requestId);
  if (request === undefined) return;
  const { levels, repeats } = request.policy;
  expirePages(draft, requestId);
  let why = cause;
  for (let p = pass, l = level; p <= repeats; p++, l = 0) {
    for (; l < levels.length; l++) {
      if (ring(draft, request, p, l, why)) return;
      why = "nobody-reachable";
    }
  }
  pageCatchAll(draft, requestId);
}

/** The level after the one that runs now. */
export function startNextLevel(draft: Draft, requestId: string, cause: LevelCause): void {
  const request = requestNow(draft, requestId);
  if (request === undefined) return;
  if (request.catchAll !== undefined) return pageCatchAll(draft, requestId);
  startLevel(draft, requestId, request.stage?.pass ?? 0, (request.stage?.level ?? -1) + 1, cause);
}

/** People of the running level who are not paged yet, because one decision opens only so many pages. */
export function continueLevel(draft: Draft, requestId: string): void {
  const request = requestNow(draft, requestId);
  const stage = request?.stage;
  if (request === undefined || stage === undefined) return;
  const { pass, level } = stage;
  openPages(draft, request, unpaged(draft, request), {
    cause: "level",
    pass,
    level,
    others: stage.people.length - 1,
  });
}

export function unpaged(draft: Pick<Draft, "state">, request: PageRequest): readonly string[] {
  const stage = request.stage;
  if (stage === undefined || request.state.name !== "open" || request.catchAll !== undefined) return [];
  const pages = Object.values(draft.state().paging.pages);
  const paged = new Set(
    pages
      .filter(
        (page) => page.request === request.id && page.openedAt >= stage.startedAt && page.cause === "level",
      )
      .filter((page) => page.pass === stage.pass && page.level === stage.level)
      .map((page) => page.person),
  );
  return stage.people.filter((person) => !paged.has(person));
}

function ring(draft: Draft, request: PageRequest, pass: number, level: number, cause: LevelCause): boolean {
  const { targets, within } = request.policy.levels[level] ?? { targets: [], within: 0 };
  const { people, unreachable } = reachable(draft, request, targets);
  // Whoever escalated said "I stay": that person is here already.
  const staying = new Set(
    pagesOfRequest(draft, request.id)
      .filter((p) => p.state === "escalated")
      .map((p) => p.person),
  );
  const toPage = people.filter((person) => !staying.has(person));
  if (toPage.length === 0) {
    draft.add({ type: "LevelSkipped", request: request.id, pass, level, unreachable });
    return false;
  }
  const until = draft.command.at + within;
  draft.add({ type: "LevelStarted", request: request.id, pass, level, cause, until, people: toPage });
  openPages(draft, request, toPage, { cause: "level", pass, level, others: toPage.length - 1 });
  return true;
}

/** Pages everybody of the catch-all on all channels. */
export function pageCatchAll(draft: Draft, requestId: string): void {
  const request = requestNow(draft, requestId);
  if (request === undefined) return;
  const { catchAll, catchAllEvery, levels } = request.policy;
  const round = (request.catchAll?.round ?? 0) + 1;
  expirePages(draft, requestId);
  draft.add({ type: "CatchAllPaged", request: requestId, round, nextAt: draft.command.at + catchAllEvery });
  const { people, unreachable } = reachable(draft, request, catchAll);
  if (people.length === 0) {
    draft.add({ type: "NobodyReachable", request: requestId, unreachable });
    return;
  }
  const pass = request.policy.repeats + round;
  openPages(draft, request, people, {
    cause: "catch-all",
    pass,
    level: levels.length,
    others: people.length - 1,
  });
}

export const requestNow = (draft: Draft, id: string): PageRequest | undefined =>
  draft.state().paging.requests[id];

export const pagesOfRequest = (draft: Pick<Draft, "state">, request: string) =>
  Object.values(draft.state().paging.pages).filter((page) => page.request === request);

function expirePages(draft: Draft, request: string): void {
  for (const page of pagesOfRequest(draft, request)) {
    if (page.state === "open") draft.add({ type: "PageExpired", page: page.id, person: page.person });
  }
}
