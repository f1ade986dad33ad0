// The end of what was no incident, or is none any more. A declared one is ended so by whoever commands it, as a false
// alarm; what machines say of it is news, and no end.
import { type Decision, nothing } from "../aggregate.ts";
import { isInCommand } from "./bridge/responders.ts";
import type { Draft } from "./draft.ts";
import { endIncident } from "./end.ts";
import type { IncidentEvent } from "./events.ts";
import { refuse } from "./refuse.ts";
import { believeAllClear } from "./signal/all-clear.ts";
import { isDeclared, isOver } from "./state.ts";

type Reason = Extract<IncidentEvent, { type: "IncidentStoodDown" }>["reason"];

export function standDownByOrder(draft: Draft): Decision<IncidentEvent> {
  const { phase } = draft.state();
  const { actor } = draft.command;
  if (isOver(phase)) return nothing;
  if (isDeclared(phase)) {
    if (actor.kind !== "person") return believeAllClear(draft);
    if (!isInCommand(draft.state(), actor)) return refuse(draft, "not-in-command");
  }
  standDown(draft, actor.kind === "person" ? "resolved-by-person" : "resolved-by-machine");
  return draft.decision();
}

export const standDown = (draft: Draft, reason: Reason): void =>
  endIncident(draft, "stood-down", reason === "resolved-by-person" ? "stood-down-by-person" : "all-clear", {
    type: "IncidentStoodDown",
    reason,
  });
