// A caller waits to be let in: the responders hear of it. Strangers can bring this about, so phones ring for it, and the
// room hears it, no more often than the table of limits says.
import { type Decision, nothing } from "../../aggregate.ts";
import { waitingCallers } from "../../limits/table.ts";
import type { Draft } from "../draft.ts";
import type { IncidentEvent } from "../events.ts";
import { refuse } from "../refuse.ts";
import { announce } from "./announce.ts";
import { ring } from "./call-in.ts";
import type { CallerFacts } from "./facts.ts";
import { responders } from "./responders.ts";
import { helpSeekerWaits, isBarred, isInTheRoom, waiting } from "./state.ts";

export function beginWaiting(draft: Draft, caller: CallerFacts): Decision<IncidentEvent> {
  const { bridge } = draft.state();
  const { presence } = bridge.callers[caller.call] ?? {};
  if (presence === "waiting" || presence === "in") return nothing;
  const { person, number } = caller;
  const isRemoved = isBarred(bridge, { person, number });
  // Callers who were removed take no place from others. A redial may be here before the lost call is known to have ended.
  const others = waiting(bridge).filter(([, each]) => isBarred(bridge, each) === isRemoved);
  const most = isRemoved ? waitingCallers.removedAtOnce : waitingCallers.atOnce;
  const fromHere = others.filter(([, each]) => number !== undefined && each.number === number);
  if (others.length >= most || fromHere.length >= waitingCallers.fromOneNumber)
    return refuse(draft, "too-many-waiting");
  draft.add({ type: "CallerWaiting", ...caller });
  // A caller who was removed does not get at the responders again.
  if (!isRemoved) tellResponders(draft);
  return draft.decision();
}

export function endWaiting(draft: Draft, call: string): Decision<IncidentEvent> {
  if (draft.state().bridge.callers[call]?.presence !== "waiting") return nothing;
  draft.add({ type: "WaitingEnded", call });
  return draft.decision();
}

/** Phones ring for callers for help; the room hears of everybody who waits. */
function tellResponders(draft: Draft): void {
  const { bridge } = draft.state();
  const here = responders(draft.state());
  if (here.some((person) => isInTheRoom(bridge, person))) {
    const { waitingAnnouncedAt: before = 0 } = bridge;
    const isAnybodyWaiting = waiting(bridge).some(([, caller]) => !caller.letIn && !isBarred(bridge, caller));
    if (isAnybodyWaiting && draft.command.at - before >= waitingCallers.announcedEvery)
      announce(draft, "caller-waits");
    return;
  }
  if (!helpSeekerWaits(bridge)) return;
  for (const person of here) ring(draft, person, "caller-waits");
}
