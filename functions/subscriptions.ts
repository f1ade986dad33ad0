// The system on one screen: which function hears which route, event or clock, and what it may use. Both hosts are built
// from this table: the cloud's rules, queues and grants, and the laptop's loop.
import type { StreamKind } from "./core/aggregate.ts";
import type { IncidentFact } from "./core/incident/events.ts";
import type { HeldFact } from "./core/limits/held.ts";
import type { CardFact } from "./core/person/facts.ts";
import type { PostFact } from "./core/post/facts.ts";
import type { Right } from "./core/rights.ts";
import type { SiteFact } from "./core/site/facts.ts";
import type { Ports } from "./ports.ts";

type Fact = IncidentFact | SiteFact | CardFact | PostFact | HeldFact;
export type EventType = Fact["type"] | "AlertAccepted" | "AlertsStashed";
export type PortName = keyof Ports;
export type MethodOf<Port extends PortName> = keyof Ports[Port] & string;
/** `METHOD /path/{parameter}`. */
export type Route = `${"GET" | "POST"} /${string}`;

/**
 * What a caller from anywhere shows to be let in, checked by the function itself: a source's key, Twilio's signature, a token
 * of the chat's service, or a link that this hub signed.
 */
export type Proof = "key" | "signature" | "token" | "link";

export interface Subscription {
  readonly routes?: readonly Route[];
  /** Its routes ask for a sign-in: the right that the account needs for each of them (signed-in.ts). */
  readonly signedIn?: Right;
  /** Of routes that machines and links of texts call. Neither this nor `signedIn`: a file that everybody may read. */
  readonly proof?: Proof;
  /** Our own events, each function through a queue of its own. */
  readonly on?: readonly EventType[];
  /** Events of others: from the account's own bus and from the intake bus. */
  readonly hears?: {
    readonly source: readonly string[];
    readonly detailType: readonly string[];
    /** From the account's own bus only: nobody else may say such things. */
    readonly ownAccount?: true;
  };
  /** Texts from people, brought by the second carrier. */
  readonly texts?: true;
  /** The store's feed. */
  readonly feed?: true;
  /** The wake-up queue, and the sweep. */
  readonly wakeUps?: true;
  readonly every?: "1 minute";
  /** Once per deployment. */
  readonly onDeploy?: true;
  readonly uses: readonly PortName[];
  /** Of a used port, the only promises that the function may call; all of them where it is left out. */
  readonly only?: { readonly [Port in PortName]?: readonly MethodOf<Port>[] };
  /** Of the journal's streams, the kinds that it reads and those that it commits to; incidents and people where they are left out. */
  readonly reads?: readonly StreamKind[];
  readonly writes?: readonly StreamKind[];
  /** Of the streams whose deliveries it carries, and which bear its leases, the kinds; incidents where they are left out. */
  readonly carries?: readonly StreamKind[];
}

const deciding = ["clock", "mint", "journal", "members", "configItems"] as const;
/** Config is read by all and written by one. */
const reading = { configItems: ["pointer", "item"] } as const;
/** Of the journal, what a decision needs. */
const writing = { journal: ["load", "append", "saveSnapshot"] } as const;
/** One to one in the chat, with somebody to whom the bot may never have spoken before. */
const speaking = { claims: ["holder"], chat: ["bot", "meet", "member"] } as const;
/** Who is signed in, and which person of the config that is. */
const signedIn = ["clock", "configItems", "signInSettings"] as const;
const looking = { ...reading, members: ["anyFiring", "count"] } as const;

/** Where alerts join and end, and where the clock ends a fold, it matters which of them fire. */
const surveying = { ...reading, members: ["anyFiring", "firing", "count"] } as const;

