// Copies facts into state, part by part. It never judges, so replaying any history can't fail.
import { evolveBridge } from "./bridge/evolve.ts";
import { noBridge } from "./bridge/state.ts";
import type { EventOf, IncidentEvent } from "./events.ts";
import { evolveNotices } from "./notices/evolve.ts";
import { evolvePaging } from "./paging/evolve.ts";
import { evolveRoster } from "./roster/evolve.ts";
import { evolveSignal, noSignal } from "./signal/evolve.ts";
import type { Declaration, Incident, Phase, Reported } from "./state.ts";

export const unopened: Incident = {
  phase: "unopened",
  declaration: undefined,
  signal: noSignal,
  paging: { requests: {}, pages: {}, epoch: 0, numbered: 0 },
  notices: {},
  bridge: noBridge,
  roster: {},
  can: undefined,
  refusals: 0,
};

export const evolve = (incident: Incident, event: IncidentEvent): Incident => ({
  phase: evolvePhase(incident.phase, event),
  declaration: event.type === "IncidentDeclared" ? declarationOf(event) : incident.declaration,
  signal: evolveSignal(incident.signal, event),
  paging: evolvePaging(incident.paging, event),
  notices: evolveNotices(incident.notices, event),
  bridge: evolveBridge(incident.bridge, event),
  roster: evolveRoster(incident, event),
  can: event.type === "CanReported" ? reportedOf(event) : incident.can,
  refusals: event.type === "CommandRefused" ? incident.refusals + 1 : incident.refusals,
});

function evolvePhase(phase: Phase, event: IncidentEvent): Phase {
  if (event.type === "IncidentOpened") return "triage";
  if (event.type === "IncidentDeclared") return "declared";
  if (event.type === "IncidentStoodDown") return "stood-down";
  if (event.type === "IncidentClosed") return "closed";
  return phase;
}

const declarationOf = ({
  codename,
  synopsis,
  sensitive,
  at,
  by,
}: EventOf<"IncidentDeclared">): Declaration => ({
  codename,
  synopsis,
  sensitive,
  at,
  declaredBy: by.id,
});

const reportedOf = ({ conditions, actions, needs, nextDue, at, by }: EventOf<"CanReported">): Reported => ({
  conditions,
  actions,
  needs,
  nextDue,
  at,
  reportedBy: by.id,
});
