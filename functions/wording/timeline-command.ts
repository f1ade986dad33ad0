// The timeline in sentences, of what people decide and say: the declaration, the close, who has arrived, how it stands.
import type { CanEvent } from "../core/incident/can/facts.ts";
import type { EventMeta, PhaseEvent } from "../core/incident/events.ts";
import type { RosterEvent } from "../core/incident/roster/facts.ts";
import { actorName, type Names, nameOf } from "./names.ts";
import { capital } from "./words.ts";

type CommandEvent =
  | Extract<PhaseEvent, { readonly type: "IncidentDeclared" | "IncidentClosed" }>
  | RosterEvent
  | CanEvent;

export function commandSentence(event: CommandEvent & EventMeta, names: Names): string {
  const by = capital(actorName(event.by, names));
  switch (event.type) {
    case "IncidentDeclared":
      return `${by} declared the incident${event.sensitive ? ", as sensitive" : ""}: ${event.codename}. ${ended(event.synopsis)}`;
    case "IncidentClosed":
      return `${by} closed the incident.`;
    case "SignedIn":
      return `${nameOf(names, event.person)} is here.`;
    case "CanReported":
      return `${by} reports. ${canLines(event)}`;
  }
}

const canLines = ({ conditions, actions, needs }: CanEvent): string =>
  [
    ["Conditions", conditions],
    ["Actions", actions],
    ["Needs", needs],
  ]
    .flatMap(([what = "", said = ""]) =>
      said === "" ? [] : [`${what}: ${ended(said.replaceAll("\n", " "))}`],
    )
    .join(" ");

/** A sentence of somebody else's, with the full stop that it may lack. */
const ended = (said: string): string => (/[.!?…]$/.test(said) ? said : `${said}.`);
