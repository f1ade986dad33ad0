// Everything that Muster needs of the world, in small promises. Adapters keep them; one contract suite per port judges
// every adapter alike. The promises stand by theme in ports/, and everybody takes them from here.
import type { Instant } from "./core/time.ts";
import type { AlertLedger, Members } from "./ports/alerts.ts";
import type { Bus, DeadLetters, FeedReader, WakeUps } from "./ports/bus.ts";
import type { Chat, ChatChannels } from "./ports/chat.ts";
import type { ConfigAsset, ConfigItems } from "./ports/config.ts";
import type { CallScripts, CarrierNames, Channels, Leases, SecondCarrier } from "./ports/delivery.ts";
import type { Claims, Incidents, Journal, Timers } from "./ports/journal.ts";
import type { ChatSite, DialIn, Recordings, Rooms } from "./ports/meeting.ts";
import type { BotProof, CommandPost, Links, SignInSettings, TwilioSignature } from "./ports/proof.ts";

export type * from "./ports/alerts.ts";
export type * from "./ports/bus.ts";
export type * from "./ports/chat.ts";
export type * from "./ports/config.ts";
export type * from "./ports/delivery.ts";
export type * from "./ports/journal.ts";
export type * from "./ports/meeting.ts";
export type * from "./ports/proof.ts";

/** The time of day. Nothing else in Muster reads a clock. */
export interface Clock {
  readonly now: () => Instant;
}

/** Names that nobody can guess or repeat. */
export interface Mint {
  /** Sortable by time of making, URL-safe, 26 characters. */
  id(): string;
  /** A reply code: the letter of this region and four digits, for example A4821. Not known to be free. */
  code(): string;
}

export interface Ports {
  readonly clock: Clock;
  readonly mint: Mint;
  readonly journal: Journal;
  readonly claims: Claims;
  readonly timers: Timers;
  readonly incidents: Incidents;
  readonly alerts: AlertLedger;
  readonly members: Members;
  readonly leases: Leases;
  readonly channels: Channels;
  readonly secondCarrier: SecondCarrier;
  readonly carrierNames: CarrierNames;
  readonly configItems: ConfigItems;
  readonly configAsset: ConfigAsset;
  readonly bus: Bus;
  readonly wakeUps: WakeUps;
  readonly feedReader: FeedReader;
  readonly deadLetters: DeadLetters;
  readonly twilioSignature: TwilioSignature;
  readonly callScripts: CallScripts;
  readonly links: Links;
  readonly signInSettings: SignInSettings;
  readonly dialIn: DialIn;
  readonly rooms: Rooms;
  readonly chat: Chat;
  readonly chatChannels: ChatChannels;
  readonly botProof: BotProof;
  readonly commandPost: CommandPost;
  readonly chatSite: ChatSite;
  readonly recordings: Recordings;
}
