// Mutes, unmutes or removes one call. That it happened is told by the provider's report, and by nothing else.
import { hasLeft } from "./has-left.ts";
import type { House, Task } from "./task.ts";
import { twice } from "./twice.ts";

export async function controlCaller({ rooms }: House, task: Task): Promise<void> {
  const { incident, ref, tools, order } = task;
  const { controls, callers } = incident.bridge;
  const wanted = controls[ref];
  const caller = wanted === undefined ? undefined : callers[wanted.call];
  if (wanted === undefined || caller?.conference === undefined || caller.presence !== "in") return;
  // An order that comes late must not undo the one that followed it.
  const newest = Object.entries(controls).findLast(([, { call }]) => call === wanted.call)?.[0];
  if (newest !== ref) return;
  const { call, act } = wanted;
  const { conference } = caller;
  const outcome = await twice(() => rooms.control(conference, call, act));
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
