// The end of a declared incident, by order of whoever is in command of it. Nothing else ends one.
import { type Decision, nothing } from "../aggregate.ts";
import type { Draft } from "./draft.ts";
import { endIncident } from "./end.ts";
import type { IncidentEvent } from "./events.ts";
import { refuse } from "./refuse.ts";
import { isDeclared, isOver } from "./state.ts";

export function close(draft: Draft): Decision<IncidentEvent> {
  const { phase } = draft.state();
  if (isOver(phase)) return nothing;
  // What was never declared is stood down.
  if (!isDeclared(phase)) return refuse(draft, "not-declared");
  endIncident(draft, "closed", "closed", { type: "IncidentClosed" });
  return draft.decision();
}
