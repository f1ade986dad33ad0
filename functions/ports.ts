// Everything that Muster needs of the world, in small promises. Adapters keep them; one contract suite per port judges
// every adapter alike.

import type { ClaimChange, StreamId, Summary } from "./core/aggregate.ts";
import type { AlertRecord, Disposition, RoutedAlert, Verdict } from "./core/alert.ts";
import type { BusEntry } from "./core/bus.ts";
import type { CarrierName, ChannelName } from "./core/contact.ts";
import type { CallerAct } from "./core/incident/bridge/facts.ts";
import type { DeliveryReason } from "./core/incident/events.ts";
import type { CommandRole } from "./core/roles.ts";
import type { ProbeFound } from "./core/site/facts.ts";
import type { Duration, Instant } from "./core/time.ts";
import type { CallScript } from "./core/voice/script.ts";

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

// ── the journal: streams of events ──────────────────────────────────────────────────────────────────────────────────

export interface Loaded {
  /** Number of commits so far; 0 for a stream that does not exist. */
  readonly version: number;
  readonly epoch: number;
  /** The newest snapshot of the asked-for schema, if there is one. */
  readonly snapshot?: { readonly version: number; readonly state: unknown };
  /** The version that `events` follow: the snapshot's, the one that was known, or 0. */
  readonly after: number;
  /** Oldest first, each commit's in order. */
  readonly events: readonly unknown[];
}

export interface Commit {
  readonly stream: StreamId;
  /** The version that was loaded. */
  readonly expected: number;
  /** Plain JSON; an empty list changes only `nextDue`, `epoch` and `summary` and makes no version. */
  readonly events: readonly { readonly type: string }[];
  readonly claims: readonly ClaimChange[];
  readonly nextDue: Instant | undefined;
  readonly epoch: number;
  readonly summary: Summary | undefined;
  /** Remembered in the same transaction, so that an order that arrives twice is carried out once. */
  readonly cause: string | undefined;
  readonly drill: boolean;
  readonly at: Instant;
}

export type Committed =
  | { readonly outcome: "committed"; readonly version: number }
  /** Somebody else was first: load and decide again. */
  | { readonly outcome: "conflict" }
  | { readonly outcome: "claim-lost"; readonly key: string; readonly holder: StreamId }
  | { readonly outcome: "already-seen" };

export interface Held {
  readonly key: string;
  readonly holder: StreamId;
  readonly detail: string | undefined;
}

export interface HistoryEntry {
  readonly version: number;
  readonly index: number;
  readonly event: unknown;
}

export interface Journal {
  /** `known` is a version of which the caller has the state: then only what came after it is read. */
  load(stream: StreamId, schema: number, known?: number): Promise<Loaded>;
  /** One transaction: events, head, claims and cause, or nothing. Durable when it resolves. */
  append(commit: Commit): Promise<Committed>;
  /** Outside any transaction; a lost snapshot costs time, never truth. */
  saveSnapshot(stream: StreamId, version: number, schema: number, state: unknown): Promise<void>;
  /** The timeline after a version, oldest first. Whole commits: at least `limit` entries, or the last page. */
  history(stream: StreamId, after: number, limit: number): Promise<readonly HistoryEntry[]>;
}

export interface Claims {
  holder(key: string, now: Instant): Promise<Held | undefined>;
  /** All held names that begin with `prefix/`, at most `limit`. */
  held(prefix: string, limit: number, now: Instant): Promise<readonly Held[]>;
}

export interface Timers {
  /** Streams whose nextDue is at or before `now`: the most severe first, drills last, and of those the longest overdue. */
  due(now: Instant, limit: number): Promise<readonly { readonly stream: StreamId; readonly due: Instant }[]>;
}

/** An incident in a list, as it is now. */
export type Listed = Summary & { readonly stream: StreamId; readonly version: number };

/** Newest first. `before` is the `openedAt` of the last one of the page before. */
export interface Incidents {
  open(limit: number, before?: Instant): Promise<readonly Listed[]>;
  ended(limit: number, before?: Instant): Promise<readonly Listed[]>;
}

// ── alerts ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Receipt {
  readonly id: string;
  readonly verdict: Verdict;
}

export interface AlertDetail {
  readonly description: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly link: string | undefined;
}

export interface AlertLedger {
  /** Takes each alert by the rule of core/alert.ts; durable when it resolves; the feed carries those that are news. */
  accept(alerts: readonly RoutedAlert[], now: Instant): Promise<readonly Receipt[]>;
  /** Keeps a large delivery for accept-alerts, in chunks that the feed carries by reference. Durable when it resolves. */
  stash(alerts: readonly RoutedAlert[], now: Instant): Promise<void>;
  /** A chunk; undefined once it was dropped. */
  stashed(ref: string): Promise<readonly RoutedAlert[] | undefined>;
  dropStash(ref: string): Promise<void>;
  read(ids: readonly string[]): Promise<readonly AlertRecord[]>;
  detail(id: string): Promise<AlertDetail | undefined>;
  /** Writes how alerts ended and counts those joined. A settlement of an older revision changes nothing. */
  settle(
    settlements: readonly {
      readonly id: string;
      readonly revision: number;
      readonly disposition: Disposition;
    }[],
  ): Promise<void>;
}

/** What is known of an incident's alerts beside its stream. */
export interface Members {
  /** Whether an alert that was settled into this incident still fires. */
  anyFiring(incident: StreamId): Promise<boolean>;
  /** All alerts ever settled into this incident. */
  count(incident: StreamId): Promise<number>;
  /** The incident is over: its next duplicate is handed on at once. Returns how many were released; call until 0. */
  release(incident: StreamId, limit: number): Promise<number>;
}

