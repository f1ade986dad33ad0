// The timeline in sentences, of what people decide and say: the declaration, the close, who has arrived, how it stands.
import type { CanEvent } from "../core/incident/can/facts.ts";
import type { EventMeta, PhaseEvent } from "../core/incident/events.ts";
import type { RosterEvent } from "../core/incident/roster/facts.ts";
import { quoted } from "../core/quoted.ts";
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
      return `${by} declared the incident${event.sensitive ? ", as sensitive" : ""}: ${event.codename}. ${sentenceOf(event.synopsis)}`;
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
      said === "" ? [] : [`${what}: ${sentenceOf(said.replaceAll("\n", " "))}`],
    )
    .join(" ");

/** A quotation with the full stop that it may lack. */
const sentenceOf = (words: string): string => `${quoted(words)}${/[.!?…]$/.test(words) ? "" : "."}`;
