// What is done to a call: the commander mutes, unmutes or removes it, a responder lets it in.
import { type Decision, nothing } from "../../aggregate.ts";
import type { Draft } from "../draft.ts";
import type { DeliveryReason, IncidentEvent } from "../events.ts";
import { refuse } from "../refuse.ts";
import type { CallerAct, RoomAct } from "./facts.ts";

export function controlCaller(draft: Draft, call: string, act: RoomAct): Decision<IncidentEvent> {
  const caller = draft.state().bridge.callers[call];
  // A caller who waits, or is on the way in, can be sent away.
  const isThere = caller?.presence === "in" || (act === "remove" && caller?.presence !== "left");
  if (caller === undefined || !isThere) return refuse(draft, "caller-unknown");
  if (act !== "remove" && caller.muted === (act === "mute")) return nothing;
  control(draft, call, act);
  return draft.decision();
}

export function control(draft: Draft, call: string, act: CallerAct): void {
  const name = `x${Object.keys(draft.state().bridge.controls).length + 1}`;
  draft.add({ type: "CallerControlWanted", control: name, call, act });
}

export function failControl(draft: Draft, control: string, reason: DeliveryReason): Decision<IncidentEvent> {
  if (draft.state().bridge.controls[control] === undefined) return nothing;
  draft.add({ type: "CallerControlFailed", control, reason });
  return draft.decision();
}

export function failAnnouncement(
  draft: Draft,
  announcement: string,
  reason: DeliveryReason,
): Decision<IncidentEvent> {
  if (draft.state().bridge.announcements[announcement] === undefined) return nothing;
  draft.add({ type: "AnnouncementFailed", announcement, reason });
  return draft.decision();
}
