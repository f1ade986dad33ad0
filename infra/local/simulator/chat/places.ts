// Where the bot may speak, and what it leaves there.
import type { Answer } from "../twilio/refusals.ts";
import type { SimulatedTeams } from "./account.ts";
import type { Json } from "./cards.ts";
import { type ChatMemory, contentOf, type Place } from "./memory.ts";
import { refusals } from "./refusals.ts";

export interface Connector {
  readonly account: SimulatedTeams;
  readonly memory: ChatMemory;
  readonly now: () => number;
}

/** A place in which the bot may speak. */
export function within(
  id: string,
  { memory }: Pick<Connector, "memory">,
  act: (place: Place) => Answer,
): Answer {
  const place = memory.place(id);
  if (place === undefined) return refusals.noConversation;
  if (place.kind === "channel") {
    if (place.channel.gone) return refusals.noConversation;
    if (!memory.inTeam) return refusals.notInRoster;
    if (place.thread !== undefined && memory.message(place.base, place.thread) === undefined)
      return refusals.noActivity;
  }
  if (place.kind === "personal") {
    const installed = memory.installedFor(place.user);
    if (installed === "blocked") return refusals.blocked;
    if (installed === "absent") return refusals.notInRoster;
  }
  return act(place);
}

/** Answers its id. */
export function written(
  activity: Json,
  place: Place,
  thread: string | undefined,
  { memory, now }: Connector,
  forgets = false,
): string {
  const id = memory.newId();
  if (!forgets)
    memory.keep({
      ...contentOf(activity),
      id,
      at: new Date(now()).toISOString(),
      conversation: place.base,
      ...(place.kind === "channel" && { thread: thread ?? id }),
      activity,
    });
  return id;
}
