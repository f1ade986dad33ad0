// What was done in the chat, or what the chat made of it. What is told a second time changes nothing.
import type { ClaimChange } from "../aggregate.ts";
import type { DeliveryReason } from "../incident/events.ts";
import { type Duration, type Instant, minutes } from "../time.ts";
import type { Done, PostFact, Refused, Spot } from "./facts.ts";
import { nextBeginning, nextTry } from "./pace.ts";
import { type Post, postPlaceKey } from "./state.ts";

export interface Recorded {
  readonly fact: PostFact;
  readonly claims?: readonly ClaimChange[];
}

/** Of a channel: so many names of others, and no channel comes of it. */
const mostNames = 8;
/** So long a channel is waited for; meanwhile and afterwards the thread is the place. */
const makingFor: Duration = minutes(10);

export function record(post: Post, done: Done, at: Instant): Recorded | undefined {
  switch (done.what) {
    case "begun":
      return begun(post, done);
    case "channel-made": {
      if (post.own.name !== "none") return undefined;
      const { channel, link } = done;
      const fact = { type: "PostChannelMade", channel, ...(link === undefined ? {} : { link }) } as const;
      return { fact, claims: [{ key: postPlaceKey(channel), change: "take" }] };
    }
    case "told": {
      const { version, spot } = done;
      if (version <= post.told) return undefined;
      return { fact: { type: "PostTold", version, ...(spot === undefined ? {} : { spot }) } };
    }
    case "news-told":
      return post.news.includes(done.news) ? { fact: { type: "PostNewsTold", news: done.news } } : undefined;
    case "refused":
      return done.part === "making" ? notMade(post, done, at) : notTaken(post, done.part, done, at);
  }
}

function begun(post: Post, done: Extract<Done, { readonly what: "begun" }>): Recorded | undefined {
  const { spot, conversation, activity, version } = done;
  const before = spot === "home" ? post.home : ownRoot(post);
  if (before !== undefined || (spot === "own" && post.own.name !== "made")) return undefined;
  const fact = {
    type: "PostBegun",
    spot,
    conversation,
    ...(activity === undefined ? {} : { activity }),
    version,
  } as const;
  return spot === "home" ? { fact, claims: claimOf(conversation, "take") } : { fact };
}

const ownRoot = ({ own }: Post) => (own.name === "made" ? own.root : undefined);

/** A thread belongs to one incident; the channel in which the thread hangs belongs to nobody. */
const claimOf = (conversation: string, change: ClaimChange["change"]): readonly ClaimChange[] =>
  conversation.includes(";messageid=") ? [{ key: postPlaceKey(conversation), change }] : [];

/** Whatever is said there is said to nobody. A bot that is let out of the channel may be let in again. */
const gone: ReadonlySet<DeliveryReason> = new Set<DeliveryReason>(["conversation-gone", "message-gone"]);

function notTaken(post: Post, spot: Spot, refused: Refused, at: Instant): Recorded | undefined {
  const { reason } = refused;
  const root = spot === "home" ? post.home : ownRoot(post);
  if (spot === "own" && post.own.name !== "made") return undefined;
  if (refused.outcome === "giveUp" && root !== undefined && gone.has(reason)) {
    const fact = { type: "PostLost", spot, reason, ...nextBeginning(post.begun[spot], at) } as const;
    return spot === "home" ? { fact, claims: claimOf(root.conversation, "release") } : { fact };
  }
  // Beside the channel of its own there is the thread; beside the thread there is nothing.
  const isOut = root === undefined || reason === "not-in-chat";
  if (refused.outcome === "giveUp" && isOut && spot === "own" && post.own.name === "made") {
    return {
      fact: { type: "PostChannelLost", reason },
      claims: [{ key: postPlaceKey(post.own.channel), change: "release" }],
    };
  }
  // The channel that the config names is not there, or not for us.
  const operator = refused.operator === true || (refused.outcome === "giveUp" && spot === "home");
  return failed(post, spot, { ...refused, operator }, at);
}

function notMade(post: Post, refused: Refused, at: Instant): Recorded | undefined {
  if (post.own.name !== "none") return undefined;
  const { outcome, reason, operator = false } = refused;
  if (reason === "name-taken" && post.own.taken < mostNames)
    return { fact: { type: "PostChannelNameTaken" } };
  const since = post.failing.making?.since ?? at;
  if (outcome === "giveUp" || at - since >= makingFor)
    return { fact: { type: "PostChannelRefused", reason, operator } };
  return failed(post, "making", refused, at);
}

function failed(post: Post, part: Spot | "making", refused: Refused, at: Instant): Recorded {
  const before = post.failing[part];
  const operator = refused.operator === true && before?.operator !== true;
  const { reason } = refused;
  return { fact: { type: "PostFailed", part, reason, ...nextTry(before, refused, at), operator } };
}
