// What a simulated Teams offers to whoever holds it: a test, a page, the host.
import type { SimulatorReply, SimulatorRequest } from "../twilio/replies.ts";
import type { Timers } from "../twilio/timers.ts";
import type { SimulatedTeams } from "./account.ts";
import type { Json } from "./cards.ts";
import type { Delivered, DeliveryFault, Forged, Sent } from "./delivery.ts";
import type { ChannelHand, UserHand } from "./hands.ts";
import type { Claims } from "./keys.ts";
import type { Channel, ChatMessage } from "./memory.ts";
import type { ChatFaultScript, ChatMode, ChatRoute } from "./modes.ts";
import type { ChatPerson, ChatUser } from "./people.ts";
import type { Rates } from "./rates.ts";
import type { Audience } from "./sign-in.ts";

export interface ChatRequest {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly route?: ChatRoute;
  /** The chat or the channel. */
  readonly conversation?: string;
  readonly status: number | "reset" | "silence";
}

export interface ChatEvent {
  readonly type: "changed";
  readonly conversation: string;
}

export interface ChatSettings {
  /** Where the bot takes activities; asked anew each time. Nothing is delivered where it is left out. */
  readonly deliverTo?: string | (() => string | undefined);
  /** Where the bot reaches this simulator; beside the bot unless said, as where both have one door. */
  readonly serviceUrl?: string | (() => string);
  /** Everybody with an address in Teams is there; where nobody has one, by e-mail. Asked anew each time where it is a function. */
  readonly people?: readonly ChatPerson[] | (() => readonly ChatPerson[]);
  /** By address: those who have not added the app. */
  readonly notInstalledFor?: readonly string[];
  /** Beside General and the one for incidents. */
  readonly channels?: readonly { readonly id: string; readonly name: string }[];
  readonly account?: SimulatedTeams;
  /** As documented unless said. */
  readonly rates?: Rates | "none";
  readonly now?: () => number;
  readonly timers?: Timers;
}

export interface ChatSimulator {
  handle(request: SimulatorRequest): Promise<SimulatorReply>;
  /** What its listener has to let through, so that the connector can refuse what is too large. */
  readonly largestBody: number;
  readonly account: SimulatedTeams;

  /** The connector as a whole, until it behaves otherwise. */
  behave(mode: ChatMode): void;
  readonly mode: ChatMode;
  /** Each once unless it says how often; before how the whole behaves. */
  fail(...faults: readonly ChatFaultScript[]): void;
  /** Of the way to the bot. */
  failDelivery(...faults: readonly DeliveryFault[]): void;
  mend(): void;
  /** Whether Graph lets the app make channels; it does unless said. */
  consent(isGiven: boolean): void;

  /** Tells the bot where it is installed, as Teams did when it was: in the team and for everybody who has it. */
  announce(): Promise<void>;
  users(): readonly ChatUser[];
  /** By upn, object id or MRI; throws for nobody. */
  user(name: string): UserHand;
  channels(): readonly Channel[];
  /** By id or name; throws for none. */
  channel(name: string): ChannelHand;
  /** The app is added to the team, or taken away; the bot is told. */
  joinTeam(): Promise<void>;
  leaveTeam(): Promise<void>;

  /** Of a chat, a channel with all its threads, or one thread (`19:…;messageid=…`). */
  said(conversation: string): readonly ChatMessage[];
  message(conversation: string, id: string): ChatMessage | undefined;
  /** Everything that the bot asked, the oldest first. */
  requests(): readonly ChatRequest[];
  /** Everything that the bot was told, and what it answered. */
  sent(): readonly Sent[];
  /** Any activity, signed as Teams would or otherwise. */
  deliver(activity: Json, forged?: Forged): Promise<Delivered>;
  /** As Entra would give it to the bot. */
  appToken(audience?: Audience): string;
  /** As the tab's sign-in would give it to this person. */
  tabToken(name: string, claims?: Claims): string;

  subscribe(listener: (event: ChatEvent) => void): () => void;
  /** When nothing is on its way to the bot any more. */
  settled(): Promise<void>;
  close(): void;
}
