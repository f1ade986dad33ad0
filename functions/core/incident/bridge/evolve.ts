// The bridge's part of the clerk's work.
import type { IncidentEvent } from "../events.ts";
import type { Bridge, Caller, CallIn } from "./state.ts";

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
        returning: false,
      };
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
      return changedCaller(
        bridge,
        event.call,
        { ...newsOf(event), ...presence[event.type](event.at) },
        event.at,
      );
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

type RoomEvent = Extract<IncidentEvent, { readonly conference: string }>;

const newsOf = ({ conference, sequence }: RoomEvent): Partial<Caller> => ({ conference, sequence });

const presence: Readonly<Record<RoomEvent["type"], (at: number) => Partial<Caller>>> = {
  CallerJoined: (since) => ({ presence: "in", muted: false, since }),
  CallerLeft: (since) => ({ presence: "left", since }),
  CallerMuted: () => ({ muted: true }),
  CallerUnmuted: () => ({ muted: false }),
};

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
  sequence: -1,
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
