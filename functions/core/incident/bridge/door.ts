// Whether a call goes straight into the room, waits until a responder lets it in, or is refused. A number can be forged, so
// it never opens a sensitive incident by itself; a call that we placed to a number, and a PIN, are proof of more.
import type { Incident } from "../state.ts";
import type { CallerFacts } from "./facts.ts";
import { commanderOf } from "./responders.ts";
import { isBarred } from "./state.ts";

export type Door = "in" | "waits" | "refused";

export function doorFor(incident: Incident, caller: CallerFacts): Door {
  const { bridge, declaration } = incident;
  const { call, way, person } = caller;
  if (bridge.callers[call]?.letIn === true) return "in";
  const isPlacedByUs = way === "page" || way === "call-in";
  if (isBarred(bridge, { person, number: caller.number }))
    return isPlacedByUs && person !== undefined && person === commanderOf(incident) ? "in" : "waits";
  if (isPlacedByUs) return "in";
  if (way === "pin") return person === undefined && bridge.strangersWait ? "waits" : "in";
  return declaration?.sensitive === true ? "refused" : "waits";
}
