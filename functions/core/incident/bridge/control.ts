// What the commander does to a call in the room: mute, unmute, remove.
import { type Decision, nothing } from "../../aggregate.ts";
import type { Draft } from "../draft.ts";
import type { DeliveryReason, IncidentEvent } from "../events.ts";
import { refuse } from "../refuse.ts";
import type { CallerAct } from "./facts.ts";

export function controlCaller(draft: Draft, call: string, act: CallerAct): Decision<IncidentEvent> {
  const { callers, controls } = draft.state().bridge;
  const caller = callers[call];
  if (caller?.presence !== "in") return refuse(draft, "caller-unknown");
  if (act !== "remove" && caller.muted === (act === "mute")) return nothing;
  const control = `x${Object.keys(controls).length + 1}`;
  draft.add({ type: "CallerControlWanted", control, call, act });
  return draft.decision();
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
