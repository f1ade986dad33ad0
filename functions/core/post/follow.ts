// When the chat is brought up to date: at once, unless that was moments ago.
import type { Instant } from "../time.ts";
import type { PostFact, PostOrder } from "./facts.ts";
import { anyOpenAt, apart, silentUntil } from "./pace.ts";
import type { Post } from "./state.ts";

/** Whoever carries an update out shows the incident as it is by then, so that nothing needs to be asked for twice. */
export function follow(post: Post, version: number, at: Instant): PostFact | undefined {
  const { stage, last } = post;
  switch (stage.name) {
    case "waiting":
      return undefined;
    case "under-way":
      return stage.again || version <= stage.version
        ? undefined
        : { type: "PostDeferred", version, until: last + apart };
    case "idle": {
      if (version <= post.shown) return undefined;
      const from = Math.max(last + apart, anyOpenAt(post));
      return from <= at ? want(post, version, at) : { type: "PostDeferred", version, until: from };
    }
  }
}

export function passTime(post: Post, at: Instant): PostFact | undefined {
  return (nextDue(post) ?? Number.POSITIVE_INFINITY) <= at ? want(post, post.asked, at) : undefined;
}

function want({ updates, stage }: Post, version: number, at: Instant): PostFact {
  const lost = stage.name === "under-way" ? stage.lost + 1 : 0;
  return {
    type: "PostWanted",
    update: `u${updates + 1}`,
    version,
    until: silentUntil(at, lost),
    lost,
  };
}

type Finish = Extract<PostOrder, { readonly type: "Finish" }>;

/** `until` is set where the incident went on meanwhile, or there was no time for all of it. */
export function finish(post: Post, { update, version, changed, more }: Finish): PostFact | undefined {
  const { stage, last } = post;
  if (stage.name !== "under-way" || stage.update !== update) return undefined;
  const until = Math.max(last + apart, anyOpenAt(post));
  return {
    type: "PostFinished",
    update,
    version,
    changed,
    ...(stage.again || more ? { until } : {}),
  };
}

export function nextDue({ stage, last, failing }: Post): Instant | undefined {
  if (stage.name !== "idle") return stage.until;
  const again = Object.values(failing).flatMap(({ until }) => until ?? []);
  return again.length === 0 ? undefined : Math.max(last + apart, Math.min(...again));
}
