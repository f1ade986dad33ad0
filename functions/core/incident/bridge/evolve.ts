// The bridge's part of the clerk's work.
import type { IncidentEvent } from "../events.ts";
import type { Bridge, Caller, CallIn, Seen } from "./state.ts";

export function evolveBridge(bridge: Bridge, event: IncidentEvent): Bridge {
  switch (event.type) {
    case "BridgeWanted":
      return { ...bridge, name: "wanted", reason: event.reason, since: event.at };
    case "BridgeOpened":
      return {
        ...bridge,
        name: "open",
        reason: event.reason,
        since: event.at,
        round: event.round,
        pinKey: event.pinKey,
        recorded: event.recorded,
        announceAt: event.announceAt,
        ringAbsentAt: event.ringAbsentAt,
        ringings: 0,
        moved: event.reason === "chat-unreachable",
        invited: [],
        returning: false,
        // A new opening is a new room: whoever was thought to be in the one before is not in it.
        callers: emptied(bridge.callers, event.at),
      };
    case "MovedToBridge":
      return {
        ...bridge,
        ringAbsentAt: event.ringAbsentAt,
        ringings: 0,
        moved: true,
        invited: [],
        returning: false,
      };
    case "NoticeWanted":
      return event.kind === "bridge-open"
        ? { ...bridge, invited: [...bridge.invited, event.person] }
        : bridge;
    case "AbsentRung":
      return { ...bridge, ringAbsentAt: event.nextAt, ringings: bridge.ringings + 1 };
    case "CallInWanted": {
      const { person, method, cause, at } = event;
      return withCallIn(bridge, event.callIn, {
        person,
        method,
        cause,
        state: "wanted",
        receipt: undefined,
        at,
      });
    }
    case "CallInHanded":
      return changedCallIn(bridge, event.callIn, { state: "handed", receipt: event.receipt });
    case "CallInFailed":
      return changedCallIn(bridge, event.callIn, { state: "failed" });
    case "CallerAdmitted":
      return withCaller(bridge, event.call, {
        ...(bridge.callers[event.call] ?? newCaller(event.at)),
        way: event.way,
        person: event.person,
        ending: event.ending,
      });
    case "CallerNamed":
      return changedCaller(bridge, event.call, { nameRecording: event.recording }, event.at);
    case "HelpRecorded":
      return changedCaller(bridge, event.call, { helpRecording: event.recording }, event.at);
    case "CallerJoined":
    case "CallerLeft":
    case "CallerMuted":
    case "CallerUnmuted":
      return withCaller(bridge, event.call, seen(bridge.callers[event.call] ?? newCaller(event.at), event));
    case "ConferenceEnded":
      return { ...bridge, conferences: { ...bridge.conferences, [event.conference]: event.sequence } };
    case "CallerControlWanted":
      return {
        ...bridge,
        controls: { ...bridge.controls, [event.control]: { call: event.call, act: event.act } },
      };
    case "AnnouncementWanted":
      return {
        ...bridge,
        announcements: { ...bridge.announcements, [event.announcement]: event.kind },
        announceAt: event.nextAt ?? bridge.announceAt,
      };
    case "ReturnedToChat":
      return { ...bridge, returning: true, ringAbsentAt: undefined };
    case "BridgeEnded":
      return {
        ...bridge,
        name: "ended",
        since: event.at,
        pinKey: undefined,
        announceAt: undefined,
        ringAbsentAt: undefined,
        returning: false,
      };
    default:
      return bridge;
  }
}

type RoomEvent = Extract<IncidentEvent, { readonly conference: string; readonly call: string }>;

const happened: Readonly<Record<RoomEvent["type"], Omit<Seen, "sequence">>> = {
  CallerJoined: { isIn: true, muted: false },
  CallerLeft: { isIn: false, muted: false },
  CallerMuted: { isIn: true, muted: true },
  CallerUnmuted: { isIn: true, muted: false },
};

/** A call is in the room while the newest news of any conference says so. */
function seen(caller: Caller, { type, conference, sequence, at }: RoomEvent): Caller {
  const all = { ...caller.seen, [conference]: { sequence, ...happened[type] } };
  const [now, news] =
    Object.entries(all).findLast(([, { isIn }]) => isIn) ?? ([conference, all[conference]] as const);
  const presence = news?.isIn === true ? "in" : "left";
  return {
    ...caller,
    presence,
    muted: news?.muted === true,
    since: presence === caller.presence ? caller.since : at,
    conference: now,
    seen: all,
  };
}

const emptied = (callers: Bridge["callers"], at: number): Bridge["callers"] =>
  Object.fromEntries(
    Object.entries(callers).map(([call, caller]) => [
      call,
      caller.presence === "in"
        ? { ...caller, presence: "left", since: at, seen: allOut(caller.seen) }
        : caller,
    ]),
  );

const allOut = (seen: Caller["seen"]): Caller["seen"] =>
  Object.fromEntries(Object.entries(seen).map(([id, news]) => [id, { ...news, isIn: false }]));

const newCaller = (since: number): Caller => ({
  way: undefined,
  person: undefined,
  ending: undefined,
  nameRecording: undefined,
  helpRecording: undefined,
  presence: "admitted",
  muted: false,
  since,
  conference: undefined,
  seen: {},
});

const withCaller = (bridge: Bridge, call: string, caller: Caller): Bridge => ({
  ...bridge,
  callers: { ...bridge.callers, [call]: caller },
});

const changedCaller = (bridge: Bridge, call: string, change: Partial<Caller>, at: number): Bridge =>
  withCaller(bridge, call, { ...(bridge.callers[call] ?? newCaller(at)), ...change });

const withCallIn = (bridge: Bridge, id: string, callIn: CallIn): Bridge => ({
  ...bridge,
  callIns: { ...bridge.callIns, [id]: callIn },
});

function changedCallIn(bridge: Bridge, id: string, change: Partial<CallIn>): Bridge {
  const before = bridge.callIns[id];
  return before === undefined ? bridge : withCallIn(bridge, id, { ...before, ...change });
}
