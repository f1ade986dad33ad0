// A caller for help waits: first for the incident that the alert opens or joins, then for its room, or, where the config
// does not know the number, for a responder. Meanwhile the caller says what is wrong, so that it always belongs to an
// incident, at whatever moment the call ends.
import { incidentId, type StreamId } from "../core/aggregate.ts";
import { isOver } from "../core/incident/state.ts";
import type { CallScript } from "../core/voice/script.ts";
import { callAlert } from "../intake.ts";
import { lineWords } from "../wording/line.ts";
import { ending, roundOf, silence, takeDown, wait } from "./ask.ts";
import type { LineCall } from "./call.ts";
import { enter, order } from "./enter.ts";
import type { At, House, LineStep } from "./house.ts";
import { report } from "./report.ts";

const words = lineWords();
const waitSeconds = 3;
/** About half a minute; people are paged all the same. */
const mostWaits = 10;
const helpSeconds = 60;

/** Is the incident known by now? Usually within a second or two. */
export const paged: LineStep = async (house, { call, about, tools }) => {
  const [record] = await house.alerts.read([callAlert(call.sid)]);
  const incident = record?.incident as StreamId | undefined;
  if (incident === undefined) {
    const waits = roundOf(about);
    if (waits < mostWaits)
      return wait(waits === 1 ? words.oneMoment : undefined, waitSeconds, `paged/${waits + 1}`);
    tools.log.error("a call for help has no incident yet", { sid: call.sid });
    return ending(words.hangUp(call.ending !== undefined));
  }
  await wantRoom(house, call, incident);
  return takeDown(words.askWhat, helpSeconds, `said/${incidentId(incident)}`);
};

/** Asked as well when the caller hangs up in the middle: what was said so far counts. */
export const said: LineStep = async (house, { call, about }) => {
  const stream: StreamId = `incident/${about}`;
  const { recording } = call;
  if (recording !== undefined)
    await order(house, call, stream, { type: "RecordHelp", call: call.sid, recording });
  return call.isOver ? silence : toRoom(call, stream);
};

/** Into a response that is under way. */
export async function toTheRoom(house: House, call: LineCall, stream: StreamId): Promise<CallScript> {
  await wantRoom(house, call, stream);
  return toRoom(call, stream);
}

/** A stranger is promised nothing. */
const toRoom = ({ person }: LineCall, stream: StreamId): CallScript =>
  wait(person === undefined ? undefined : words.soon, 1, `room/${incidentId(stream)}/1`);

/** While the caller speaks a PIN is found for the room. For a stranger, a responder decides whether there is to be one. */
async function wantRoom(house: House, call: LineCall, stream: StreamId): Promise<void> {
  const { declaration } = (await house.incidents.load(stream)).state;
  if (call.person !== undefined && declaration?.sensitive !== true)
    await order(house, call, stream, { type: "OpenBridge" });
}

export const room: LineStep = async (house, at) => {
  const { call, about, more } = at;
  const stream: StreamId = `incident/${about}`;
  const { bridge, phase, signal, declaration } = (await house.incidents.load(stream)).state;
  if (isOver(phase)) return noRoom(house, at, signal.service, words.overMeanwhile);
  // A stranger waits for a responder and not for a room, and a sensitive incident has none for a caller.
  const waitsForRoom = call.person !== undefined && declaration?.sensitive !== true;
  if (bridge.name === "open" || !waitsForRoom) return enter(house, call, stream, "call-for-help");
  const waits = roundOf(more);
  if (bridge.name !== "wanted" || waits >= mostWaits)
    return noRoom(house, at, signal.service, words.hangUp(call.ending !== undefined));
  return wait(undefined, waitSeconds, `room/${about}/${waits + 1}`);
};

/** A caller who only wanted to join what is known has told nobody yet: without a room it is a call for help like any other. */
async function noRoom(house: House, at: At, service: string, text: string): Promise<CallScript> {
  const [told] = await house.alerts.read([callAlert(at.call.sid)]);
  return told === undefined ? report(house, at, { service }) : ending(text);
}
