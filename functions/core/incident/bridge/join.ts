// Somebody joined the response: is told where it meets, or, while the chat is gone, gives it a place to meet.
import type { Draft } from "../draft.ts";
import { ring } from "./call-in.ts";
import { invite } from "./invite.ts";
import { moveIfTogether } from "./open.ts";
import { helpSeekerWaits, isInTheRoom } from "./state.ts";

export function joinBridge(draft: Draft, person: string): void {
  const { bridge } = draft.state();
  if (bridge.name !== "open") {
    const { chat } = draft.facts;
    if (chat?.reachable === false) moveIfTogether(draft, chat.lostSince);
    return;
  }
  if (bridge.returning || isInTheRoom(bridge, person)) return;
  if (!bridge.invited.includes(person)) invite(draft, "bridge-open", [person]);
  // Whoever answers on the phone is asked there; anybody else is rung, for a caller waits for help.
  if (helpSeekerWaits(bridge) && draft.command.actor.via !== "voice") ring(draft, person, "caller-waits");
}
