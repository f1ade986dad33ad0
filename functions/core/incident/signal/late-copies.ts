// Alerts that fired once more within moments of their resolve were taken for late copies. That stands on the timeline, also
// of an incident that is over: people there had the all-clear.
import { type Decision, nothing } from "../../aggregate.ts";
import type { IncidentCommand } from "../commands.ts";
import type { Draft } from "../draft.ts";
import type { IncidentEvent } from "../events.ts";

const mostTold = 20;

export function recordLateCopies(
  draft: Draft,
  { title, count }: Extract<IncidentCommand, { type: "RecordLateCopies" }>,
): Decision<IncidentEvent> {
  if (draft.state().signal.lateCopies >= mostTold) return nothing;
  draft.add({ type: "LateCopiesIgnored", title, count });
  return draft.decision();
}
