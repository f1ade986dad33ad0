// The last step before the room: the call is written down as let in, with whoever it is, and put through.
import type { StreamId } from "../core/aggregate.ts";
import { byHub } from "../core/command.ts";
import type { Admission } from "../core/incident/bridge/facts.ts";
import type { IncidentOrder } from "../core/incident/commands.ts";
import { isOver } from "../core/incident/state.ts";
import { type CallScript, say } from "../core/voice/script.ts";
import { intoRoom } from "../into-room.ts";
import { lineWords } from "../wording/line.ts";
import { roomWords } from "../wording/voice-room.ts";
import { ending, script } from "./ask.ts";
import type { LineCall } from "./call.ts";
import type { House } from "./house.ts";

const words = lineWords();

export async function enter(
  house: House,
  call: LineCall,
  stream: StreamId,
  way: Admission,
): Promise<CallScript> {
  const { sid, person, ending: digits, recording } = call;
  if (way === "pin" && recording !== undefined)
    await order(house, call, stream, { type: "NameCaller", call: sid, recording });
  const who = person === undefined ? (digits === undefined ? {} : { ending: digits }) : { person: person.id };
  const { outcome, state } = await order(house, call, stream, {
    type: "AdmitCaller",
    call: sid,
    way,
    ...who,
  });
  // It ended between two steps.
  if (outcome !== "done" || state.bridge.name !== "open")
    return ending(!isOver(state.phase) ? words.bridgeOver : way === "pin" ? words.over : words.overMeanwhile);
  const steps = await intoRoom(house.dialIn, stream, state.bridge, roomWords(person?.language));
  return script(say(words.entering), ...steps);
}

export async function order(
  { incidents, clock }: House,
  { sid }: LineCall,
  stream: StreamId,
  given: IncidentOrder,
) {
  const envelope = byHub("answer-line", `${sid}.${given.type}`, clock.now(), false, sid);
  const dispatched = await incidents.dispatch(stream, { ...envelope, ...given });
  if (dispatched.outcome === "yielded") throw new Error(`${stream} yielded ${given.type}`);
  return { outcome: dispatched.outcome, state: dispatched.current.state };
}
