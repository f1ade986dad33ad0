// Whether the chat, where responders meet, can be reached: for the command post.

import type { SiteEvent } from "../core/site/facts.ts";
import { chat, type Site, site } from "../core/site/site.ts";
import type { HttpHandler } from "../lambda.ts";
import { jsonResult, problemResult } from "../problem.ts";
import { notSignedIn, signedIn } from "../signed-in.ts";
import type { PortsOf } from "../subscriptions.ts";

export const make =
  ({ journal }: PortsOf<"show-chat">): HttpHandler =>
  async (event) => {
    if (signedIn(event) === undefined) return problemResult(notSignedIn);
    const { snapshot, events } = await journal.load(chat, site.schema);
    const kept = (snapshot?.state as Site | undefined) ?? site.initial;
    const now = (events as readonly SiteEvent[]).reduce((state, fact) => site.evolve(state, fact), kept);
    return jsonResult(
      200,
      now.name === "lost"
        ? { reachable: false, since: new Date(now.since).toISOString() }
        : { reachable: true },
    );
  };
