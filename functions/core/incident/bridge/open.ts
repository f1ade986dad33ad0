// A bridge opens: by order, because the chat is gone, because of the policy or the severity, or for a caller who waits.
// Its PIN is found outside of any decision, so that few functions ever hold the key that PINs are made of.
import { type Decision, nothing } from "../../aggregate.ts";
import { defaultBridge } from "../../policy.ts";
import { type Duration, type Instant, minutes } from "../../time.ts";
import type { Draft } from "../draft.ts";
import type { IncidentEvent } from "../events.ts";
import { requestNow } from "../paging/look-up.ts";
import { ownerRequest } from "../paging/names.ts";
import { isOver } from "../state.ts";
import type { BridgeReason } from "./facts.ts";
import { invite } from "./invite.ts";
import { responders, respondersAndAsked, toldOfBridge, toldOfNews } from "./responders.ts";
import { isInTheRoom } from "./state.ts";

/** So long a text has to bring somebody in; then the phone rings. */
export const ringAbsentAfter: Duration = minutes(2);

export const bridgeRule = (draft: Draft) => requestNow(draft, ownerRequest)?.policy.bridge ?? defaultBridge;

export function openBridge(draft: Draft): Decision<IncidentEvent> {
  wantBridge(draft, "ordered");
  return draft.decision();
}

/** The chat can't be reached: an incident on which at least two work together moves, or they move to the bridge there is. */
export function moveToBridge(draft: Draft, lostSince: Instant): Decision<IncidentEvent> {
  if (isOver(draft.state().phase)) return nothing;
  moveIfTogether(draft, lostSince);
  return draft.decision();
}

/** The chat is there again; when the response goes back is the commander's decision. */
export function tellChatIsBack(draft: Draft): Decision<IncidentEvent> {
  const { bridge } = draft.state();
  if (bridge.name !== "open" || !bridge.moved || bridge.returning) return nothing;
  invite(draft, "chat-is-back", toldOfNews(draft.state()));
  return draft.decision();
}

/** Somebody joined a response while the chat was gone. */
export function moveIfTogether(draft: Draft, lostSince: Instant): void {
  const { name, moved, returning, since } = draft.state().bridge;
  if (responders(draft.state()).length < 2) return;
  // Somebody ended it knowing that the chat is gone: only a new loss, or a person, opens another.
  if (name === "ended" && since >= lostSince) return;
  if (name !== "open") wantBridge(draft, "chat-unreachable");
  else if (!moved || returning) {
    draft.add({ type: "MovedToBridge", ringAbsentAt: draft.command.at + ringAbsentAfter });
    inviteAbsent(draft);
  }
}

function inviteAbsent(draft: Draft): void {
  const { bridge } = draft.state();
  invite(
    draft,
    "bridge-open",
    respondersAndAsked(draft.state()).filter((person) => !isInTheRoom(bridge, person)),
  );
}

/** By the policy, once it is known how bad it is; a bridge that was ended is opened again by people only. */
export function openByRule(draft: Draft): void {
  if (draft.state().bridge.name !== "none") return;
  const { opens } = bridgeRule(draft);
  if (opens === "at-once") wantBridge(draft, "policy");
  if (opens === "when-critical" && draft.state().signal.severity === "critical")
    wantBridge(draft, "severity");
}

export function wantBridge(draft: Draft, reason: BridgeReason): void {
  const { name, reason: before } = draft.state().bridge;
  const isOpening = name === "wanted" && (reason !== "chat-unreachable" || before === reason);
  if (name !== "open" && !isOpening) draft.add({ type: "BridgeWanted", reason });
}

export function setUpBridge(draft: Draft, round: number, pinKey: string): Decision<IncidentEvent> {
  const { bridge, phase } = draft.state();
  // An order that was long on its way must not give an old PIN a second life.
  if (bridge.name !== "wanted" || isOver(phase) || round <= bridge.round) return nothing;
  const reason = bridge.reason ?? "ordered";
  const { announceEvery, recorded } = bridgeRule(draft);
  const ringAbsentAt =
    reason === "chat-unreachable" ? { ringAbsentAt: draft.command.at + ringAbsentAfter } : {};
  const announceAt = draft.command.at + announceEvery;
  draft.add({ type: "BridgeOpened", round, reason, pinKey, recorded, announceAt, ...ringAbsentAt });
  draft.claim({ key: pinKey, change: "take", yields: true });
  // What opens by itself at the first alert must not text everybody twice: those who answer are told then.
  const isExpected = reason === "chat-unreachable" || reason === "ordered";
  const told = isExpected ? toldOfBridge(draft.state()) : responders(draft.state());
  invite(draft, "bridge-open", told);
  return draft.decision();
}
