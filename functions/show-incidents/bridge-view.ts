// The bridge of an incident: how to get in, who is in the room, who is being called. The PIN is shown while it opens
// something, and only to people who are signed in: nobody else gets this view.
import {
  commanderOf,
  isInCommand,
  responders,
  respondersAndAsked,
} from "../core/incident/bridge/responders.ts";
import {
  type Bridge,
  type Caller,
  type CallIn,
  isBarred,
  isInTheRoom,
} from "../core/incident/bridge/state.ts";
import { type Incident, isOver } from "../core/incident/state.ts";
import { targetsOf } from "../core/policy.ts";
import type { Reader } from "../signed-in.ts";
import type { PortsOf } from "../subscriptions.ts";

type Names = ReadonlyMap<string, string>;
type DialIn = PortsOf<"show-incidents">["dialIn"];

export async function bridgeView(
  dialIn: DialIn,
  stream: `incident/${string}`,
  incident: Incident,
  names: Names,
  reader: Reader,
) {
  const { bridge } = incident;
  const { name: state, reason, since, returning } = bridge;
  const commander = commanderOf(incident);
  return {
    state,
    ...(reason === undefined ? {} : { reason }),
    ...(state === "none" ? {} : { since: iso(since) }),
    ...(state === "open" ? await wayIn(dialIn, stream, bridge) : {}),
    returning,
    callers: Object.entries(bridge.callers).map(([call, caller]) => ({
      ...callerView(call, caller, names),
      letIn: caller.letIn,
      removedBefore: isBarred(bridge, caller),
    })),
    callIns: Object.entries(bridge.callIns).map(([id, callIn]) => callInView(id, callIn, bridge, names)),
    /** Whom the commander may have called in. */
    people: isOver(incident.phase) ? [] : absent(incident).map((id) => personView(id, names)),
    ...(commander === undefined ? {} : { commander: personView(commander, names) }),
    you: {
      id: reader.id,
      inCommand: reader.may("give-orders") && isInCommand(incident, reader),
      inTheRoom: isInTheRoom(bridge, reader.id),
      mayLetIn:
        reader.may("give-orders") && (commander === reader.id || responders(incident).includes(reader.id)),
    },
  };
}

async function wayIn(dialIn: DialIn, stream: `incident/${string}`, { round, recorded }: Bridge) {
  const number = dialIn.number();
  const pin = await dialIn.pin(stream, round);
  return { ...(number === undefined ? {} : { number }), pin, recorded };
}

const callerView = (call: string, caller: Caller, names: Names) => {
  const { person, ending, way, presence, muted, since, nameRecording, helpRecording } = caller;
  return {
    call,
    ...(person === undefined ? {} : { person: personView(person, names) }),
    ...(ending === undefined ? {} : { ending }),
    name: names.get(call) ?? call,
    ...(way === undefined ? {} : { way }),
    presence,
    muted,
    since: iso(since),
    recordings: [
      ...(nameRecording === undefined ? [] : [{ kind: "name", id: nameRecording }]),
      ...(helpRecording === undefined ? [] : [{ kind: "help", id: helpRecording }]),
    ],
  };
};

const callInView = (
  id: string,
  { person, cause, state, receipt, at }: CallIn,
  bridge: Bridge,
  names: Names,
) => ({
  id,
  person: personView(person, names),
  cause,
  // A call that led into the room is no longer under way, whatever became of it there.
  state: receipt !== undefined && bridge.callers[receipt] !== undefined ? "admitted" : state,
  at: iso(at),
});

const absent = (incident: Incident): readonly string[] => {
  const everybody = [
    ...respondersAndAsked(incident),
    ...Object.values(incident.paging.requests).flatMap(({ policy }) => targetsOf(policy).map(({ id }) => id)),
  ];
  return [...new Set(everybody)].filter((person) => !isInTheRoom(incident.bridge, person));
};

const personView = (id: string, names: Names) => ({ id, name: names.get(id) ?? id });

/** Everybody of whom the bridge's events speak. */
export const peopleOnTheBridge = ({ callers, callIns }: Bridge): readonly string[] => [
  ...Object.values(callers).flatMap(({ person }) => person ?? []),
  ...Object.values(callIns).map(({ person }) => person),
];

/** Under a call's id the name of whoever calls, as far as anybody knows. */
export const namesOfCalls = (
  { callers }: Bridge,
  people: Names,
  reader: Reader,
): readonly (readonly [string, string])[] =>
  Object.entries(callers).map(([call, { person, ending }]) => [
    call,
    person === undefined
      ? ending === undefined || !reader.may("see-ways-in")
        ? "an unknown caller"
        : `a caller ending in ${ending}`
      : (people.get(person) ?? person),
  ]);

const iso = (at: number): string => new Date(at).toISOString();
