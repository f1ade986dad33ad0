// Whether the chat, where responders meet, can be reached: for the command post.
import { chat, site } from "../core/site/site.ts";
import type { HttpHandler } from "../lambda.ts";
import { jsonResult, problemResult } from "../problem.ts";
import { notSignedIn, signedIn } from "../signed-in.ts";
import { streamNow } from "../stream-now.ts";
import type { PortsOf } from "../subscriptions.ts";

export const make =
  ({ journal }: PortsOf<"show-chat">): HttpHandler =>
  async (event) => {
    if (signedIn(event) === undefined) return problemResult(notSignedIn);
    const now = await streamNow(site, journal, chat);
    return jsonResult(
      200,
      now.name === "lost"
        ? { reachable: false, since: new Date(now.since).toISOString() }
        : { reachable: true },
    );
  };
