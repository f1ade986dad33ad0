// A caller for help waits: first for the incident that the alert opens or joins, then for a responder. Meanwhile the caller
// says what is wrong, so that it always belongs to an incident, at whatever moment the call ends.
import { incidentId, type StreamId } from "../core/aggregate.ts";
import type { Actor } from "../core/command.ts";
import { isOver } from "../core/incident/state.ts";
import type { CallScript } from "../core/voice/script.ts";
import { callAlert } from "../intake.ts";
import { lineWords } from "../wording/line.ts";
import { ending, roundOf, silence, takeDown, wait } from "./ask.ts";
import type { LineCall } from "./call.ts";
import { order, tryToEnter } from "./enter.ts";
import { holdCall, releaseCall } from "./hold.ts";
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
  return takeDown(words.askWhat, helpSeconds, `said/${incidentId(incident)}`);
};

/** Asked as well when the caller hangs up in the middle: what was said so far counts. */
export const said: LineStep = async (house, { call, about }) => {
  const stream: StreamId = `incident/${about}`;
  const { recording } = call;
  if (recording !== undefined)
    await order(house, call, stream, { type: "RecordHelp", call: call.sid, recording });
  return call.isOver ? silence : wait(undefined, 1, `room/${about}`);
};

/**
 * Into a response that is under way. A number can be forged, so a known person is called back into an open bridge at it;
 * everybody else waits until a responder lets the call in.
 */
export async function toTheRoom(house: House, at: At, stream: StreamId): Promise<CallScript> {
  const { person, sid } = at.call;
  if (person !== undefined) {
    const actor: Actor = { kind: "person", id: person.id, via: "voice", assurance: "number" };
    const id = `${sid}.call-back`;
    const envelope = { id, causeId: sid, at: house.clock.now(), actor, drill: false };
    const { outcome } = await house.incidents.dispatch(stream, { ...envelope, type: "CallIn" });
    if (outcome === "done") return ending(words.calledBack);
  }
  return enterForHelp(house, at, stream);
}

/** A caller of whom nobody is told is held; the others need not be. */
async function enterForHelp(house: House, at: At, stream: StreamId): Promise<CallScript> {
  const entered = await tryToEnter(house, at.call, stream, "call-for-help");
  if (entered.place === "none") {
    const { signal } = (await house.incidents.load(stream)).state;
    return noRoom(house, at, signal.service, entered.text);
  }
  if (entered.isHeard) await releaseCall(house, at.call);
  else if (!(await isReported(house, at.call))) await holdCall(house, at.call);
  return entered.script;
}

export const room: LineStep = async (house, at) => {
  const stream: StreamId = `incident/${at.about}`;
  const { phase, signal } = (await house.incidents.load(stream)).state;
  return isOver(phase)
    ? noRoom(house, at, signal.service, words.overMeanwhile)
    : enterForHelp(house, at, stream);
};

/** A caller who only wanted to join what is known has told nobody yet: without a room it is a call for help like any other. */
async function noRoom(house: House, at: At, service: string, text: string): Promise<CallScript> {
  return (await isReported(house, at.call)) ? ending(text) : report(house, at, { service });
}

const isReported = async ({ alerts }: House, { sid }: LineCall): Promise<boolean> =>
  (await alerts.read([callAlert(sid)])).length > 0;