export const subscriptions = {
  // alerts in
  "receive-alert": {
    routes: ["POST /alerts/{source}", "POST /alerts/{source}/{key}"],
    proof: "key",
    uses: ["clock", "alerts", "configItems"],
    only: { ...reading, alerts: ["accept", "stash"] },
  },
  "receive-alarm": {
    hears: { source: ["aws.cloudwatch"], detailType: ["CloudWatch Alarm State Change"] },
    uses: ["clock", "alerts", "configItems"],
    only: { ...reading, alerts: ["accept"] },
  },
  "accept-alerts": {
    on: ["AlertsStashed"],
    uses: ["clock", "alerts"],
    only: { alerts: ["accept", "stashed", "dropStash"] },
  },
  "handle-alert": {
    on: ["AlertAccepted"],
    uses: [...deciding, "claims", "alerts"],
    only: { ...surveying, claims: ["holder"], alerts: ["read", "settle"] },
    reads: ["incident", "person"],
    writes: ["incident"],
  },
  "hand-on-alerts": {
    every: "1 minute",
    uses: ["clock", "alerts"],
    only: { alerts: ["handOn"] },
  },
  "release-alerts": {
    on: ["IncidentStoodDown", "IncidentClosed"],
    uses: ["members"],
    only: { members: ["release"] },
  },
  // pages and notices out
  "send-page": {
    on: ["DeliveryWanted"],
    uses: [...deciding, "claims", "leases", "channels", "secondCarrier", "links", "chat", "commandPost"],
    only: { ...looking, ...speaking, links: ["sign"] },
    reads: ["incident", "person", "provider", "conversation"],
    writes: ["incident", "person", "provider", "conversation"],
  },
  "send-notice": {
    on: ["NoticeWanted"],
    uses: [...deciding, "claims", "leases", "channels", "secondCarrier", "dialIn", "chat"],
    only: {
      ...looking,
      ...speaking,
      channels: ["sms", "teams"],
      secondCarrier: ["sms"],
      dialIn: ["number", "pin"],
    },
    reads: ["incident", "person", "provider", "conversation"],
    writes: ["incident", "person", "provider", "conversation"],
  },
  // what still rings for nothing
  "end-calls": {
    on: ["PageAcknowledged", "PageDeclined", "PageEscalated", "PageExpired", "PageCancelled"],
    uses: ["journal", "channels"],
    only: { journal: ["load"], channels: ["voice"] },
    reads: ["incident"],
  },
  // the chat: its bot's door, the cards that still ask, and the place of each incident
  "receive-activity": {
    routes: ["GET /teams/messages", "POST /teams/messages"],
    proof: "token",
    uses: [...deciding, "claims", "alerts", "incidents", "leases", "chat", "botProof", "commandPost"],
    only: {
      ...looking,
      claims: ["holder", "held"],
      alerts: ["accept", "read"],
      incidents: ["open"],
      chat: ["bot", "member", "meet", "post", "change"],
    },
    reads: ["incident", "person", "site", "conversation", "line", "held"],
    writes: ["incident", "conversation", "line", "held"],
    carries: ["conversation"],
  },
  "update-cards": {
    on: [
      "DeliveryHanded",
      "SeverityRaised",
      "LeadAlertChanged",
      "PageAcknowledged",
      "PageDeclined",
      "PageEscalated",
      "PageExpired",
      "PageCancelled",
      "RequestSatisfied",
      "RequestReopened",
      "AcknowledgementQuestioned",
      "AcknowledgementRenewed",
      "ArrivalPromised",
      "SignedIn",
      "BridgeOpened",
      "BridgeEnded",
      "IncidentDeclared",
      "IncidentClosed",
      "IncidentStoodDown",
    ],
    uses: ["clock", "journal", "configItems", "claims", "chat", "commandPost"],
    only: { ...reading, journal: ["load"], claims: ["holder"], chat: ["bot", "change"] },
    reads: ["incident", "conversation"],
  },
  "update-site": {
    // What the chat is told, and what else changes on the card; the rest is shown with the next of these.
    on: [
      "PostWanted",
      "IncidentOpened",
      "AlertsJoined",
      "SymptomsEnded",
      "LeadAlertChanged",
      "SeverityRaised",
      "SignalCleared",
      "SignalReturned",
      "AllClearBelieved",
      "IncidentDeclared",
      "IncidentClosed",
      "IncidentStoodDown",
      "LevelStarted",
      "CatchAllPaged",
      "NobodyReachable",
      "PageAcknowledged",
      "PageDeclined",
      "PageEscalated",
      "RequestTaken",
      "RequestSatisfied",
      "RequestPaused",
      "RequestResumed",
      "RequestReopened",
      "ArrivalPromised",
      "SignedIn",
      "CanReported",
      "BridgeOpened",
      "MovedToBridge",
      "CallerJoined",
      "CallerLeft",
      "ConferenceEnded",
      "ReturnedToChat",
      "BridgeEnded",
    ],
    uses: ["clock", "journal", "members", "configItems", "leases", "chat", "chatChannels", "commandPost"],
    only: { ...reading, members: ["count"], chat: ["bot", "post", "change", "begin"] },
    reads: ["incident", "conversation", "post"],
    writes: ["post"],
    carries: ["post"],
  },
  // the phone bridge
  "open-bridge": {
    on: ["BridgeWanted"],
    uses: [...deciding, "dialIn"],
    only: { ...looking, dialIn: ["pin", "claimOf", "emergency"] },
    reads: ["incident", "person"],
    writes: ["incident"],
  },
  "call-in": {
    on: ["CallInWanted"],
    uses: [...deciding, "leases", "channels"],
    only: { ...looking, channels: ["voice"] },
    reads: ["incident", "person"],
    writes: ["incident", "person"],
  },
  "answer-call-in": {
    routes: ["POST /twilio/call-ins/{incident}/{callIn}", "POST /twilio/call-ins/{incident}/{callIn}/{step}"],
    proof: "signature",
    uses: [...deciding, "twilioSignature", "callScripts", "dialIn"],
    only: { ...looking, dialIn: ["pin", "roomOf"] },
    reads: ["incident"],
    writes: ["incident"],
  },
  "receive-room": {
    routes: ["POST /twilio/rooms/{incident}", "POST /twilio/waiting/{incident}"],
    proof: "signature",
    uses: [...deciding, "claims", "twilioSignature"],
    only: { ...looking, claims: ["holder"] },
    reads: ["incident"],
    writes: ["incident"],
  },
  "run-bridge": {
    on: [
      "CallerControlWanted",
      "AnnouncementWanted",
      "BridgeOpened",
      "BridgeEnded",
      "IncidentStoodDown",
      "IncidentClosed",
    ],
    uses: [...deciding, "leases", "channels", "rooms", "dialIn"],
    only: { ...looking, channels: ["voice"], dialIn: ["pin", "roomOf"] },
    reads: ["incident"],
    writes: ["incident"],
  },
  "speak-announcement": {
    routes: ["POST /twilio/announcements/{incident}/{announcement}"],
    proof: "signature",
    uses: ["clock", "journal", "configItems", "twilioSignature", "callScripts"],
    only: { ...reading, journal: ["load"] },
    reads: ["incident"],
  },
  // answers in
  "receive-reply": {
    routes: ["POST /twilio/messages"],
    proof: "signature",
    uses: [...deciding, "claims", "twilioSignature", "dialIn"],
    only: { ...looking, dialIn: ["callerDigest"] },
    reads: ["incident", "person", "site", "line"],
    writes: ["incident", "person", "line"],
  },
  "answer-call": {
    routes: ["POST /twilio/calls/{incident}/{delivery}", "POST /twilio/calls/{incident}/{delivery}/{step}"],
    proof: "signature",
    uses: [...deciding, "twilioSignature", "callScripts", "dialIn"],
    only: { ...looking, dialIn: ["pin", "roomOf"] },
    reads: ["incident", "person", "site"],
    writes: ["incident"],
  },
  "answer-link": {
    routes: ["GET /a/{token}", "POST /a/{token}"],
    proof: "link",
    uses: [...deciding, "links"],
    only: { ...looking, links: ["read"] },
    reads: ["incident", "person", "site"],
    writes: ["incident"],
  },
  // the hub's own number
  "answer-line": {
    routes: [
      "POST /twilio/line",
      "POST /twilio/line/{step}",
      "POST /twilio/line/{step}/{about}",
      "POST /twilio/line/{step}/{about}/{more}",
    ],
    proof: "signature",
    uses: [...deciding, "claims", "alerts", "incidents", "twilioSignature", "callScripts", "dialIn"],
    only: {
      ...looking,
      claims: ["holder"],
      alerts: ["accept", "read"],
      incidents: ["open"],
      dialIn: ["callerDigest", "claimOf", "emergency", "pin", "roomOf", "waitingRoomOf"],
    },
    reads: ["incident", "person", "line", "held"],
    writes: ["incident", "line", "held"],
  },
  "page-held-calls": {
    on: ["HeldCallsPaged"],
    uses: ["clock", "journal", "alerts", "configItems"],
    only: { ...reading, journal: ["history"], alerts: ["accept"] },
    reads: ["held"],
  },
  "fallback-line": {
    routes: ["POST /twilio/line-fallback", "POST /twilio/line-fallback/{round}"],
    proof: "signature",
    uses: ["clock", "twilioSignature", "callScripts", "dialIn"],
    only: { dialIn: ["callerDigest", "claimOf", "emergency", "roomOf"] },
  },
  "fallback-call": {
    routes: ["POST /twilio/fallback"],
    proof: "signature",
    uses: ["twilioSignature", "callScripts"],
  },
  "receive-report": {
    routes: ["POST /twilio/reports/{incident}/{kind}/{delivery}"],
    proof: "signature",
    uses: [...deciding, "twilioSignature"],
    only: looking,
    reads: ["incident", "person", "provider"],
    writes: ["incident", "person", "provider"],
  },
  "receive-text": {
    texts: true,
    uses: [...deciding, "claims", "secondCarrier", "dialIn"],
    only: { ...looking, secondCarrier: ["sms"], dialIn: ["callerDigest"] },
    reads: ["incident", "person", "site", "line"],
    writes: ["incident", "person", "line"],
  },
  "receive-carrier-report": {
    hears: {
      source: ["aws.sms-voice"],
      detailType: ["Text Message Delivery Status Updated", "Voice Message Delivery Status Updated"],
      ownAccount: true,
    },
    uses: [...deciding],
    only: looking,
  },
  // time
  "fire-timers": {
    wakeUps: true,
    every: "1 minute",
    uses: [...deciding, "timers", "wakeUps"],
    only: surveying,
    reads: ["incident", "person", "site", "post", "held"],
    writes: ["incident", "person", "site", "post", "held"],
  },
  // the chat, while it can be reached and when not
  "probe-site": {
    on: ["ProbeWanted"],
    every: "1 minute",
    uses: ["clock", "journal", "configItems", "chatSite"],
    only: { ...writing, configItems: ["pointer"] },
    reads: ["site"],
    writes: ["site"],
  },
  "move-response": {
    on: ["SiteLost", "SiteReturned"],
    uses: [...deciding, "incidents"],
    only: { ...looking, incidents: ["open"] },
    reads: ["incident", "person", "site"],
    writes: ["incident"],
  },
  "send-card": {
    on: ["CardWanted"],
    uses: ["clock", "journal", "configItems", "leases", "channels", "dialIn"],
    only: { ...reading, ...writing, channels: ["sms"], dialIn: ["number", "rolePin"] },
    reads: ["person"],
    writes: ["person"],
    carries: ["person"],
  },
  // the feed to the bus (on one machine the store's log is the bus)
  "relay-events": {
    feed: true,
    uses: ["clock", "feedReader", "bus", "wakeUps", "deadLetters"],
    only: { deadLetters: ["add"] },
  },
  // the command post
  "show-post": {
    routes: ["GET /", "GET /assets/{file}", "GET /incidents/{id}"],
    uses: ["signInSettings"],
  },
  "show-incidents": {
    routes: ["GET /api/incidents", "GET /api/incidents/{id}", "GET /api/alerts/{id}"],
    signedIn: "see-incidents",
    uses: [...signedIn, "journal", "incidents", "alerts", "members", "dialIn"],
    only: {
      ...reading,
      journal: ["load", "history"],
      alerts: ["read", "detail"],
      members: ["count"],
      dialIn: ["number", "pin"],
    },
    reads: ["incident"],
  },
  "show-chat": {
    routes: ["GET /api/chat"],
    signedIn: "see-incidents",
    uses: [...signedIn, "journal"],
    only: { ...reading, journal: ["load"] },
    reads: ["site"],
  },
  "show-recording": {
    routes: ["GET /api/incidents/{id}/recordings/{recording}"],
    signedIn: "hear-recordings",
    uses: [...signedIn, "journal", "recordings"],
    only: { ...reading, journal: ["load"] },
    reads: ["incident"],
  },
  "command-incident": {
    routes: ["POST /api/incidents/{id}/commands"],
    signedIn: "give-orders",
    uses: [...deciding, "signInSettings"],
    only: looking,
    reads: ["incident", "person", "site"],
    writes: ["incident"],
  },
  // operating
  "show-providers": {
    routes: ["GET /api/providers"],
    signedIn: "see-incidents",
    uses: [...signedIn, "journal", "carrierNames"],
    only: { ...reading, journal: ["load"] },
    reads: ["person", "provider"],
  },
  "show-readiness": {
    routes: ["GET /api/readiness"],
    signedIn: "see-readiness",
    uses: [...signedIn, "journal", "claims", "chat", "carrierNames"],
    only: { ...reading, journal: ["load"], claims: ["holder"], chat: ["bot", "member"] },
    reads: ["person", "provider", "conversation"],
  },
  "apply-config": {
    onDeploy: true,
    uses: ["clock", "journal", "configItems", "configAsset", "dialIn"],
    only: {
      ...writing,
      configItems: ["pointer", "write", "switchTo"],
      dialIn: ["number", "rolePin", "claimOf"],
    },
    reads: ["person"],
    writes: ["person"],
  },
  "redrive-letters": {
    routes: ["GET /api/dead-letters", "POST /api/dead-letters/redrive"],
    signedIn: "redrive-dead-letters",
    uses: [...signedIn, "deadLetters"],
    only: { ...reading, deadLetters: ["list", "redrive"] },
  },
} as const satisfies Record<string, Subscription>;

/** The events that some function hears; the others are on the timeline only, and never on the bus. */
export const heardEvents: ReadonlySet<string> = new Set(
  Object.values<Subscription>(subscriptions).flatMap(({ on }) => on ?? []),
);

export type FunctionName = keyof typeof subscriptions;
type Row<Name extends FunctionName> = (typeof subscriptions)[Name];
/** What `make` of a function gets: the ports of its row and no more. */
export type PortsOf<Name extends FunctionName> = {
  readonly [Port in Row<Name>["uses"][number]]: Row<Name> extends {
    readonly only: { readonly [port in Port]: readonly (infer Method extends keyof Ports[Port])[] };
  }
    ? Pick<Ports[Port], Method>
    : Ports[Port];
};