// ── delivery ────────────────────────────────────────────────────────────────────────────────────────────────────────

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
  /** E.164. */
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

// ── config ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The organisation as many small items under a content hash, and one pointer. */
export interface ConfigItems {
  pointer(): Promise<string | undefined>;
  item(version: string, key: string): Promise<unknown>;
  write(version: string, items: ReadonlyMap<string, unknown>): Promise<void>;
  /** False when the pointer was not at `from`. */
  switchTo(version: string, from: string | undefined, at: Instant): Promise<boolean>;
  /** Newest first. */
  versions(limit: number): Promise<readonly { readonly version: string; readonly at: Instant }[]>;
}

/** The file that a deployment brought with it. */
export interface ConfigAsset {
  read(): Promise<string>;
}

// ── the bus ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Bus {
  /** Publishes all or says which it could not; the caller tries those again. */
  publish(entries: readonly BusEntry[]): Promise<{ readonly failed: readonly BusEntry[] }>;
}

export interface WakeUps {
  /** A hint to look at the stream then; losing it costs at most a sweep. */
  hint(stream: StreamId, due: Instant, now: Instant): Promise<void>;
}

export interface FeedNews {
  readonly entries: readonly BusEntry[];
  /** The stream wants to be looked at then. */
  readonly hint?: { readonly stream: StreamId; readonly due: Instant };
}

/** Knows the form of the records that the store's feed brings. */
export interface FeedReader {
  /** Throws on a record that it cannot read: the relay lays that one aside and goes on with the next. */
  read(record: unknown): FeedNews;
  /** What a dead letter keeps as its body instead of such a record: enough for redrive to read it again. */
  reference(record: unknown): unknown;
}

export interface DeadLetter {
  readonly id: string;
  /** Which function could not take it. */
  readonly function: string;
  readonly reason: string;
  readonly at: Instant;
  readonly body: unknown;
}

export interface DeadLetters {
  add(letter: DeadLetter): Promise<void>;
  list(limit: number): Promise<readonly DeadLetter[]>;
  /** Puts the letters back on their way; answers how many. */
  redrive(limit: number): Promise<number>;
}

export interface LinkedPage {
  readonly stream: StreamId;
  readonly page: string;
}

/** Addresses at which one page can be answered without signing in: whoever holds one was paged. */
export interface Links {
  sign(page: LinkedPage, until: Instant): Promise<string>;
  /** What the last part of such an address stands for; undefined for what we did not make, or what is past its time. */
  read(token: string, now: Instant): Promise<LinkedPage | undefined>;
}

/** Proves that a call is the provider's own. */
export interface TwilioSignature {
  /** `path` with its query as it was called, below the configured public address. */
  valid(signature: string, path: string, form: Readonly<Record<string, string>>): Promise<boolean>;
}

// ── the bridge ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** How people get into a room by phone. All of it is derived from the hub's key, so that nothing has to be kept. */
export interface DialIn {
  /** E.164; undefined where the hub can't be called. */
  number(): string | undefined;
  /** Six digits, the same for the same bridge and round. */
  pin(incident: StreamId, round: number): Promise<string>;
  /** The claim by which a PIN is found again, and kept from others. */
  claimOf(pin: string): Promise<string>;
  /** Whoever types the same PIN meets in the same room, even while nothing can be looked up. */
  roomOf(pin: string): Promise<string>;
  /** Of the standing emergency room: one for each command role. */
  rolePin(role: CommandRole): Promise<string>;
  /** The emergency room, where this is the PIN of a command role. */
  emergency(pin: string): Promise<{ readonly role: CommandRole; readonly room: string } | undefined>;
}

export type RoomOutcome =
  | { readonly outcome: "done" }
  /** The conference or the call is over. */
  | { readonly outcome: "gone" }
  | { readonly outcome: "retry" | "giveUp" | "unknown"; readonly reason: DeliveryReason };

/** What is done to a live conference from outside. Never throws for a provider's refusal. */
export interface Rooms {
  control(conference: string, call: string, act: CallerAct): Promise<RoomOutcome>;
  /** `at` is the path that says what to speak. */
  announce(conference: string, at: string): Promise<RoomOutcome>;
  /** Ends whatever goes on in the room of this name. */
  close(room: string): Promise<RoomOutcome>;
}

/** What callers said. */
export interface Recordings {
  /** Undefined once it is gone. */
  read(recording: string): Promise<{ readonly type: string; readonly bytes: Uint8Array } | undefined>;
}

/** The chat where responders meet while it can be reached. */
export interface ChatSite {
  /** Posts a line and reads it back. `absent`: this hub has no chat. Never throws for a refusal of the chat's. */
  probe(): Promise<ProbeFound>;
}

/** How a browser signs a person in; nothing of it is secret, for the command post hands it to whoever asks. */
export type SignIn =
  /** One machine: whoever reaches the page is let in. */
  | { readonly mode: "local" }
  | {
      readonly mode: "oidc";
      readonly issuer: string;
      readonly clientId: string;
      readonly scopes: string;
      /** Which token the API takes; the access token where this is left out. */
      readonly bearer?: "access_token" | "id_token";
      /** Origins that the sign-in needs beside the issuer's: that of the token endpoint, where it differs. */
      readonly origins?: readonly string[];
    };

export interface SignInSettings {
  signIn(): SignIn;
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
  readonly chatSite: ChatSite;
  readonly recordings: Recordings;
}
