// What an incident is about, for one person: of a sensitive one whoever does not work on it learns the name alone.
import { isPartOf } from "./bridge/responders.ts";
import { type Spoken, spokenOf } from "./signal/symptoms.ts";
import type { Incident } from "./state.ts";

export const mayRead = (incident: Incident, person: string | undefined): boolean =>
  incident.declaration?.sensitive !== true || isPartOf(incident, person);

export function spokenTo(incident: Incident, person: string): Spoken {
  const spoken = spokenOf(incident);
  const { declaration } = incident;
  return declaration === undefined || mayRead(incident, person)
    ? spoken
    : { ...spoken, title: declaration.codename, more: 0 };
}
