// Copies facts into state, part by part. It never judges, so replaying any history can't fail.
import { evolveBridge } from "./bridge/evolve.ts";
import { noBridge } from "./bridge/state.ts";
import type { IncidentEvent } from "./events.ts";
import { evolveNotices } from "./notices/evolve.ts";
import { evolvePaging } from "./paging/evolve.ts";
import { evolveSignal, noSignal } from "./signal/evolve.ts";
import type { Incident, Phase } from "./state.ts";

export const unopened: Incident = {
  phase: "unopened",
  signal: noSignal,
  paging: { requests: {}, pages: {}, epoch: 0, numbered: 0 },
  notices: {},
  bridge: noBridge,
  refusals: 0,
};

export const evolve = (incident: Incident, event: IncidentEvent): Incident => ({
  phase: evolvePhase(incident.phase, event),
  signal: evolveSignal(incident.signal, event),
  paging: evolvePaging(incident.paging, event),
  notices: evolveNotices(incident.notices, event),
  bridge: evolveBridge(incident.bridge, event),
  refusals: event.type === "CommandRefused" ? incident.refusals + 1 : incident.refusals,
});

function evolvePhase(phase: Phase, event: IncidentEvent): Phase {
  if (event.type === "IncidentOpened") return "triage";
  if (event.type === "IncidentStoodDown") return "stood-down";
  return phase;
}
