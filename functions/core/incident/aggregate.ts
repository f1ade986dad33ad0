// The incident as the dispatcher sees it.
import type { Aggregate, Summary } from "../aggregate.ts";
import type { Facts, Need } from "../facts.ts";
import { longestTitle } from "../symptom.ts";
import type { IncidentCommand } from "./commands.ts";
import { decide } from "./decide.ts";
import { nextDue } from "./due.ts";
import type { IncidentEvent } from "./events.ts";
import { evolve, unopened } from "./evolve.ts";
import { needs } from "./needs.ts";
import { ownerOf } from "./paging/look-up.ts";
import { ownerRequest } from "./paging/names.ts";
import { spokenOf } from "./signal/symptoms.ts";
import { type Incident, isOver } from "./state.ts";

export const incident: Aggregate<Incident, IncidentCommand, IncidentEvent, Need, Facts> = {
  schema: 4,
  initial: unopened,
  evolve,
  needs,
  decide,
  nextDue,
  epoch: ({ paging }) => paging.epoch,
  summary,
  drill: ({ signal }) => signal.drill,
};

function summary(incident: Incident): Summary | undefined {
  const { phase, signal, paging, declaration } = incident;
  if (phase === "unopened") return undefined;
  const { service, openedAt, drill } = signal;
  const { title, severity, more } = spokenOf(incident);
  const owner = ownerOf(paging.requests[ownerRequest]);
  return {
    state: isOver(phase) ? "ended" : "open",
    // The list is read by everybody, and read out on the phone: there a sensitive incident goes by its name alone.
    title: declaration?.sensitive === true ? declaration.codename : withMore(title, more),
    service,
    severity,
    openedAt,
    drill,
    phase,
    ...(owner === undefined ? {} : { owner }),
    ...(declaration === undefined ? {} : { codename: declaration.codename }),
  };
}

const withMore = (title: string, more: number): string =>
  more === 0 ? title.slice(0, longestTitle) : `${title.slice(0, 150)} (+${more} more)`;
