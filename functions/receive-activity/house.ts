// What every command of the chat has at hand.
import type { Places } from "../chat-places.ts";
import type { Decisions } from "../decisions.ts";
import type { PortsOf } from "../subscriptions.ts";

type Ours = PortsOf<"receive-activity">;

export interface House extends Omit<Ours, "incidents">, Decisions {
  readonly openIncidents: Ours["incidents"];
  readonly places: Places;
  /** For what happens within moments elsewhere. */
  readonly pause: (milliseconds: number) => Promise<unknown>;
}
