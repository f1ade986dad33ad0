// What an activity tells of where the bot can speak: every one refreshes the address, an installation brings a conversation,
// and what was taken away is forgotten.
import type { StreamId } from "../core/aggregate.ts";
import { conversationStream } from "../core/conversation/conversation.ts";
import type { Spoken } from "../sources/teams-activity.ts";
import type { House } from "./house.ts";

type Learning = Pick<House, "places" | "directory">;

/** By what a conversation is found again: the person's account, or the channel's id. */
export function keyOf({ at, from }: Spoken): string | undefined {
  switch (at.kind) {
    case "personal":
      return from.user;
    case "channel":
      return at.channel;
    case "group":
      return at.conversation;
  }
}

/** The stream of the conversation as it is known from now on; undefined where nothing can be known of it. */
export async function learn(
  { places }: Learning,
  told: Spoken,
  cause: string,
): Promise<StreamId | undefined> {
  const key = keyOf(told);
  if (key === undefined) return undefined;
  const { at, from, tenant, serviceUrl } = told;
  await places.learn(
    key,
    {
      tenant,
      serviceUrl,
      conversation: at.kind === "channel" ? key : at.conversation,
      ...(at.kind === "personal" ? { person: { id: from.id } } : {}),
      ...(at.team === undefined ? {} : { team: at.team }),
    },
    cause,
  );
  return conversationStream(key);
}

/** The app was taken away from a person, or from a team; or a channel is gone. */
export async function forget({ places, directory }: Learning, told: Spoken, cause: string): Promise<void> {
  const key = keyOf(told);
  const why = told.kind === "gone" ? "gone" : "uninstalled";
  if (key !== undefined) await places.lose(key, why, cause);
  const { team } = told.at;
  // Without the team there is no channel of it either.
  if (told.at.kind !== "channel" || team === undefined || !isWholeTeam(told)) return;
  const home = (await directory.chat())?.channel;
  if (home !== undefined && home !== key && (await places.known(home))?.team === team)
    await places.lose(home, why, cause);
}

const isWholeTeam = ({ kind, at }: Spoken): boolean => kind === "went" || at.channel === at.team;
