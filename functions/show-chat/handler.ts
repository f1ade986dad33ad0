// Whether the chat, where responders meet, can be reached: for the command post.
import { chat, site } from "../core/site/site.ts";
import { directory } from "../directory.ts";
import { jsonResult } from "../problem.ts";
import { forReaders } from "../signed-in.ts";
import { streamNow } from "../stream-now.ts";
import type { PortsOf } from "../subscriptions.ts";

export const make = ({ journal, configItems, clock, signInSettings }: PortsOf<"show-chat">) => {
  const deps = { directory: directory(configItems, clock), signInSettings };

  return forReaders("show-chat", deps, async () => {
    const now = await streamNow(site, journal, chat);
    return jsonResult(
      200,
      now.name === "lost"
        ? { reachable: false, since: new Date(now.since).toISOString() }
        : { reachable: true },
    );
  });
};
