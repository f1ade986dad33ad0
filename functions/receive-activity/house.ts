// What every command of the chat has at hand.
import type { Places } from "../chat-places.ts";
import type { User } from "../core/limits/meter.ts";
import type { Decisions, HeldCalls } from "../decisions.ts";
import type { PortsOf } from "../subscriptions.ts";

type Ours = PortsOf<"receive-activity">;

export interface House extends Omit<Ours, "incidents">, Decisions {
  readonly openIncidents: Ours["incidents"];
  readonly places: Places;
  readonly heldCalls: HeldCalls;
  /** False where this account opened too many incidents lately. */
  readonly grantsHelp: (use: string, user: User) => Promise<boolean>;
  /** For what happens within moments elsewhere. */
  readonly pause: (milliseconds: number) => Promise<unknown>;
}
