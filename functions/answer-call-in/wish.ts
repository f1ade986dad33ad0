// Who is to come into which room, as it stands while the call goes on.
import type { StreamId } from "../core/aggregate.ts";
import { commanderOf } from "../core/incident/bridge/responders.ts";
import { type CallIn, leadsIntoRoom } from "../core/incident/bridge/state.ts";
import { type Incident, isOver } from "../core/incident/state.ts";
import { chosenKey } from "../core/voice/keypad.ts";
import type { Decisions } from "../decisions.ts";
import { callInPath } from "../provider-paths.ts";
import { type RoomWords, roomWords } from "../wording/voice-room.ts";

export interface Wish {
  readonly stream: StreamId;
  readonly incident: Incident;
  /** Undefined where the call is about nothing that is wanted any more. */
  readonly callIn: CallIn | undefined;
  readonly words: RoomWords;
  /** The only one that leads in. */
  readonly key: string;
  /** Path below which the next keys of this call are sent. */
  readonly path: string;
  /** Who has it, and so asks for others. */
  readonly by: string | undefined;
}

type House = Pick<Decisions, "incidents" | "directory">;

export async function wishOf(house: House, stream: StreamId, name: string): Promise<Wish> {
  const { state } = await house.incidents.load(stream);
  const { callIns } = state.bridge;
  const known = Object.hasOwn(callIns, name) ? callIns[name] : undefined;
  const callIn = leadsIntoRoom(state.bridge) && !isOver(state.phase) ? known : undefined;
  const person = known === undefined ? undefined : await house.directory.person(known.person);
  const owner = commanderOf(state);
  const names = await house.directory.names(owner === undefined ? [] : [owner]);
  return {
    stream,
    incident: state,
    callIn,
    words: roomWords(person?.language),
    key: chosenKey(`${stream} ${name}`),
    path: callInPath(stream, name),
    by: owner === undefined ? undefined : names.get(owner),
  };
}
