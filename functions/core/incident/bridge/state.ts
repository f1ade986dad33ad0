// The bridge as a decision sees it: open or not, who is in the room, who is being rung.
import type { Instant } from "../../time.ts";
import type { Admission, AnnouncementKind, BridgeReason, CallerAct, CallInCause } from "./facts.ts";

export interface Bridge {
  /** `wanted`: somebody is finding a PIN for it. */
  readonly name: "none" | "wanted" | "open" | "ended";
  readonly reason: BridgeReason | undefined;
  /** The person who asked for it, who is told the way in like everybody else. */
  readonly askedBy: string | undefined;
  /** When it was wanted, opened or ended. */
  readonly since: Instant;
  /** Of the newest opening; 0 before the first. */
  readonly round: number;
  readonly pinKey: string | undefined;
  readonly recorded: boolean;
  readonly announceAt: Instant | undefined;
  readonly ringAbsentAt: Instant | undefined;
  /** How often whoever is absent was rung since it opened. */
  readonly ringings: number;
  /** The response met in the chat, which was gone: its return is worth telling, once. */
  readonly moved: boolean;
  /** Who was told how to get in since it opened or the response moved. */
  readonly invited: readonly string[];
  /** The commander called everybody back to the chat: it ends when the last one has left. */
  readonly returning: boolean;
  /** Who was removed from this incident's bridge: people by id, numbers by digest. They wait, whatever they know. */
  readonly barred: { readonly people: readonly string[]; readonly numbers: readonly string[] };
  /** A caller was removed, and knows the PIN: from then on it alone lets no unknown caller in. */
  readonly strangersWait: boolean;
  /** When the room was last told that a caller waits. */
  readonly waitingAnnouncedAt: Instant | undefined;
  /** By the provider's id of the call, in the order in which they came. */
  readonly callers: Readonly<Record<string, Caller>>;
  /** Conferences that are over, each with the sequence of its end. */
  readonly conferences: Readonly<Record<string, number>>;
  readonly callIns: Readonly<Record<string, CallIn>>;
  readonly controls: Readonly<Record<string, { readonly call: string; readonly act: CallerAct }>>;
  readonly announcements: Readonly<Record<string, AnnouncementKind>>;
}

export interface Caller {
  readonly way: Admission | undefined;
  readonly person: string | undefined;
  readonly number: string | undefined;
  readonly ending: string | undefined;
  /** What an unknown caller said as a name, and what a caller for help said is wrong. */
  readonly nameRecording: string | undefined;
  readonly helpRecording: string | undefined;
  readonly presence: "waiting" | "admitted" | "in" | "left";
  /** A responder let this call in. */
  readonly letIn: boolean;
  readonly muted: boolean;
  readonly since: Instant;
  /** The conference that it is in, or was in last. */
  readonly conference: string | undefined;
  /** The newest news of it by conference; the provider counts anew in each. */
  readonly seen: Readonly<Record<string, Seen>>;
}

export interface Seen {
  readonly sequence: number;
  readonly isIn: boolean;
  readonly muted: boolean;
}

export interface CallIn {
  readonly person: string;
  readonly method: string;
  readonly cause: CallInCause;
  readonly state: "wanted" | "handed" | "failed";
  readonly receipt: string | undefined;
  readonly at: Instant;
}

export const noBridge: Bridge = {
  name: "none",
  reason: undefined,
  askedBy: undefined,
  since: 0,
  round: 0,
  pinKey: undefined,
  recorded: false,
  announceAt: undefined,
  ringAbsentAt: undefined,
  ringings: 0,
  moved: false,
  invited: [],
  returning: false,
  barred: { people: [], numbers: [] },
  strangersWait: false,
  waitingAnnouncedAt: undefined,
  callers: {},
  conferences: {},
  callIns: {},
  controls: {},
  announcements: {},
};

export const inTheRoom = ({ callers }: Bridge): readonly (readonly [string, Caller])[] =>
  Object.entries(callers).filter(([, { presence }]) => presence === "in");

export const isInTheRoom = (bridge: Bridge, person: string): boolean =>
  inTheRoom(bridge).some(([, caller]) => caller.person === person);

export const waiting = ({ callers }: Bridge): readonly (readonly [string, Caller])[] =>
  Object.entries(callers).filter(([, { presence }]) => presence === "waiting");

/** Removed before. */
export const isBarred = (
  { barred }: Bridge,
  { person, number }: Pick<Caller, "person" | "number">,
): boolean =>
  (person !== undefined && barred.people.includes(person)) ||
  (number !== undefined && barred.numbers.includes(number));

/** Callers for help who wait to be let in: those who were removed ring no phone, and come in by name only. */
export const helpSeekersWaiting = (bridge: Bridge): readonly (readonly [string, Caller])[] =>
  waiting(bridge).filter(
    ([, caller]) => caller.way === "call-for-help" && !caller.letIn && !isBarred(bridge, caller),
  );

/** A room is there for a responder, or will be in a moment, for a caller waits. */
export const leadsIntoRoom = (bridge: Bridge): boolean =>
  bridge.name === "open" || helpSeekerWaits(bridge) || waiting(bridge).some(([, { letIn }]) => letIn);

/** A caller for help waits to be let in, or is in the room. */
export const helpSeekerWaits = (bridge: Bridge): boolean =>
  helpSeekersWaiting(bridge).length > 0 || inTheRoom(bridge).some(([, { way }]) => way === "call-for-help");
