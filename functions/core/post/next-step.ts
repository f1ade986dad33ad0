// What is done next in the chat for one incident, until nothing is left that can be done now.
import type { Instant } from "../time.ts";
import type { News, Part, Spot } from "./facts.ts";
import { openAt } from "./pace.ts";
import type { Post, Root } from "./state.ts";

export type Step =
  /** The card as it is now at the head of a new thread. */
  | { readonly step: "begin"; readonly spot: Spot }
  | {
      readonly step: "change";
      readonly spot: Spot;
      readonly conversation: string;
      readonly activity: string;
    }
  | { readonly step: "say"; readonly news: News; readonly conversation: string }
  /** What happened since `after`; the conversation is left out where nobody may be told. */
  | {
      readonly step: "tell";
      readonly after: number;
      readonly to?: { readonly spot: Spot; readonly conversation: string };
    }
  /** `taken`: how many names turned out to be somebody else's. */
  | { readonly step: "make-channel"; readonly taken: number };

export interface Look {
  readonly now: Instant;
  /** The incident's. */
  readonly version: number;
  /** It is declared, and not over. */
  readonly declared: boolean;
  /** Nothing of it may be read by everybody. */
  readonly sensitive: boolean;
  /** The config asks for a channel of its own, and says in which team. */
  readonly ownChannels: boolean;
  /** Done in this update: each once, so that none becomes a flood. */
  readonly changed: readonly Spot[];
  readonly told: boolean;
}

export function nextStep(post: Post, look: Look): Step | undefined {
  return (
    showing(post, "home", post.home, look) ??
    (post.own.name === "made" ? showing(post, "own", post.own.root, look) : undefined) ??
    saying(post, look) ??
    telling(post, look) ??
    making(post, look)
  );
}

const isOpen = (post: Post, part: Part, { now }: Look): boolean => openAt(post, part) <= now;

function showing(post: Post, spot: Spot, root: Root | undefined, look: Look): Step | undefined {
  if (!isOpen(post, spot, look)) return undefined;
  if (root === undefined) return { step: "begin", spot };
  const { activity, conversation, shows } = root;
  if (activity === undefined || shows >= look.version || look.changed.includes(spot)) return undefined;
  return { step: "change", spot, conversation, activity };
}

function saying(post: Post, look: Look): Step | undefined {
  const [news] = post.news;
  if (news === undefined || post.home === undefined || !isOpen(post, "home", look)) return undefined;
  return { step: "say", news, conversation: post.home.conversation };
}

function telling(post: Post, look: Look): Step | undefined {
  const { own, home, told } = post;
  if (told >= look.version || look.told) return undefined;
  const tell = { step: "tell", after: told } as const;
  if (own.name !== "made" && look.sensitive) return mayBeMade(post, look) ? undefined : tell;
  const spot = own.name === "made" ? "own" : "home";
  const root = own.name === "made" ? own.root : home;
  if (root === undefined || !isOpen(post, spot, look)) return undefined;
  return { ...tell, to: { spot, conversation: root.conversation } };
}

const mayBeMade = ({ own }: Post, { ownChannels, declared }: Look): boolean =>
  own.name === "none" && ownChannels && declared;

function making(post: Post, look: Look): Step | undefined {
  if (post.own.name !== "none" || !mayBeMade(post, look) || !isOpen(post, "making", look)) return undefined;
  return { step: "make-channel", taken: post.own.taken };
}
