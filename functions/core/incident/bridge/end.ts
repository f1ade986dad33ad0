// The end of a bridge: by order, when everybody went back to the chat, or with its incident. Its PIN opens nothing any more.
import type { Decision } from "../../aggregate.ts";
import { type Duration, hours } from "../../time.ts";
import type { Draft } from "../draft.ts";
import type { IncidentEvent } from "../events.ts";
import { refuse } from "../refuse.ts";
import { announce } from "./announce.ts";
import { invite } from "./invite.ts";
import { respondersAndAsked } from "./responders.ts";
import { inTheRoom } from "./state.ts";

/** A PIN that was known to some is given to no other incident for so long. */
const pinRest: Duration = hours(24);

export function endBridgeByOrder(draft: Draft): Decision<IncidentEvent> {
  const { name } = draft.state().bridge;
  if (name !== "open" && name !== "wanted") return refuse(draft, "bridge-not-open");
  endBridge(draft, "ordered");
  return draft.decision();
}

/** The response goes back to the chat: everybody is told, in the room and by text. Nobody is cut off. */
export function returnToChat(draft: Draft): Decision<IncidentEvent> {
  const { bridge } = draft.state();
  if (bridge.name !== "open") return refuse(draft, "bridge-not-open");
  if (bridge.returning) return draft.decision();
  draft.add({ type: "ReturnedToChat" });
  invite(draft, "return-to-chat", respondersAndAsked(draft.state()));
  if (inTheRoom(bridge).length > 0) announce(draft, "return-to-chat");
  endIfReturned(draft);
  return draft.decision();
}

export function endIfReturned(draft: Draft): void {
  const { bridge } = draft.state();
  if (bridge.name === "open" && bridge.returning && inTheRoom(bridge).length === 0)
    endBridge(draft, "returned");
}

export function endBridge(
  draft: Draft,
  reason: Extract<IncidentEvent, { type: "BridgeEnded" }>["reason"],
): void {
  const { bridge } = draft.state();
  if (bridge.name !== "open" && bridge.name !== "wanted") return;
  // By order it ends at once; after the end of an incident people may have a word more.
  if (reason === "incident-over" && inTheRoom(bridge).length > 0) announce(draft, "ending");
  draft.add({ type: "BridgeEnded", reason, ...(bridge.name === "open" ? { round: bridge.round } : {}) });
  if (bridge.pinKey !== undefined)
    draft.claim({ key: bridge.pinKey, change: "release", until: draft.command.at + pinRest });
}
