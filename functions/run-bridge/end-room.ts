// A bridge ended: nobody is rung for it any more. By order its room is closed at once; otherwise people may have a word
// more, and the room ends with the last of them.
import type { IncidentEvent } from "../core/incident/events.ts";
import type { House, Task } from "./task.ts";

export async function endRoom({ journal, rooms, channels, dialIn }: House, task: Task): Promise<void> {
  const { stream } = task;
  // The room first: closing it waits for no phone that still rings.
  await closeIfOrdered({ journal, rooms, dialIn }, task);
  const { bridge } = task.incident;
  if (bridge.name === "open") return; // opened anew: whoever is rung comes into the new room
  for (const [name, { state, receipt }] of Object.entries(bridge.callIns)) {
    // Whoever was let in is in the room, or was.
    if (state !== "handed" || receipt === undefined || bridge.callers[receipt] !== undefined) continue;
    const taken = await channels.voice.takeBack(receipt);
    if (taken === "unknown")
      throw new Error(`Nobody knows whether the call-in ${name} of ${stream} still rings; it is asked again`);
    task.tools.log.info("call-in taken back", { stream, callIn: name, outcome: taken });
  }
}

async function closeIfOrdered({ journal, rooms, dialIn }: Closing, task: Task): Promise<void> {
  const { stream, tools } = task;
  const ended = await eventAt(journal, task);
  if (ended?.type !== "BridgeEnded" || ended.reason !== "ordered" || ended.round === undefined) return;
  // Of the opening that ended: by now there may be another one, with a room of its own.
  const room = await dialIn.roomOf(await dialIn.pin(stream, ended.round));
  const closed = await rooms.close(room);
  if (closed.outcome === "retry" || closed.outcome === "unknown")
    throw new Error(`The room of ${stream} could not be closed: ${closed.reason}; it is tried again`);
  if (closed.outcome !== "giveUp") return;
  tools.log.error("a room could not be closed", { stream, reason: closed.reason });
  tools.count("OperatorAlarm");
}

type Closing = Pick<House, "journal" | "rooms" | "dialIn">;

/** Why it ended, and which room was its own, stand in the event, and nowhere else. */
async function eventAt(journal: House["journal"], { stream, at }: Task): Promise<IncidentEvent | undefined> {
  const entries = await journal.history(stream, at.version - 1, 1);
  return entries.find(({ version, index }) => version === at.version && index === at.index)?.event as
    | IncidentEvent
    | undefined;
}
