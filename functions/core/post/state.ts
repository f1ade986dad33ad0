// What is known of one incident's place in the chat.
import { incidentId, type StreamId } from "../aggregate.ts";
import type { Instant } from "../time.ts";
import type { News, Part, Spot } from "./facts.ts";

export interface Post {
  readonly stage: Stage;
  /** Updates so far: the next one's number. */
  readonly updates: number;
  /** When the last one was wanted. */
  readonly last: Instant;
  /** The newest version of the incident that somebody wanted shown. */
  readonly asked: number;
  /** The one that was looked at when an update last finished. */
  readonly shown: number;
  readonly home: Root | undefined;
  readonly own: OwnChannel;
  /** Cards at the head of a thread so far: whatever keeps vanishing is put up again ever more slowly. */
  readonly begun: Readonly<Record<Spot, number>>;
  /** How far the incident's timeline stands in the thread. */
  readonly told: number;
  /** Still to be said in the thread. */
  readonly news: readonly News[];
  readonly failing: { readonly [part in Part]?: Failing };
}

export type Stage =
  | { readonly name: "idle" }
  | { readonly name: "waiting"; readonly until: Instant }
  | {
      readonly name: "under-way";
      readonly update: string;
      readonly version: number;
      readonly until: Instant;
      readonly lost: number;
      /** The incident went on meanwhile. */
      readonly again: boolean;
    };

/** The card at the head of a thread. */
export interface Root {
  readonly conversation: string;
  /** Undefined where the chat took it without saying as what: it can't be changed. */
  readonly activity: string | undefined;
  /** The incident's version that it shows. */
  readonly shows: number;
}

export type OwnChannel =
  /** `taken`: how many names turned out to be somebody else's. */
  | { readonly name: "none"; readonly taken: number }
  | { readonly name: "refused" | "lost" }
  | {
      readonly name: "made";
      readonly channel: string;
      readonly link: string | undefined;
      readonly root: Root | undefined;
    };

export interface Failing {
  /** The first failure of those that came in a row. */
  readonly since: Instant;
  readonly at: Instant;
  readonly times: number;
  readonly until: Instant | undefined;
  readonly operator: boolean;
}

export const unposted: Post = {
  stage: { name: "idle" },
  updates: 0,
  last: 0,
  asked: 0,
  shown: 0,
  home: undefined,
  own: { name: "none", taken: 0 },
  begun: { home: 0, own: 0 },
  told: 0,
  news: [],
  failing: {},
};

export const postStream = (incident: StreamId): StreamId => `post/${incidentId(incident)}`;
export const incidentOfPost = (post: StreamId): StreamId => `incident/${post.slice("post/".length)}`;
/** By it whoever writes in a thread, or in an incident's own channel, is understood. The stream that holds it is the post's. */
export const postPlaceKey = (conversation: string): string => `post-place/${conversation}`;
