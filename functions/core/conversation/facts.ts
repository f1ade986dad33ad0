// Every order and every fact about one conversation that the bot can have: with one person, or in a channel.
import type { Envelope } from "../command.ts";
import type { EventMeta } from "../incident/events.ts";
import type { Instant } from "../time.ts";

/** Somebody of the chat's directory. */
export interface Acquaintance {
  /** As the chat names the account among its conversations: `29:…`. */
  readonly id: string;
  /** User principal name, lower case, where it is known. */
  readonly name?: string;
  /** When the chat last gave that name. */
  readonly namedAt?: Instant;
}

/** What an activity, or the chat's own answer, tells of a conversation. */
export interface Learned {
  readonly tenant: string;
  readonly serviceUrl: string;
  /** Undefined while nobody has spoken one to one yet. */
  readonly conversation?: string;
  readonly person?: Acquaintance;
  /** Of a channel: its team, as the chat names it. */
  readonly team?: string;
}

export type ConversationOrder =
  | ({ readonly type: "Learn" } & Learned)
  /** The app was taken away, or the conversation is no longer there. */
  | { readonly type: "Lose"; readonly why: "uninstalled" | "gone" }
  /** Somebody else bears this name now. */
  | { readonly type: "GiveUpName" };
export type ConversationCommand = Envelope & ConversationOrder;

export type ConversationFact =
  | ({ readonly type: "ConversationLearned" } & Learned)
  | { readonly type: "ConversationLost"; readonly why: "uninstalled" | "gone" }
  | { readonly type: "NameGivenUp"; readonly name: string };
export type ConversationEvent = ConversationFact & EventMeta;
