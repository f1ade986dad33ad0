// The orders of an incident's phone bridge, as the house and its people give them.
import type { Actor } from "../../functions/core/command.ts";
import type { Admission, RoomAct } from "../../functions/core/incident/bridge/facts.ts";
import type { RoomNews } from "../../functions/core/incident/bridge/orders.ts";
import { inTheRoom } from "../../functions/core/incident/bridge/state.ts";
import type { DeliveryEvidence } from "../../functions/core/incident/commands.ts";
import type { Instant } from "../../functions/core/time.ts";
import { contact, type Given, signedIn, textAndCall } from "./on-call.ts";
import { type Line, type Night, withContacts } from "./spec.ts";

const hub: Actor = { kind: "hub", id: "spec", via: "provider", assurance: "internal" };
export const byText = (id: string): Actor => ({ kind: "person", id, via: "sms", assurance: "number" });
export const byVoice = (id: string): Actor => ({ kind: "person", id, via: "voice", assurance: "number" });

/** Everybody can be texted and called. */
export const everybodyHasAPhone: Line = withContacts(
  ...["ada", "grace", "joan", "kay"].map((person) => contact(person, textAndCall)),
);

export const openBridge = (by: string): Given => ({ type: "OpenBridge", actor: signedIn(by) });
export const callerWaits: Given = {
  type: "AdmitCaller",
  call: "CA-waits",
  way: "call-for-help",
  number: "n1",
  actor: hub,
};
export const chatGoneSince = (lostSince: Instant): Given => ({ type: "MoveToBridge", lostSince, actor: hub });
/** A loss that nobody knew of before. */
export const chatIsGone: Given = chatGoneSince(Number.MAX_SAFE_INTEGER);
export const chatIsBack: Given = { type: "TellChatIsBack", actor: hub };
export const setUp = (round = 1): Given => ({
  type: "SetUpBridge",
  round,
  pinKey: `pin/${round}`,
  actor: hub,
});
export const endBridge = (by: string): Given => ({ type: "EndBridge", actor: signedIn(by) });
export const returnToChat = (by: string): Given => ({ type: "ReturnToChat", actor: signedIn(by) });
export const callMe = (by: string): Given => ({ type: "CallIn", actor: byText(by) });
export const callIn = (by: string, person: string): Given => ({
  type: "CallIn",
  person,
  actor: signedIn(by),
});
export const control = (by: string, act: RoomAct, call: string): Given => ({
  type: "ControlCaller",
  call,
  act,
  actor: signedIn(by),
});
export const callInReport = (name: string, evidence: DeliveryEvidence): Given => ({
  type: "RecordCallIn",
  callIn: name,
  evidence,
  actor: hub,
});
export const rings = (name: string, receipt = `CA-${name}`): Given =>
  callInReport(name, { outcome: "handed", receipt });
export const notAnswered = (name: string): Given =>
  callInReport(name, { outcome: "giveUp", reason: "not-answered", operator: false });
export const admitted = (
  call: string,
  who: { readonly person?: string; readonly ending?: string; readonly number?: string } = {},
  way: Admission = "pin",
): Given => ({ type: "AdmitCaller", call, way, ...who, actor: hub });

/** At a key in a call that we placed. */
export const letIn = (by: string, call?: string): Given => ({
  type: "LetIn",
  ...(call === undefined ? {} : { call }),
  actor: byVoice(by),
});
export const endWaiting = (call: string): Given => ({ type: "EndWaiting", call, actor: hub });

/** What the provider reports of a conference. */
export const news = (sequence: number, happened: RoomNews, conference = "CF1"): Given => ({
  type: "RecordRoom",
  conference,
  sequence,
  happened,
  actor: hub,
});
export const joins = (call: string, sequence: number, conference?: string): Given =>
  news(sequence, { what: "join", call }, conference);
export const leaves = (call: string, sequence: number, conference?: string): Given =>
  news(sequence, { what: "leave", call }, conference);
export const ends = (sequence: number, conference?: string): Given =>
  news(sequence, { what: "end" }, conference);

/** Let in and in the room. */
export const comes = (person: string, call: string, sequence: number): readonly Line[] => [
  admitted(call, { person }),
  joins(call, sequence),
];

export const bridgeIsOpen = (by = "kay", round = 1): readonly Line[] => [openBridge(by), setUp(round)];

/** Who is in the room, by call: muted or not. */
export const roster = ({ state }: Night): Readonly<Record<string, "heard" | "muted">> =>
  Object.fromEntries(
    inTheRoom(state.bridge).map(([call, { muted }]) => [call, muted ? "muted" : "heard"] as const),
  );
