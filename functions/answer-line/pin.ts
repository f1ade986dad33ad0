// By PIN into a room: an incident's, or the standing emergency room. Only a right PIN learns what it opens.
import { incidentId, type StreamId } from "../core/aggregate.ts";
import type { Actor } from "../core/command.ts";
import { isOver } from "../core/incident/state.ts";
import { type CallScript, say } from "../core/voice/script.ts";
import { emergencyRoomPath } from "../provider-paths.ts";
import { lineWords } from "../wording/line.ts";
import { ask, ending, roundOf, rounds, script, silence, takeDown } from "./ask.ts";
import type { LineCall } from "./call.ts";
import { enter } from "./enter.ts";
import type { House, LineStep } from "./house.ts";

const words = lineWords();
const nameSeconds = 5;

export const askPin = (round: number, ...before: readonly string[]): CallScript =>
  ask({ speak: [...before, words.askPin], keys: 6, to: `pin/${round}` });

export const pin: LineStep = async (house, { call, about, tools }) => {
  const round = roundOf(about);
  const isLast = round >= rounds;
  if (!/^\d{6}$/.test(call.digits))
    return isLast
      ? ending(words.noMorePins)
      : askPin(round + 1, ...(call.digits === "" ? [] : [words.sixDigits]));
  if (!(await house.gate.opens(call, round, tools))) {
    tools.log.warn("PIN not checked: too many were wrong", { sid: call.sid });
    return call.person === undefined ? ending(words.closed) : callBack(house, call, call.person.id);
  }
  const door = await doorOf(house, call.digits);
  await house.gate.record(call, round, door.leadsTo !== "nothing", tools);
  switch (door.leadsTo) {
    case "nothing":
      return isLast ? ending(words.noMorePins) : askPin(round + 1, words.wrongPin);
    case "an incident that is over":
      return ending(words.over);
    case "a bridge that ended":
      return ending(words.bridgeOver);
    case "the emergency room":
      return script(say(words.emergency), {
        do: "join",
        room: door.room,
        newsTo: emergencyRoomPath,
        recorded: false,
      });
    case "a bridge":
      return call.person === undefined
        ? takeDown(words.askName, nameSeconds, `named/${incidentId(door.stream)}/${door.round}`)
        : enter(house, call, door.stream, "pin");
  }
};

/**
 * A forged number must not lock its owner out. The caller hears the same whether the PIN is right, and the phone that rings
 * is the owner's.
 */
async function callBack(house: House, call: LineCall, person: string): Promise<CallScript> {
  const door = await doorOf(house, call.digits);
  if (door.leadsTo === "a bridge") {
    const actor: Actor = { kind: "person", id: person, via: "voice", assurance: "number" };
    const id = `${call.sid}.call-back`;
    const envelope = { id, causeId: call.sid, at: house.clock.now(), actor, drill: false };
    await house.incidents.dispatch(door.stream, { ...envelope, type: "CallIn" });
  }
  return ending(words.callBack);
}

/**
 * Somebody unknown said a name, or nothing: let in either way, and shown to the commander. `more` is the opening whose PIN
 * was typed: it leads into no later one.
 */
export const named: LineStep = async (house, { call, about, more }) => {
  if (call.isOver) return silence;
  const stream: StreamId = `incident/${about}`;
  const { bridge } = (await house.incidents.load(stream)).state;
  if (bridge.name === "open" && String(bridge.round) !== more) return ending(words.bridgeOver);
  return enter(house, call, stream, "pin");
};

type Door =
  | { readonly leadsTo: "nothing" | "an incident that is over" | "a bridge that ended" }
  | { readonly leadsTo: "the emergency room"; readonly room: string }
  | { readonly leadsTo: "a bridge"; readonly stream: StreamId; readonly round: number };

async function doorOf({ dialIn, claims, incidents, clock }: House, digits: string): Promise<Door> {
  const emergency = await dialIn.emergency(digits);
  if (emergency !== undefined) return { leadsTo: "the emergency room", room: emergency.room };
  const key = await dialIn.claimOf(digits);
  const held = await claims.holder(key, clock.now());
  if (held === undefined) return { leadsTo: "nothing" };
  const { bridge, phase } = (await incidents.load(held.holder)).state;
  if (isOver(phase)) return { leadsTo: "an incident that is over" };
  // A PIN rests for a while after its bridge, and the same incident may have opened another one since.
  if (bridge.name !== "open" || bridge.pinKey !== key) return { leadsTo: "a bridge that ended" };
  return { leadsTo: "a bridge", stream: held.holder, round: bridge.round };
}
