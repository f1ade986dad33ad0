// Mutes, unmutes or removes one call, or leads one that waits on. That it happened is told by the provider's report, and by
// nothing else.
import type { Caller } from "../core/incident/bridge/state.ts";
import type { RoomOutcome } from "../ports.ts";
import { hasLeft } from "./has-left.ts";
import { leadOn } from "./lead-on.ts";
import type { House, Task } from "./task.ts";
import { twice } from "./twice.ts";

export async function controlCaller(house: House, task: Task): Promise<void> {
  const { incident, ref, tools, order } = task;
  const { controls, callers, name } = incident.bridge;
  const ordered = controls[ref];
  const caller = ordered === undefined ? undefined : callers[ordered.call];
  if (ordered === undefined || caller === undefined) return;
  // An order that comes late must not undo the one that followed it.
  const newest = Object.entries(controls).findLast(([, { call }]) => call === ordered.call)?.[0];
  if (newest !== ref) return;
  const { call, act } = ordered;
  // Without a bridge the call is led in when one opens.
  if (act === "admit" && name !== "open") return;
  if (act === "admit" || neverCameIn(caller)) return leadOn(house, task, call);
  if (caller.conference === undefined || caller.presence !== "in") return;
  const { conference } = caller;
  const outcome: RoomOutcome = await twice(() => house.rooms.control(conference, call, act));
  switch (outcome.outcome) {
    case "done":
      return;
    case "gone":
      await hasLeft(task, conference, call, caller);
      return;
    default:
      tools.log.warn("a call in the room was not controlled", { act, reason: outcome.reason });
      if (outcome.outcome === "giveUp") tools.count("OperatorAlarm");
      await order({ type: "FailControl", control: ref, reason: outcome.reason });
  }
}

/** It was sent away while it waited. */
const neverCameIn = ({ conference, way }: Caller): boolean => conference === undefined && way !== undefined;
