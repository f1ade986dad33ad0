// Somebody joined the response: is told where it meets, or, while the chat is gone, gives it a place to meet.
import type { Draft } from "../draft.ts";
import { ring } from "./call-in.ts";
import { invite } from "./invite.ts";
import { moveIfTogether } from "./open.ts";
import { helpSeekerWaits, isInTheRoom } from "./state.ts";

export function joinBridge(draft: Draft, person: string): void {
  const { bridge } = draft.state();
  const isOpen = bridge.name === "open";
  if (isOpen && (bridge.returning || isInTheRoom(bridge, person))) return;
  if (isOpen && !bridge.invited.includes(person)) invite(draft, "bridge-open", [person]);
  const { chat } = draft.facts;
  if (!isOpen && chat?.reachable === false) moveIfTogether(draft, chat.lostSince);
  // A responder who answers on the phone is asked there; the phone of any other rings, for a caller waits for help.
  if (helpSeekerWaits(bridge) && draft.command.actor.via !== "voice") ring(draft, person, "caller-waits");
}
