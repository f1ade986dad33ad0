// The incident as the dispatcher sees it.
import type { Aggregate, Summary } from "../aggregate.ts";
import type { Facts, Need } from "../facts.ts";
import type { IncidentCommand } from "./commands.ts";
import { decide } from "./decide.ts";
import { nextDue } from "./due.ts";
import type { IncidentEvent } from "./events.ts";
import { evolve, unopened } from "./evolve.ts";
import { needs } from "./needs.ts";
import { ownerOf } from "./paging/look-up.ts";
import { ownerRequest } from "./paging/names.ts";
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

function summary({ phase, signal, paging, declaration }: Incident): Summary | undefined {
  if (phase === "unopened") return undefined;
  const { title, service, severity, openedAt, drill } = signal;
  const owner = ownerOf(paging.requests[ownerRequest]);
  return {
    state: isOver(phase) ? "ended" : "open",
    // The list is read by everybody, and read out on the phone: there a sensitive incident goes by its name alone.
    title: declaration?.sensitive === true ? declaration.codename : title.slice(0, 160),
    service,
    severity,
    openedAt,
    drill,
    phase,
    ...(owner === undefined ? {} : { owner }),
    ...(declaration === undefined ? {} : { codename: declaration.codename }),
  };
}
