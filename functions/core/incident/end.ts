// What every end of an incident does, whatever it is called: paging stops, everybody is told, its names are given back.
import { type Duration, hours } from "../time.ts";
import { endBridge } from "./bridge/end.ts";
import { responders } from "./bridge/responders.ts";
import type { Draft } from "./draft.ts";
import type { EndReason, IncidentFact, NoticeKind } from "./events.ts";
import { tell, tellWherever } from "./notices/tell.ts";
import { codenameKey, correlationKey, releaseCodes } from "./paging/names.ts";

/** A name that was in many mouths is given to no other incident for so long. */
const codenameRest: Duration = hours(24);

export function endIncident(draft: Draft, reason: EndReason, kind: NoticeKind, end: IncidentFact): void {
  const { paging, signal, declaration } = draft.state();
  sayHowMany(draft);
  for (const page of Object.values(paging.pages)) {
    if (page.state !== "open") continue;
    draft.add({ type: "PageCancelled", page: page.id, person: page.person, reason });
  }
  for (const request of Object.values(paging.requests)) {
    if (request.state.name !== "cancelled")
      draft.add({ type: "RequestCancelled", request: request.id, reason });
  }
  tellEverybody(draft, kind);
  endBridge(draft, "incident-over");
  draft.add(end);
  draft.claim({ key: correlationKey(signal.correlation), change: "release" });
  if (declaration !== undefined) {
    const key = codenameKey(declaration.codename);
    draft.claim({ key, change: "release", until: draft.command.at + codenameRest });
  }
  const codes = Object.values(paging.pages).map((page) => page.code);
  for (const claim of releaseCodes(codes, draft.command.at)) draft.claim(claim);
}

/** Everybody who was paged, and whoever works on it otherwise; but not the person whose own order this is. */
function tellEverybody(draft: Draft, kind: NoticeKind): void {
  const { actor } = draft.command;
  const by = actor.kind === "person" ? actor.id : undefined;
  const pages = Object.values(draft.state().paging.pages).filter(({ person }) => person !== by);
  const told = tell(draft, kind, pages, by);
  const others = responders(draft.state()).filter((person) => person !== by && !told.has(person));
  tellWherever(draft, others, { kind, about: by });
}

/** The alerts that came since the last AlertsJoined are counted beside the stream; the end says them all. */
function sayHowMany(draft: Draft): void {
  const unsaid = (draft.facts.signal?.alerts ?? 0) - draft.state().signal.alerts;
  if (unsaid > 0) draft.add({ type: "AlertsJoined", count: unsaid, samples: [] });
}
