// The last step before the room: the call goes in, waits until a responder lets it in, or is refused, as the incident
// decides; and what the caller hears of that.
import type { StreamId } from "../core/aggregate.ts";
import { byHub } from "../core/command.ts";
import type { Admission } from "../core/incident/bridge/facts.ts";
import { isBarred } from "../core/incident/bridge/state.ts";
import type { IncidentOrder } from "../core/incident/commands.ts";
import { isOver } from "../core/incident/state.ts";
import { type CallScript, say } from "../core/voice/script.ts";
import { intoRoom } from "../into-room.ts";
import { letInPath, waitingPath } from "../provider-paths.ts";
import { lineWords } from "../wording/line.ts";
import { roomWords } from "../wording/voice-room.ts";
import { ending, script } from "./ask.ts";
import type { LineCall } from "./call.ts";
import type { House, LineStep } from "./house.ts";

const words = lineWords();

export type Entered =
  /** `isHeard`: somebody is told of this caller. Nobody is of one who was removed. */
  | { readonly place: "room" | "waiting"; readonly script: CallScript; readonly isHeard: boolean }
  | { readonly place: "none"; readonly text: string };

export async function enter(
  house: House,
  call: LineCall,
  stream: StreamId,
  way: Admission,
): Promise<CallScript> {
  const entered = await tryToEnter(house, call, stream, way);
  return entered.place === "none" ? ending(entered.text) : entered.script;
}

export async function tryToEnter(
  house: House,
  call: LineCall,
  stream: StreamId,
  way: Admission,
): Promise<Entered> {
  const none = (text: string): Entered => ({ place: "none", text });
  const { recording } = call;
  if (way === "pin" && recording !== undefined)
    await order(house, call, stream, { type: "NameCaller", call: call.sid, recording });
  const { refusal, state } = await order(house, call, stream, {
    type: "AdmitCaller",
    ...callerFacts(call, way),
  });
  if (refusal === "too-many-waiting") return none(words.tooManyWaiting);
  if (refusal === "not-invited") return none(words.hangUp(call.ending !== undefined));
  const caller = state.bridge.callers[call.sid];
  if (caller?.presence === "waiting")
    return {
      place: "waiting",
      script: await hold(house, call, stream),
      isHeard: !isBarred(state.bridge, caller),
    };
  // It ended between two steps.
  if (refusal !== undefined || state.bridge.name !== "open")
    return none(!isOver(state.phase) ? words.bridgeOver : way === "pin" ? words.over : words.overMeanwhile);
  const steps = await intoRoom(house.dialIn, stream, state.bridge, roomWords(call.person?.language));
  return { place: "room", script: script(say(words.entering), ...steps), isHeard: true };
}

async function hold({ dialIn }: House, { sid }: LineCall, stream: StreamId): Promise<CallScript> {
  return script(say(words.waiting), {
    do: "hold",
    room: await dialIn.waitingRoomOf(sid),
    newsTo: waitingPath(stream),
    nextTo: letInPath(stream),
  });
}

/** The waiting is over: a responder let the call in, or sent it away, or the incident ended. */
export const letIn: LineStep = async (house, { call, about }) => {
  const stream: StreamId = `incident/${about}`;
  const { state } = await house.incidents.load(stream);
  const caller = state.bridge.callers[call.sid];
  if (isOver(state.phase)) return ending(words.overMeanwhile);
  if (caller?.way === undefined || (caller.presence === "left" && !caller.letIn))
    return ending(words.removed);
  return enter(house, call, stream, caller.way);
};

const callerFacts = ({ sid, person, digest, ending: digits }: LineCall, way: Admission) => ({
  call: sid,
  way,
  ...(person === undefined ? {} : { person: person.id }),
  ...(digest === undefined ? {} : { number: digest }),
  ...(person !== undefined || digits === undefined ? {} : { ending: digits }),
});

export async function order(
  { incidents, clock }: House,
  { sid }: LineCall,
  stream: StreamId,
  given: IncidentOrder,
) {
  const envelope = byHub("answer-line", `${sid}.${given.type}`, clock.now(), false, sid);
  const dispatched = await incidents.dispatch(stream, { ...envelope, ...given });
  if (dispatched.outcome === "yielded") throw new Error(`${stream} yielded ${given.type}`);
  const refusal = dispatched.outcome === "refused" ? dispatched.refusal.reason : undefined;
  return { refusal, state: dispatched.current.state };
}
