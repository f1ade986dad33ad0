// How it stands, in the words of whoever reports it. The newest report counts; the older ones are on the timeline.
import type { Decision } from "../../aggregate.ts";
import { paragraph } from "../../text.ts";
import { type Duration, hours, type Instant } from "../../time.ts";
import type { Draft } from "../draft.ts";
import type { IncidentEvent } from "../events.ts";
import { refuse } from "../refuse.ts";
import { showLife } from "../roster/show-life.ts";
import { type Incident, isDeclared } from "../state.ts";
import type { Can } from "./facts.ts";

/** Of each of the three. */
export const longestReport = 500;
/** So often a response says how it stands. */
const updateEvery: Duration = hours(1);

export function report(draft: Draft, said: Can): Decision<IncidentEvent> {
  const conditions = paragraph(said.conditions, longestReport);
  const actions = paragraph(said.actions, longestReport);
  const needs = paragraph(said.needs, longestReport);
  if (conditions === "" && actions === "" && needs === "") return refuse(draft, "report-empty");
  const nextDue = draft.command.at + updateEvery;
  draft.add({ type: "CanReported", conditions, actions, needs, nextDue });
  showLife(draft, draft.command.actor.id);
  return draft.decision();
}

/** When the next report is expected: of a declared incident from its declaration on, of another one once it has reported. */
export function nextUpdateDue({ phase, declaration, can }: Incident): Instant | undefined {
  if (!isDeclared(phase) && phase !== "triage") return undefined;
  return can?.nextDue ?? (declaration === undefined ? undefined : declaration.at + updateEvery);
}
