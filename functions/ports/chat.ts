// The chat through which a bot speaks: where it speaks, what it says, and what the chat makes of that.
import type { DeliveryReason } from "../core/incident/events.ts";
import type { Duration } from "../core/time.ts";

/** A conversation as the chat names it, and the address at which it takes words for it. */
export interface Place {
  readonly serviceUrl: string;
  /** Of a thread: the channel's id, `;messageid=`, and the id of the post at its head. */
  readonly conversation: string;
}

/** An Adaptive Card as JSON. */
export type Card = Readonly<Record<string, unknown>>;

/** Either words or a card: of both in one the chat may not tell the name that it gave them. */
export type ChatMessage =
  /** Plain text: whatever looks like markup in it is shown as it is. */
  | { readonly text: string }
  /** `summary` is what a notification shows of it. */
  | { readonly card: Card; readonly summary: string };

/** Why the chat did not take something. */
export type ChatRefusal =
  | { readonly outcome: "retry"; readonly reason: DeliveryReason; readonly after?: Duration }
  /** A retry would fail the same way. `operator`: somebody has to mend something. */
  | { readonly outcome: "giveUp"; readonly reason: DeliveryReason; readonly operator: boolean }
  | { readonly outcome: "unknown"; readonly reason: DeliveryReason };

/** `activity` names what was said; undefined where the chat took it without saying as what. */
export type Posted = { readonly outcome: "done"; readonly activity: string | undefined } | ChatRefusal;

/** How this hub's bot is known to the chat. */
export interface Bot {
  /** Its app's id; the chat writes it `28:{id}`. */
  readonly app: string;
  /** The tenant that people are in. */
  readonly tenant: string;
  /** Where the chat takes words while no better address was learned. */
  readonly serviceUrl: string;
}

export interface ChatMember {
  /** Of the account in the directory: an object id, lower case. */
  readonly user: string;
  /** As the chat names it among its conversations: `29:…`. */
  readonly id: string;
  /** User principal name, lower case; undefined for whoever has none. */
  readonly name: string | undefined;
  /** Undefined where the roster does not say: that of the conversation. */
  readonly tenant: string | undefined;
}

/** Never throws for a refusal: it says what happened. */
export interface Chat {
  /** Undefined where this hub has no bot. */
  bot(): Bot | undefined;
  post(place: Place, message: ChatMessage): Promise<Posted>;
  /** Takes the place of what stands there. */
  change(place: Place, activity: string, message: ChatMessage): Promise<Posted>;
  /** Begins a thread in a channel; its conversation is the thread's. */
  begin(
    channel: Place,
    message: ChatMessage,
  ): Promise<
    | { readonly outcome: "done"; readonly conversation: string; readonly activity: string | undefined }
    | ChatRefusal
  >;
  /** The conversation with one person alone. `user` is an object id or the chat's own name for it. */
  meet(
    user: string,
    tenant: string,
    serviceUrl: string,
  ): Promise<{ readonly outcome: "done"; readonly conversation: string } | ChatRefusal>;
  /**
   * Somebody of the roster at this place, by object id, user principal name, or the chat's own name. "not-in-chat" is said
   * of whoever is asked about, "conversation-gone" of a place that the bot is no part of.
   */
  member(
    place: Place,
    who: string,
  ): Promise<{ readonly outcome: "done"; readonly member: ChatMember } | ChatRefusal>;
}

export interface NewChannel {
  readonly name: string;
  readonly description: string;
  /** Only those who are added see it. */
  readonly isPrivate: boolean;
  /** Who is in a private one from the beginning, by object id or user principal name; the first of them owns it. */
  readonly members?: readonly string[];
}

/** What a bot alone may not do, and the organisation has to consent to. */
export interface ChatChannels {
  /** `team` is the group's id. */
  create(
    team: string,
    channel: NewChannel,
  ): Promise<
    { readonly outcome: "done"; readonly channel: string; readonly link: string | undefined } | ChatRefusal
  >;
}
