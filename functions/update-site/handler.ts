// Keeps the incident's place in the chat as the incident is: the card, the thread that is its log, a channel of its own.
import type { EventRef } from "../core/bus.ts";
import { byHub } from "../core/command.ts";
import { postStream } from "../core/post/state.ts";
import { postsOf } from "../decisions.ts";
import { directory } from "../directory.ts";
import { type Envelope, type QueueHandler, queue } from "../lambda.ts";
import type { PortsOf } from "../subscriptions.ts";
import { updates } from "./update.ts";

export function make(ports: PortsOf<"update-site">): QueueHandler {
  const { clock, journal, chat } = ports;
  const directoryNow = directory(ports.configItems, clock);
  const posts = postsOf(journal, () => directoryNow.version());
  const bringUpToDate = updates({ ...ports, directory: directoryNow, posts });

  return queue(async (body, tools) => {
    const { "detail-type": news, detail } = body as Envelope<EventRef>;
    const { stream, version, index } = detail;
    if (news === "PostWanted") return bringUpToDate(stream, tools);
    // Where there is no chat, or no bot in it, no incident has a place there.
    if (chat.bot() === undefined || (await directoryNow.chat()) === undefined) return;
    const cause = `${stream}.${version}.${index}`;
    const envelope = byHub("update-site", `follow ${cause}`, clock.now(), detail.drill, cause);
    await posts.dispatch(postStream(stream), { ...envelope, type: "Follow", version });
  });
}
