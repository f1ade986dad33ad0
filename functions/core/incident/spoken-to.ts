// What an incident is about, for one person: of a sensitive one a person who is not part of it gets the codename alone.
import { mayRead } from "./sensitive.ts";
import { type Spoken, spokenOf } from "./signal/symptoms.ts";
import type { Incident } from "./state.ts";

export function spokenTo(incident: Incident, person: string): Spoken {
  const spoken = spokenOf(incident);
  const { declaration } = incident;
  return declaration === undefined || mayRead(incident, person)
    ? spoken
    : { ...spoken, title: declaration.codename, more: 0 };
}
