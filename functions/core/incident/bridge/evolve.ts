// The bridge's part of the clerk's work.
import type { IncidentEvent } from "../events.ts";
import type { Bridge, Caller, CallIn, Seen } from "./state.ts";

export function evolveBridge(bridge: Bridge, event: IncidentEvent): Bridge {
  switch (event.type) {
    case "BridgeWanted":
      return {
        ...bridge,
        name: "wanted",
        reason: event.reason,
        askedBy: event.by.kind === "person" ? event.by.id : askedBefore(bridge),
        since: event.at,
      };
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
        strangersWait: false,
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
      if (event.kind === "bridge-open") return { ...bridge, invited: [...bridge.invited, event.person] };
      return event.kind === "chat-is-back" ? { ...bridge, moved: false } : bridge;
    case "AbsentRung":
      return { ...bridge, ringAbsentAt: event.nextAt, ringings: bridge.ringings + 1 };
    case "CallInWanted": {
      const { person, method, cause, at } = event;
      // The commander who has a removed person's phone rung lets that person in again.
      const allowed = cause === "ordered" ? withoutBar(bridge, { person, number: undefined }) : bridge;
      return withCallIn(allowed, event.callIn, {
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
      return arrived(bridge, event, "admitted");
    case "CallerWaiting":
      return arrived(bridge, event, "waiting");
    case "WaitingEnded":
      return changedCaller(bridge, event.call, { presence: "left", since: event.at }, event.at);
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
      return controlled(
        {
          ...bridge,
          controls: { ...bridge.controls, [event.control]: { call: event.call, act: event.act } },
        },
        event,
      );
    case "AnnouncementWanted":
      return {
        ...bridge,
        waitingAnnouncedAt: event.kind === "caller-waits" ? event.at : bridge.waitingAnnouncedAt,
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

type Arrival = Extract<IncidentEvent, { type: "CallerAdmitted" | "CallerWaiting" }>;

function arrived(
  bridge: Bridge,
  { call, way, person, number, ending, at }: Arrival,
  presence: "admitted" | "waiting",
): Bridge {
  const before = bridge.callers[call] ?? { ...newCaller(at), presence };
  // The report that it is in the room may have come first.
  const now = before.presence === "in" ? before.presence : presence;
  const since = now === before.presence ? before.since : at;
  return withCaller(bridge, call, { ...before, way, person, number, ending, presence: now, since });
}

type Control = Extract<IncidentEvent, { type: "CallerControlWanted" }>;

/** What was ordered counts at once: whoever was removed and calls again meets it. */
function controlled(bridge: Bridge, { call, act, at }: Control): Bridge {
  const caller = bridge.callers[call];
  if (caller === undefined) return bridge;
  if (act === "admit") return withCaller(withoutBar(bridge, caller), call, { ...caller, letIn: true });
  if (act !== "remove") return bridge;
  const { people, numbers } = bridge.barred;
  // Before the provider reported it in the room, nothing but this order says where it is.
  const isSentAway = caller.presence !== "in";
  const now = isSentAway
    ? { ...caller, presence: "left" as const, letIn: false, since: at }
    : { ...caller, letIn: false };
  return {
    ...withCaller(bridge, call, now),
    // Whoever was removed knows the PIN, and may call from another number.
    strangersWait: true,
    barred: {
      people: caller.person === undefined ? people : [...people, caller.person],
      // A removed person's number is barred by the person: it may be forged, and belongs to that person all the same.
      numbers:
        caller.person === undefined && caller.number !== undefined ? [...numbers, caller.number] : numbers,
    },
  };
}

const withoutBar = (bridge: Bridge, { person, number }: Pick<Caller, "person" | "number">): Bridge => ({
  ...bridge,
  barred: {
    people: bridge.barred.people.filter((each) => each !== person),
    numbers: bridge.barred.numbers.filter((each) => each !== number),
  },
});

const askedBefore = ({ name, askedBy }: Bridge): string | undefined =>
  name === "wanted" ? askedBy : undefined;

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
  number: undefined,
  ending: undefined,
  nameRecording: undefined,
  helpRecording: undefined,
  presence: "admitted",
  letIn: false,
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
