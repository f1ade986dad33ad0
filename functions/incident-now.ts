// An incident as it stands, for whoever only looks.
import type { StreamId } from "./core/aggregate.ts";
import { incident } from "./core/incident/aggregate.ts";
import type { IncidentEvent } from "./core/incident/events.ts";
import type { Incident } from "./core/incident/state.ts";
import type { Journal } from "./ports.ts";

export async function incidentNow(journal: Pick<Journal, "load">, stream: StreamId): Promise<Incident> {
  const { snapshot, events } = await journal.load(stream, incident.schema);
  const kept = (snapshot?.state as Incident | undefined) ?? incident.initial;
  return (events as readonly IncidentEvent[]).reduce((state, event) => incident.evolve(state, event), kept);
}
