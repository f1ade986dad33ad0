// Gives an order as the person who asked for it; the same as by every other channel.
import type { Actor } from "../../core/command.ts";
import type { IncidentOrder } from "../../core/incident/commands.ts";
import type { IncidentEvent } from "../../core/incident/events.ts";
import type { Incident } from "../../core/incident/state.ts";
import { refusedWords } from "../../wording/chat.ts";
import type { House } from "../house.ts";
import type { About, Asking, Told } from "./command.ts";

/** `did` puts into words what happened, to what the incident is now. */
export async function give(
  house: House,
  { id, person }: Asking,
  { stream, page }: Pick<About, "stream" | "page">,
  order: IncidentOrder,
  did: (events: readonly IncidentEvent[], incident: Incident) => string | Promise<string>,
): Promise<Told> {
  const actor: Actor = { kind: "person", id: person.id, via: "teams", assurance: "signed-in" };
  const envelope = {
    id: `${id}.${order.type}`,
    causeId: `teams ${id}`,
    at: house.clock.now(),
    actor,
    drill: false,
  };
  const dispatched = await house.incidents.dispatch(stream, { ...envelope, ...order });
  const about = { stream, page };
  switch (dispatched.outcome) {
    case "done":
      return { kind: "done", text: await did(dispatched.events, dispatched.current.state), about };
    case "refused":
      return { kind: "refused", text: await refusal(house, dispatched.refusal), about };
    case "yielded":
      throw new Error(`${stream} yielded ${order.type}`);
  }
}

async function refusal(
  { directory }: House,
  { reason, by }: { readonly reason: Parameters<typeof refusedWords>[0]; readonly by?: string },
): Promise<string> {
  const names = await directory.names(by === undefined ? [] : [by]);
  return refusedWords(reason, by === undefined ? undefined : names.get(by));
}

/** The newest page that still asks this person. */
export const openPageOf = ({ incident }: Pick<About, "incident">, person: string): string | undefined =>
  Object.values(incident.paging.pages).findLast((page) => page.person === person && page.state === "open")
    ?.id;

export const newestPageOf = ({ incident }: Pick<About, "incident">, person: string): string | undefined =>
  Object.values(incident.paging.pages).findLast((page) => page.person === person)?.id;
