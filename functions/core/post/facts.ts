// Every order and every fact about one incident's place in the chat: the post at the head of its thread, the channel of its
// own, and how far what is shown there has followed the incident.
import type { Envelope } from "../command.ts";
import type { DeliveryReason, EventMeta } from "../incident/events.ts";
import type { Instant } from "../time.ts";

export type PostOrder =
  /** The incident is at this version now. */
  | { readonly type: "Follow"; readonly version: number }
  /** Look at the clock: whatever is due happens, and nothing else. */
  | { readonly type: "PassTime" };
export type PostCommand = Envelope & PostOrder;

export type PostFact =
  /** Somebody brings the chat up to date now. */
  | { readonly type: "PostWanted"; readonly version: number }
  /** It was up to date moments ago: it waits, so that one change is shown and not ten. */
  | { readonly type: "PostDeferred"; readonly version: number; readonly until: Instant }
  | { readonly type: "PostFailed"; readonly reason: DeliveryReason; readonly until?: Instant };
export type PostEvent = PostFact & EventMeta;
