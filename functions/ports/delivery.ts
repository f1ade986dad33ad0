// Words on their way to one person: the lease before the call, the message, and what came of it.
import type { StreamId } from "../core/aggregate.ts";
import type { CarrierName, ChannelName } from "../core/contact.ts";
import type { DeliveryReason } from "../core/incident/events.ts";
import type { Duration, Instant } from "../core/time.ts";
import type { CallScript } from "../core/voice/script.ts";
import type { ChatMessage, Place } from "./chat.ts";

export type LeaseOutcome =
  | { readonly outcome: "begun" }
  /** The incident moved on since `epoch`: load and look again. */
  | { readonly outcome: "moved-on" }
  /** Somebody else began it and may still be at it. */
  | { readonly outcome: "in-flight" }
  /** It was begun and its holder is gone, or its outcome is known. */
  | { readonly outcome: "lapsed" }
  | { readonly outcome: "finished" };

export interface Leases {
  /** Commits the intent to call a provider, if the incident's paging epoch is still `epoch`. Durable when it resolves. */
  begin(
    delivery: string,
    stream: StreamId,
    epoch: number,
    now: Instant,
    until: Instant,
  ): Promise<LeaseOutcome>;
  finish(delivery: string): Promise<void>;
}

export interface Outbound {
  /** E.164; in the chat the name or the object id. */
  readonly to: string;
  /** Required of every outbound message: a sender that does not say cannot compile. */
  readonly drill: boolean;
  /** By it a message whose fate is unknown is found again; it stands in a text. */
  readonly reference: string;
  /** Path below the public address to which the provider reports what became of it; empty where nobody waits for that. */
  readonly reportTo: string;
  /** After this it is not worth delivering any more. */
  readonly validFor: Duration;
}

export interface OutboundText extends Outbound {
  readonly text: string;
}

export interface OutboundCall extends Outbound {
  /** Path below the public address that says what to speak, asked only when somebody picks up. */
  readonly answerAt: string;
  /** Path to which the provider reports whether a machine picked up; left out where nothing depends on it. */
  readonly machineTo?: string;
  readonly ringFor: Duration;
}

/** For one person's chat. */
export interface OutboundChat extends Outbound {
  /** Where the bot and this person speak one to one. */
  readonly at: Place;
  readonly message: ChatMessage;
}

/** What the second carrier speaks: one way, no keys. */
export interface OutboundSpeech extends Outbound {
  readonly text: string;
  /** A language tag, such as en-GB. */
  readonly language: string;
}

export type Delivery =
  | { readonly outcome: "done"; readonly receipt: string }
  | { readonly outcome: "retry"; readonly reason: DeliveryReason; readonly after?: Duration }
  /** A retry would fail the same way. `operator`: somebody has to mend something; `method`: this address is bad. */
  | {
      readonly outcome: "giveUp";
      readonly reason: DeliveryReason;
      readonly operator: boolean;
      readonly method?: "bounced" | "opted-out";
    }
  | { readonly outcome: "unknown"; readonly reason: DeliveryReason };

/** Carries words to one person. Never throws for a delivery problem: it says what happened. */
export interface Channel<Message extends Outbound> {
  send(message: Message): Promise<Delivery>;
  /** Looks up a message that may have gone out since then: done if it did, giveUp if it surely did not, else unknown. */
  find(message: Message, since: Instant): Promise<Delivery>;
}

export interface Caller extends Channel<OutboundCall> {
  /** Takes back a call that still waits or rings; one in which somebody speaks goes on. Never throws for a delivery problem. */
  takeBack(receipt: string): Promise<"taken-back" | "too-late" | "unknown">;
}

/** What each channel carries; a channel without its line does not compile. */
interface Outgoing {
  readonly sms: OutboundText;
  readonly voice: OutboundCall;
  readonly teams: OutboundChat;
}
export type MessageOf<Name extends ChannelName> = Outgoing[Name];

/** The same for all channels: send, and look up. */
export type Carriers = { readonly [Name in ChannelName]: Channel<MessageOf<Name>> };

export interface Channels extends Carriers {
  readonly voice: Caller;
}

/** Another way out when the first provider is down as a whole; undefined where the deployment has none. */
export interface SecondCarrier {
  readonly sms: Channel<OutboundText> | undefined;
  readonly voice: Channel<OutboundSpeech> | undefined;
}

/** The carriers that this deployment has, for whoever only tells of them. */
export interface CarrierNames {
  all(): readonly CarrierName[];
}

/** Writes a call's script in the provider's own language. */
export interface CallScripts {
  render(script: CallScript): string;
}
