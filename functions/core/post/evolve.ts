// Copies what happened in the chat into the state of an incident's place there.
import type { PostEvent, Spot } from "./facts.ts";
import type { Failing, Post, Root } from "./state.ts";

export function evolve(post: Post, event: PostEvent): Post {
  switch (event.type) {
    case "PostWanted": {
      const { update, version, until, lost } = event;
      return {
        ...post,
        stage: { name: "under-way", update, version, until, lost, again: false },
        updates: post.updates + 1,
        last: event.at,
        asked: Math.max(post.asked, version),
      };
    }
    case "PostDeferred": {
      const { stage } = post;
      return {
        ...post,
        asked: Math.max(post.asked, event.version),
        stage:
          stage.name === "under-way" ? { ...stage, again: true } : { name: "waiting", until: event.until },
      };
    }
    case "PostFinished": {
      const { changed, version, until } = event;
      const shown = changed.reduce((state, spot) => withRoot(state, spot, shows(version)), post);
      return {
        ...shown,
        stage: until === undefined ? { name: "idle" } : { name: "waiting", until },
        asked: Math.max(post.asked, version),
        shown: version,
        failing: stillFailing(post, changed),
      };
    }
    case "PostBegun": {
      const { spot, conversation, activity, version } = event;
      const begun = withRoot(post, spot, () => ({ conversation, activity, shows: version }));
      return { ...well(begun, spot), begun: { ...post.begun, [spot]: post.begun[spot] + 1 } };
    }
    case "PostLost": {
      const lost = withRoot(post, event.spot, () => undefined);
      return event.until === undefined
        ? lost
        : { ...lost, failing: { ...post.failing, [event.spot]: failingSince(undefined, event) } };
    }
    case "PostTold":
      return well({ ...post, told: event.version }, event.spot);
    case "PostNewsTold":
      return well({ ...post, news: post.news.filter((news) => news !== event.news) }, "home");
    case "PostFailed":
      return {
        ...post,
        failing: { ...post.failing, [event.part]: failingSince(post.failing[event.part], event) },
      };
    case "PostChannelNameTaken":
      return post.own.name === "none" ? { ...post, own: { ...post.own, taken: post.own.taken + 1 } } : post;
    case "PostChannelMade":
      return {
        ...well(post, "making"),
        own: { name: "made", channel: event.channel, link: event.link, root: undefined },
        news: [...post.news, "own-channel"],
      };
    case "PostChannelRefused":
      return { ...well(post, "making"), own: { name: "refused" }, news: [...post.news, "no-channel"] };
    case "PostChannelLost":
      return {
        ...well(post, "own"),
        own: { name: "lost" },
        news: [...post.news.filter((news) => news !== "own-channel"), "channel-gone"],
      };
  }
}

const shows =
  (version: number) =>
  (root: Root | undefined): Root | undefined =>
    root === undefined ? undefined : { ...root, shows: version };

function withRoot(post: Post, spot: Spot, root: (before: Root | undefined) => Root | undefined): Post {
  if (spot === "home") return { ...post, home: root(post.home) };
  return post.own.name === "made" ? { ...post, own: { ...post.own, root: root(post.own.root) } } : post;
}

type Failure = { readonly at: number; readonly until?: number; readonly operator?: boolean };

const failingSince = (before: Failing | undefined, { at, until, operator }: Failure): Failing => ({
  since: before?.since ?? at,
  at,
  times: (before?.times ?? 0) + 1,
  until,
  operator: operator === true || before?.operator === true,
});

function well(post: Post, part: keyof Post["failing"] | undefined): Post {
  if (part === undefined || post.failing[part] === undefined) return post;
  const { [part]: _mended, ...failing } = post.failing;
  return { ...post, failing };
}

/** What was due when the update began, and did not fail again, was not needed any more. */
function stillFailing({ failing, last }: Post, changed: readonly Spot[]): Post["failing"] {
  const still = Object.entries(failing).filter(
    ([part, { until }]) => !changed.some((spot) => spot === part) && (until === undefined || until > last),
  );
  return Object.fromEntries(still);
}
