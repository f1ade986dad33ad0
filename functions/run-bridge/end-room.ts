// A bridge ended: nobody is rung for it any more. By order its room is closed at once; otherwise people may have a word
// more, and the room ends with the last of them.
import type { IncidentEvent } from "../core/incident/events.ts";
import type { House, Task } from "./handler.ts";

export async function endRoom({ journal, rooms, channels, dialIn }: House, task: Task): Promise<void> {
  const { stream, incident, tools } = task;
  const { bridge } = incident;
  if (bridge.name === "open") return; // opened anew: its people stay where they are
  for (const [name, { state, receipt }] of Object.entries(bridge.callIns)) {
    // Whoever was let in is in the room, or was.
    if (state !== "handed" || receipt === undefined || bridge.callers[receipt] !== undefined) continue;
    const taken = await channels.voice.takeBack(receipt);
    if (taken === "unknown")
      throw new Error(`Nobody knows whether the call-in ${name} of ${stream} still rings; it is asked again`);
    tools.log.info("call-in taken back", { stream, callIn: name, outcome: taken });
  }
  const ended = await eventAt(journal, task);
  if (ended?.type !== "BridgeEnded" || ended.reason !== "ordered") return;
  const room = await dialIn.roomOf(await dialIn.pin(stream, bridge.round));
  const closed = await rooms.close(room);
  if (closed.outcome === "retry" || closed.outcome === "unknown")
    throw new Error(`The room of ${stream} could not be closed: ${closed.reason}; it is tried again`);
  if (closed.outcome !== "giveUp") return;
  tools.log.error("a room could not be closed", { stream, reason: closed.reason });
  tools.count("OperatorAlarm");
}

/** Why it ended stands in the event, and nowhere else. */
async function eventAt(journal: House["journal"], { stream, at }: Task): Promise<IncidentEvent | undefined> {
  const entries = await journal.history(stream, at.version - 1, 1);
  return entries.find(({ version, index }) => version === at.version && index === at.index)?.event as
    | IncidentEvent
    | undefined;
}
