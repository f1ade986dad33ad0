// A call waits in a room of its own: it is led to where the incident's state says, into the bridge or to a goodbye.
import { waiting } from "../core/incident/bridge/state.ts";
import { isOver } from "../core/incident/state.ts";
import { letInPath } from "../provider-paths.ts";
import type { House, Task } from "./task.ts";
import { twice } from "./twice.ts";

/** `call` waits, or was sent away. */
export async function leadOn(
  { rooms }: Pick<House, "rooms">,
  { stream, incident, ref, tools, order }: Task,
  call: string,
): Promise<void> {
  const outcome = await twice(() => rooms.lead(call, letInPath(stream)));
  if (outcome.outcome === "done") return;
  if (outcome.outcome === "gone") {
    await order({ type: "EndWaiting", call });
    return;
  }
  tools.log.warn("a waiting call was not led on", { stream, reason: outcome.reason });
  if (outcome.outcome === "giveUp") tools.count("OperatorAlarm");
  if (incident.bridge.controls[ref] !== undefined)
    await order({ type: "FailControl", control: ref, reason: outcome.reason });
}

/** The bridge opened: whom a responder let in comes in now. The incident is over: everybody who waits is told. */
export async function leadWaiting(house: Pick<House, "rooms">, task: Task): Promise<void> {
  const { bridge, phase } = task.incident;
  const led = waiting(bridge).filter(([, { letIn }]) => isOver(phase) || (letIn && bridge.name === "open"));
  await Promise.all(led.map(([call]) => leadOn(house, task, call)));
}
