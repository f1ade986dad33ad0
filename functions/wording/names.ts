// Whom a sentence speaks of. The timeline holds ids only; names come in beside it and may be gone.
import type { Actor } from "../core/command.ts";

/** Names of people by id. Pages and notices may stand in it too: then a delivery is told with the name of whom it is for. */
export type Names = ReadonlyMap<string, string>;

export const nameOf = (names: Names, id: string): string => names.get(id) ?? id;

export function actorName(actor: Actor, names: Names): string {
  switch (actor.kind) {
    case "person":
    case "account":
      return nameOf(names, actor.id);
    case "machine":
      return actor.via === "monitoring" ? `monitoring (${actor.id})` : `${actor.id} (a machine)`;
    case "hub":
      return "Muster";
  }
}
