// What is going on with a service already.
import type { StreamId } from "../core/aggregate.ts";
import type { House } from "./house.ts";

const incidentsLooked = 100;

export interface Known {
  readonly stream: StreamId;
  readonly title: string;
  readonly owner?: string;
}

/** The newest one that may be offered: a drill is not what somebody calls about, and a sensitive one is nobody's to hear of. */
export async function openIncidentOf(
  { openIncidents, incidents }: Pick<House, "openIncidents" | "incidents">,
  service: string,
): Promise<Known | undefined> {
  const open = await openIncidents.open(incidentsLooked);
  for (const each of open) {
    if (each.service !== service || each.drill) continue;
    const { declaration } = (await incidents.load(each.stream)).state;
    if (declaration?.sensitive !== true) return each;
  }
  return undefined;
}
