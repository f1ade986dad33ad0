// Where responders meet: the phone bridge, and the chat while it can be reached.
import type { StreamId } from "../core/aggregate.ts";
import type { RoomAct } from "../core/incident/bridge/facts.ts";
import type { DeliveryReason } from "../core/incident/events.ts";
import type { CommandRole } from "../core/roles.ts";
import type { ProbeFound } from "../core/site/facts.ts";

/** How people get into a room by phone. All of it is derived from the hub's key, so that nothing has to be kept. */
export interface DialIn {
  /** E.164; undefined where the hub can't be called. */
  number(): string | undefined;
  /** Six digits, the same for the same bridge and round. */
  pin(incident: StreamId, round: number): Promise<string>;
  /** The claim by which a PIN is found again, and kept from others. */
  claimOf(pin: string): Promise<string>;
  /** Whoever types the same PIN meets in the same room, even while nothing can be looked up. */
  roomOf(pin: string): Promise<string>;
  /** A caller waits in it, alone, to be let into a room. */
  waitingRoomOf(call: string): Promise<string>;
  /** Stands for a caller's number where it must not be written down: without the hub's key nobody finds the number. */
  callerDigest(number: string): Promise<string>;
  /** Of the standing emergency room: one for each command role. */
  rolePin(role: CommandRole): Promise<string>;
  /** The emergency room, where this is the PIN of a command role. */
  emergency(pin: string): Promise<{ readonly role: CommandRole; readonly room: string } | undefined>;
}

export type RoomOutcome =
  | { readonly outcome: "done" }
  /** The conference or the call is over. */
  | { readonly outcome: "gone" }
  | { readonly outcome: "retry" | "giveUp" | "unknown"; readonly reason: DeliveryReason };

/** What is done to a live conference from outside. Never throws for a provider's refusal. */
export interface Rooms {
  control(conference: string, call: string, act: RoomAct): Promise<RoomOutcome>;
  /** `at` is the path that says what to speak. */
  announce(conference: string, at: string): Promise<RoomOutcome>;
  /** Takes a live call out of what it does, to the script at this path. */
  lead(call: string, at: string): Promise<RoomOutcome>;
  /** Ends whatever goes on in the room of this name. */
  close(room: string): Promise<RoomOutcome>;
}

/** What callers said. */
export interface Recordings {
  /** Undefined once it is gone. */
  read(recording: string): Promise<{ readonly type: string; readonly bytes: Uint8Array } | undefined>;
}

/** The chat where responders meet while it can be reached. */
export interface ChatSite {
  /** Posts a line and reads it back. `absent`: this hub has no chat. Never throws for a refusal of the chat's. */
  probe(): Promise<ProbeFound>;
}
