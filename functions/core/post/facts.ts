// Every order and every fact about one incident's place in the chat: the post at the head of its thread, the channel of its
// own, and how far what is shown and told there has followed the incident.
import type { Envelope } from "../command.ts";
import type { DeliveryReason, EventMeta } from "../incident/events.ts";
import type { Duration, Instant } from "../time.ts";

/** A channel in which the incident is shown: the one that the config names, and one of its own. */
export type Spot = "home" | "own";
/** What can fail by itself: speaking in either channel, and making one. */
export type Part = Spot | "making";

/** What the thread is told beside the incident's own timeline, in words of the edge. */
export type News = "own-channel" | "no-channel" | "channel-gone";

export interface Refused {
  readonly outcome: "retry" | "giveUp" | "unknown";
  readonly reason: DeliveryReason;
  readonly after?: Duration;
  /** Somebody has to mend something. */
  readonly operator?: boolean;
}

/** What whoever brings the chat up to date found out, or did. */
export type Done =
  /** A card stands at the head of a new thread; `activity` is left out where the chat did not say as what it took it. */
  | {
      readonly what: "begun";
      readonly spot: Spot;
      readonly conversation: string;
      readonly activity?: string;
      /** The incident's version that the card shows. */
      readonly version: number;
    }
  | { readonly what: "channel-made"; readonly channel: string; readonly link?: string }
  /** The timeline up to this version stands in the thread; `spot` is left out where nothing of it may be told anywhere. */
  | { readonly what: "told"; readonly version: number; readonly spot?: Spot }
  | { readonly what: "news-told"; readonly news: News }
  | ({ readonly what: "refused"; readonly part: Part } & Refused);

export type PostOrder =
  /** The incident is at this version now. */
  | { readonly type: "Follow"; readonly version: number }
  | ({ readonly type: "Record" } & Done)
  /** All that could be done now was done. `more`: there was no time for the rest. */
  | {
      readonly type: "Finish";
      readonly update: string;
      readonly version: number;
      readonly changed: readonly Spot[];
      readonly more: boolean;
    }
  /** Look at the clock: whatever is due happens, and nothing else. */
  | { readonly type: "PassTime" };
export type PostCommand = Envelope & PostOrder;

export type PostFact =
  /** Somebody brings the chat up to date now; asked for again at `until` if nobody says what became of it. */
  | {
      readonly type: "PostWanted";
      readonly update: string;
      readonly version: number;
      readonly until: Instant;
      /** How often in a row nobody said what became of it. */
      readonly lost: number;
    }
  /** It was up to date moments ago, or is being brought so: it waits, so that one change is shown and not ten. */
  | { readonly type: "PostDeferred"; readonly version: number; readonly until: Instant }
  | {
      readonly type: "PostFinished";
      readonly update: string;
      readonly version: number;
      readonly changed: readonly Spot[];
      /** There is more to show or to tell. */
      readonly until?: Instant;
    }
  | {
      readonly type: "PostBegun";
      readonly spot: Spot;
      readonly conversation: string;
      readonly activity?: string;
      readonly version: number;
    }
  /** The message or its thread is not there any more; another one is put up, at `until` where it is set. */
  | {
      readonly type: "PostLost";
      readonly spot: Spot;
      readonly reason: DeliveryReason;
      readonly until?: Instant;
    }
  | { readonly type: "PostTold"; readonly version: number; readonly spot?: Spot }
  | { readonly type: "PostNewsTold"; readonly news: News }
  /** Tried again at `until`; only if the incident goes on where it is left out. */
  | {
      readonly type: "PostFailed";
      readonly part: Part;
      readonly reason: DeliveryReason;
      readonly until?: Instant;
      /** Somebody has to mend something, and was not told so yet. */
      readonly operator: boolean;
    }
  | { readonly type: "PostChannelMade"; readonly channel: string; readonly link?: string }
  /** Something else has that name: the next try is another one. */
  | { readonly type: "PostChannelNameTaken" }
  /** No channel can be made: the thread goes on being the place. */
  | { readonly type: "PostChannelRefused"; readonly reason: DeliveryReason; readonly operator: boolean }
  | { readonly type: "PostChannelLost"; readonly reason: DeliveryReason };
export type PostEvent = PostFact & EventMeta;
