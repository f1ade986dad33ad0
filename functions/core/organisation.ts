// What the config file says, checked and with its defaults filled in.
import type { Identity } from "./account/account.ts";
import type { ChannelName, ContactStep } from "./contact.ts";
import type { Policy } from "./policy.ts";
import type { CommandRole } from "./roles.ts";
import type { Importance, Urgency } from "./severity.ts";

export const sourceKinds = ["alertmanager", "generic", "cloudwatch"] as const;
export type SourceKind = (typeof sourceKinds)[number];

export interface Person {
  readonly id: string;
  readonly name: string;
  /** Recognised by it at sign-in where there are no identities, if the identity provider verified it. */
  readonly email?: string;
  /** The accounts with which this person signs in. */
  readonly identities?: readonly Identity[];
  /** BCP 47: what a call speaks to this person, where it is known; English otherwise. */
  readonly language?: string;
  /** IANA name; times in this person's messages are given in it. */
  readonly timeZone: string;
  readonly methods: readonly {
    readonly id: string;
    readonly channel: ChannelName;
    readonly address: string;
  }[];
  readonly steps: Readonly<Record<Urgency, readonly ContactStep[]>>;
}

export interface Service {
  readonly id: string;
  readonly name: string;
  readonly importance: Importance;
  readonly policy: string;
}

export interface SourceEntry {
  readonly id: string;
  readonly kind: SourceKind;
  /** SHA-256 of each key that opens it, hex. */
  readonly keyHashes: readonly string[];
  /** AWS accounts whose alarms it takes from the bus (cloudwatch). */
  readonly accounts: readonly string[];
  /** Everything from it is a drill. */
  readonly drill: boolean;
}

/** First match wins; the last route matches everything. */
export interface Route {
  readonly source?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly service: string;
  /** Labels that tell incidents of one service apart; none: one incident per service. */
  readonly groupBy: readonly string[];
}

/** Where incidents are shown and talked about. */
export interface ChatPlan {
  /** The channel's id, `19:…`: each incident gets a post and a thread in it. */
  readonly channel: string;
  /** The id of its team's group; without it no channel can be made. */
  readonly team?: string;
  /** A declared incident gets a channel of its own. */
  readonly ownChannels: boolean;
}

/** Who holds which command role, in the order in which they are called when nothing else works. */
export type Emergency = { readonly [Role in CommandRole]?: readonly string[] };

export interface Organisation {
  readonly name: string;
  readonly people: readonly Person[];
  /** Calling codes of the countries that people's phones belong to, without the plus. */
  readonly callingCodes: readonly string[];
  readonly policies: readonly Policy[];
  readonly services: readonly Service[];
  readonly sources: readonly SourceEntry[];
  readonly routes: readonly Route[];
  readonly emergency?: Emergency;
  readonly chat?: ChatPlan;
  /** What whoever calls the hub's number for help may choose by key: at most eight services. */
  readonly line: readonly string[];
}
