// A responder lets waiting callers in. Where there is no bridge one is opened, by the responder and not by the caller.
import { type Decision, nothing } from "../../aggregate.ts";
import type { Draft } from "../draft.ts";
import type { IncidentEvent } from "../events.ts";
import { refuse } from "../refuse.ts";
import { ring } from "./call-in.ts";
import { control } from "./control.ts";
import { wantBridge } from "./open.ts";
import { commanderOf, isInCommand, responders } from "./responders.ts";
import { helpSeekersWaiting, isBarred, isInTheRoom } from "./state.ts";

/** Without `call`: everybody who called for help. A caller who was removed is let in by name, and by the commander. */
export function letIn(draft: Draft, call: string | undefined): Decision<IncidentEvent> {
  const { actor } = draft.command;
  const incident = draft.state();
  const { bridge } = incident;
  if (!responders(incident).includes(actor.id) && commanderOf(incident) !== actor.id)
    return refuse(draft, "not-a-responder");
  const calls = call === undefined ? helpSeekersWaiting(bridge).map(([id]) => id) : [call];
  if (calls.length === 0) return nothing;
  for (const each of calls) {
    const caller = bridge.callers[each];
    if (caller?.presence !== "waiting") return refuse(draft, "caller-unknown");
    const isByCommander = actor.assurance === "signed-in" && isInCommand(incident, actor);
    if (isBarred(bridge, caller) && !isByCommander) return refuse(draft, "not-in-command");
  }
  wantBridge(draft, "caller");
  for (const each of calls) if (bridge.callers[each]?.letIn === false) control(draft, each, "admit");
  // On the phone the responder is on the way; from a screen the phone rings.
  if (actor.via !== "voice" && !isInTheRoom(bridge, actor.id)) ring(draft, actor.id, "asked-for");
  return draft.decision();
}
