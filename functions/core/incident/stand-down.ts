// The end of an incident that was never declared: paging stops, whoever was paged is told, its names are given back.
import { type Decision, nothing } from "../aggregate.ts";
import { endBridge } from "./bridge/end.ts";
import type { Draft } from "./draft.ts";
import type { IncidentEvent, NoticeKind } from "./events.ts";
import { tell } from "./notices/tell.ts";
import { correlationKey, releaseCodes } from "./paging/names.ts";
import { refuse } from "./refuse.ts";
import { isOver } from "./state.ts";

type Reason = Extract<IncidentEvent, { type: "IncidentStoodDown" }>["reason"];

export function standDownByOrder(draft: Draft): Decision<IncidentEvent> {
  const { phase } = draft.state();
  if (phase === "unopened") return refuse(draft, "incident-unknown");
  if (isOver(phase)) return nothing;
  standDown(draft, draft.command.actor.kind === "person" ? "resolved-by-person" : "resolved-by-machine");
  return draft.decision();
}

export function standDown(draft: Draft, reason: Reason): void {
  const { paging, signal } = draft.state();
  sayHowMany(draft);
  for (const page of Object.values(paging.pages)) {
    if (page.state !== "open") continue;
    draft.add({ type: "PageCancelled", page: page.id, person: page.person, reason: "stood-down" });
  }
  for (const request of Object.values(paging.requests)) {
    if (request.state.name !== "cancelled")
      draft.add({ type: "RequestCancelled", request: request.id, reason: "stood-down" });
  }
  const kind: NoticeKind = reason === "resolved-by-person" ? "stood-down-by-person" : "all-clear";
  const { actor } = draft.command;
  // Everybody who was paged is told, but not the person whose own order this is.
  const others = Object.values(draft.state().paging.pages).filter(
    (page) => actor.kind !== "person" || page.person !== actor.id,
  );
  tell(draft, kind, others, actor.kind === "person" ? actor.id : undefined);
  endBridge(draft, "incident-over");
  draft.add({ type: "IncidentStoodDown", reason });
  draft.claim({ key: correlationKey(signal.correlation), change: "release" });
  const codes = Object.values(paging.pages).map((page) => page.code);
  for (const claim of releaseCodes(codes, draft.command.at)) draft.claim(claim);
}

/** The alerts that came since the last AlertsJoined are counted beside the stream; the end says them all. */
function sayHowMany(draft: Draft): void {
  const unsaid = (draft.facts.signal?.alerts ?? 0) - draft.state().signal.alerts;
  if (unsaid > 0) draft.add({ type: "AlertsJoined", count: unsaid, samples: [] });
}
