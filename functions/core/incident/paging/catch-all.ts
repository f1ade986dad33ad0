// Nobody answered on any level: the catch-all is paged on all channels, and again until a human acts.
import { type Duration, hours } from "../../time.ts";
import { responders, toldOfRequest } from "../bridge/responders.ts";
import type { Draft } from "../draft.ts";
import { tellWherever } from "../notices/tell.ts";
import type { PageRequest } from "../state.ts";
import { pagesOfRequest, requestNow, staying } from "./look-up.ts";
import { wasReached } from "./progress.ts";
import { expirePages, openPages, reachable } from "./reach.ts";

/** So many rounds at the policy's pace (twelve hours of five minutes); a forgotten weekend then fills no timeline. */
const patience = 144;
const slowPace: Duration = hours(1);

export function pageCatchAll(draft: Draft, requestId: string): void {
  const request = requestNow(draft, requestId);
  if (request === undefined) return;
  const { catchAll, catchAllEvery, levels, repeats } = request.policy;
  const round = (request.catchAll?.round ?? 0) + 1;
  expirePages(draft, requestId);
  const { people, unreachable } = reachable(draft, request, catchAll);
  const here = alreadyHere(draft, request);
  const missing = people.filter((person) => !here.has(person));
  const toPage = missing.length > 0 ? missing : people;
  const pace = round <= patience ? catchAllEvery : Math.max(catchAllEvery, slowPace);
  const nextAt = draft.command.at + pace;
  const reached = pagesOfRequest(draft, requestId).some(wasReached);
  draft.add({ type: "CatchAllPaged", request: requestId, round, reached, nextAt, people: toPage });
  if (round === 1) tellWhoAsked(draft, request, toPage);
  if (people.length === 0) draft.add({ type: "NobodyReachable", request: requestId, unreachable });
  openPages(draft, request, toPage, {
    cause: "catch-all",
    pass: repeats + round,
    level: levels.length,
    others: toPage.length - 1,
  });
}

/** For a further request everybody who works on the incident is here already, and can't be who is missing. */
const alreadyHere = (draft: Draft, { id, kind }: PageRequest): ReadonlySet<string> =>
  new Set([...staying(draft.state().paging, id), ...(kind === "owner" ? [] : responders(draft.state()))]);

/** Whoever commands is waiting for somebody who does not come; the page tells whoever is paged for it. */
function tellWhoAsked(draft: Draft, request: PageRequest, paged: readonly string[]): void {
  // Whoever stays and asked for more help has answered.
  if (request.kind === "owner" || staying(draft.state().paging, request.id).size > 0) return;
  const people = toldOfRequest(draft.state(), request).filter((person) => !paged.includes(person));
  const about = request.kind === "person" ? request.about : undefined;
  tellWherever(draft, people, { kind: "not-answered", about, request: request.id });
}
