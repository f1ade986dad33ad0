// What an incident's card shows, from the incident as it is now.
import { incidentId, type StreamId } from "../../core/aggregate.ts";
import { inTheRoom } from "../../core/incident/bridge/state.ts";
import { nextUpdateDue } from "../../core/incident/can/report.ts";
import { ownerOf } from "../../core/incident/paging/look-up.ts";
import { ownerRequest } from "../../core/incident/paging/names.ts";
import { signedIn } from "../../core/incident/roster/present.ts";
import { isFiring, spokenOf } from "../../core/incident/signal/symptoms.ts";
import type { Incident } from "../../core/incident/state.ts";
import { symptomOf } from "../../core/symptom.ts";
import type { Instant } from "../../core/time.ts";
import { type Names, nameOf } from "../names.ts";
import type { Choice } from "./blocks.ts";
import type { IncidentFacts } from "./incident-card.ts";

interface Beside {
  /** At least of those that `namedOnIncident` says. */
  readonly names: Names;
  readonly now: Instant;
  /** The command post's address of the incident. */
  readonly address: string;
  readonly choices: readonly Choice[];
  /** As they were counted beside the stream, where they were. */
  readonly alerts?: number;
  /** It is shown where everybody can read it. */
  readonly inPublic?: boolean;
  readonly notice?: string;
}

export function incidentFacts(stream: StreamId, incident: Incident, beside: Beside): IncidentFacts {
  const { signal, phase, declaration, can, bridge } = incident;
  const { names, now, address, choices, alerts = 0, inPublic = false, notice } = beside;
  const owner = ownerNow(incident);
  const isHere = signedIn(incident);
  const spoken = spokenOf(incident);
  return {
    incident: incidentId(stream),
    drill: signal.drill,
    severity: spoken.severity,
    service: signal.serviceName,
    title: spoken.title,
    others: othersOf(incident),
    since: spoken.since,
    now,
    timeZone: "UTC",
    alerts: Math.max(alerts, signal.alerts),
    phase,
    declared: declaration,
    owner: owner === undefined ? undefined : nameOf(names, owner),
    asked: askedNow(incident).map((id) => nameOf(names, id)),
    here: isHere.map((id) => nameOf(names, id)),
    can: can === undefined ? undefined : { ...can, by: nameOf(names, can.reportedBy) },
    nextUpdateDue: nextUpdateDue(incident),
    inTheRoom: bridge.name === "open" ? inTheRoom(bridge).length : undefined,
    choices,
    address,
    redacted: inPublic && declaration?.sensitive === true,
    ...(notice === undefined ? {} : { notice }),
  };
}

/** Whose names an incident's card bears. */
export function namedOnIncident(incident: Incident): readonly string[] {
  const { can } = incident;
  const owner = ownerNow(incident);
  return [
    ...askedNow(incident),
    ...signedIn(incident),
    ...(owner === undefined ? [] : [owner]),
    ...(can === undefined ? [] : [can.reportedBy]),
  ];
}

/** The symptoms beside the one that it speaks of, as they are listed. */
function othersOf({ phase, signal }: Incident): IncidentFacts["others"] {
  const lead = symptomOf(spokenOf({ phase, signal }).title);
  const beside = signal.symptoms.filter(({ title }) => symptomOf(title) !== lead);
  return {
    listed: beside.map((symptom) => ({
      title: symptom.title,
      severity: symptom.severity,
      firing: isFiring(symptom),
    })),
    more: signal.unlisted,
  };
}

const ownerNow = ({ paging }: Incident): string | undefined => ownerOf(paging.requests[ownerRequest]);

const askedNow = ({ paging }: Incident): readonly string[] => [
  ...new Set(Object.values(paging.pages).flatMap(({ state, person }) => (state === "open" ? [person] : []))),
];
