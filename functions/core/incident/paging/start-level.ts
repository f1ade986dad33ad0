// Which level rings next. Levels that nobody can be reached in are skipped at once; after the last pass the catch-all is
// paged, and again until a human acts.
import type { Draft } from "../draft.ts";
import type { LevelCause } from "../events.ts";
import type { PageRequest } from "../state.ts";
import { pageCatchAll } from "./catch-all.ts";
import { requestNow, staying } from "./look-up.ts";
import { expirePages, openPages, reachable } from "./reach.ts";

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

/** Whatever rang last rings again. */
export function resumeLevel(draft: Draft, requestId: string, cause: LevelCause): void {
  const request = requestNow(draft, requestId);
  if (request === undefined) return;
  if (request.catchAll !== undefined) return pageCatchAll(draft, requestId);
  startLevel(draft, requestId, request.stage?.pass ?? 0, request.stage?.level ?? 0, cause);
}

function ring(draft: Draft, request: PageRequest, pass: number, level: number, cause: LevelCause): boolean {
  const { targets, within } = request.policy.levels[level] ?? { targets: [], within: 0 };
  const { people, unreachable } = reachable(draft, request, targets);
  const here = staying(draft.state().paging, request.id);
  // Whoever asks for a subject wants somebody else who answers for it.
  const asks = request.kind === "subject" ? request.askedBy : undefined;
  const toPage = people.filter((person) => !here.has(person) && person !== asks);
  if (toPage.length === 0) {
    draft.add({ type: "LevelSkipped", request: request.id, pass, level, unreachable });
    return false;
  }
  const until = draft.command.at + within;
  draft.add({ type: "LevelStarted", request: request.id, pass, level, cause, until, people: toPage });
  openPages(draft, request, toPage, { cause: "level", pass, level, others: toPage.length - 1 });
  return true;
}
