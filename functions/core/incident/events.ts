// Every fact that an incident's timeline can hold, by the part of the incident that it changes. Ids only: never a number,
// an address or a sentence of ours. What people said stands as they said it; wording is made at the edge.
import type { Actor } from "../command.ts";
import type { CarrierName, ChannelName, ContactStep, WrittenChannel } from "../contact.ts";
import type { Policy } from "../policy.ts";
import type { RefusalReason } from "../refusal.ts";
import type { AlertSeverity, Importance, Urgency } from "../severity.ts";
import type { Instant } from "../time.ts";
import type { BridgeEvent } from "./bridge/facts.ts";
import type { CanEvent } from "./can/facts.ts";
import type { RosterEvent } from "./roster/facts.ts";

/** What every event carries, given by the dispatcher. */
export interface EventMeta {
  readonly at: Instant;
  readonly by: Actor;
  readonly causeId: string;
  readonly configVersion: string;
}

export interface AlertSample {
  readonly alert: string;
  readonly title: string;
  readonly severity: AlertSeverity;
  readonly since: Instant;
}

export type SignalEvent =
  | {
      readonly type: "IncidentOpened";
      readonly title: string;
      readonly service: string;
      readonly serviceName: string;
      readonly importance: Importance;
      readonly severity: AlertSeverity;
      readonly since: Instant;
      readonly correlation: string;
      readonly source: string;
      readonly drill: boolean;
    }
  /** `count` alerts came since the last of these; `samples` are the symptoms that are new, or fire otherwise than before. */
  | { readonly type: "AlertsJoined"; readonly count: number; readonly samples: readonly AlertSample[] }
  /** More alerts came shortly after others: what came until then is listed together. */
  | { readonly type: "AlertsFolded"; readonly until: Instant }
  /** No alert of these symptoms fires any more, while others do. */
  | { readonly type: "SymptomsEnded"; readonly samples: readonly AlertSample[] }
  /** From here on pages speak of this alert: the gravest that fires. */
  | ({ readonly type: "LeadAlertChanged" } & AlertSample)
  /** `urgency` is that of every open request from now on. */
  | {
      readonly type: "SeverityRaised";
      readonly from: AlertSeverity;
      readonly to: AlertSeverity;
      readonly urgency: Urgency;
    }
  /** Monitoring says that nothing of it fires any more; believed at `verifyAt` if it still says so. */
  | { readonly type: "SignalCleared"; readonly verifyAt: Instant }
  | { readonly type: "SignalReturned" }
  /** A copy came right after the resolve of its alert, perhaps when the incident was over: it paged nobody. */
  | { readonly type: "LateCopiesIgnored"; readonly title: string; readonly count: number }
  /** It stayed quiet. A declared incident ends by order alone, so that whoever commands it is told, and nothing ends. */
  | { readonly type: "AllClearBelieved" };

export type PhaseEvent =
  /** From here on it is commanded, has a name that says nothing of its cause, and ends by order alone. */
  | {
      readonly type: "IncidentDeclared";
      readonly codename: string;
      /** One sentence, as whoever declared it put it. */
      readonly synopsis: string;
      /** Nothing of it stands where everybody can read it. */
      readonly sensitive: boolean;
    }
  /** The end of a declared incident. */
  | { readonly type: "IncidentClosed" }
  | {
      readonly type: "IncidentStoodDown";
      readonly reason: "signal-clear" | "resolved-by-person" | "resolved-by-machine";
    }
  | { readonly type: "CommandRefused"; readonly command: string; readonly reason: RefusalReason };

/** An owner of the first response; a person, or somebody who answers for a service, that somebody in command asked for. */
export type RequestKind = "owner" | "person" | "subject";
/** Why everybody who was asked is not needed any more. */
export type EndReason = "stood-down" | "closed";
export type LevelCause =
  | "opened"
  | "not-answered"
  /** Its time passed before anything arrived: no one of it can be said to have stayed silent. */
  | "not-reached"
  | "all-declined"
  | "escalated"
  | "nobody-reachable"
  | "forgotten"
  | "given-back"
  | "resumed";
/** `urgency-raised`: the owner is paged anew, as what is in hand became urgent, or graver with no written way to say so. */
export type PageCause = "level" | "catch-all" | "urgency-raised";
export type DeliveryCause =
  | "page"
  | "severity-raised"
  | "previous-failed"
  | "retry"
  /** The one repeat of a call that was not answered. */
  | "missed-call"
  | "repeat-after-unknown"
  | "catch-all";

/** Why a delivery ended badly or is in doubt: codes of ours, made from the provider's by its adapter. */
export const deliveryReasons = [
  "rate-limited",
  "provider-error",
  "provider-unreachable",
  "timed-out",
  "lease-expired",
  "number-invalid",
  "number-not-capable",
  "handset-unreachable",
  "opted-out",
  "blocked",
  "region-not-permitted",
  "number-not-permitted",
  "sender-misconfigured",
  "account-refused",
  "not-delivered",
  "method-gone",
  // of calls
  "busy",
  "not-answered",
  "machine-answered",
  "no-key-pressed",
  "call-ended",
  // of the chat
  "chat-not-set-up",
  "not-in-chat",
  "conversation-gone",
  "message-gone",
  "too-large",
  "name-taken",
  // our own sender did not come to it in time
  "not-carried-out",
  // it was not sent: what it was about had ended
  "no-longer-wanted",
] as const;
export type DeliveryReason = (typeof deliveryReasons)[number];

/** Another carrier than the one that counts was asked, or passed over, within the same errand. */
export interface Detour {
  readonly carrier: CarrierName;
  /** `uncertain`: it may have sent as well. `passed-over`: it rests, for that reason, and was not asked first. */
  readonly how: "failed" | "uncertain" | "passed-over";
  readonly reason: DeliveryReason;
}

export type PagingEvent =
  | {
      readonly type: "RequestOpened";
      readonly request: string;
      readonly kind: RequestKind;
      readonly quorum: number;
      readonly urgency: Urgency;
      readonly policy: Policy;
      /** Of a further request: the person's id, or the service's. */
      readonly about?: string;
      /** The service's name as it was then. */
      readonly aboutName?: string;
    }
  | {
      readonly type: "LevelStarted";
      readonly request: string;
      /** 0 is the first run through the levels. */
      readonly pass: number;
      /** Index into the policy's levels. */
      readonly level: number;
      readonly cause: LevelCause;
      readonly until: Instant;
      /** Whom it pages: at most 25 in this commit, the rest in those that follow at once. */
      readonly people: readonly string[];
    }
  | {
      readonly type: "LevelSkipped";
      readonly request: string;
      readonly pass: number;
      readonly level: number;
      readonly unreachable: readonly string[];
    }
  /** The policy is exhausted: the catch-all is paged, now and again at `nextAt`. */
  | {
      readonly type: "CatchAllPaged";
      readonly request: string;
      /** Whether any page of this request has arrived before. */
      readonly reached: boolean;
      readonly round: number;
      readonly nextAt: Instant;
      /** Whom it pages: at most 25 in this commit, the rest in those that follow at once. */
      readonly people: readonly string[];
    }
  /** Not even the catch-all can be reached: the operator's alarm goes off. */
  | { readonly type: "NobodyReachable"; readonly request: string; readonly unreachable: readonly string[] }
  | {
      readonly type: "PageOpened";
      readonly page: string;
      readonly request: string;
      readonly person: string;
      /** What a reply names it by. */
      readonly code: string;
      readonly cause: PageCause;
      readonly pass: number;
      readonly level: number;
      readonly steps: readonly ContactStep[];
      /** How many others are paged beside this person, for the first message. */
      readonly others: number;
    }
  | {
      readonly type: "DeliveryWanted";
      readonly delivery: string;
      readonly page: string;
      readonly person: string;
      readonly step: number;
      readonly attempt: number;
      readonly channel: ChannelName;
      readonly method: string;
      readonly cause: DeliveryCause;
      readonly drill: boolean;
    }
  /** A carrier took it: `receipt` is the carrier's own id for it. */
  | {
      readonly type: "DeliveryHanded";
      readonly delivery: string;
      readonly page: string;
      readonly channel: ChannelName;
      readonly receipt: string;
      /** Nothing was sent now: the carrier, asked for it, already had the attempt before. */
      readonly found?: true;
      /** The carrier's own report came first; this only adds the detours that the sender tells of. */
      readonly reported?: true;
      /** Left out by older events: the first one. */
      readonly carrier?: CarrierName;
      readonly detours?: readonly Detour[];
    }
  /** Somebody or something picked up. It answers nothing: only a key pressed in our own prompt does. */
  | {
      readonly type: "CallPickedUp";
      readonly delivery: string;
      readonly page: string;
      readonly who: "human" | "machine" | "unknown";
    }
  | {
      readonly type: "DeliveryConfirmed";
      readonly delivery: string;
      readonly page: string;
      readonly channel: ChannelName;
    }
  | {
      readonly type: "DeliveryFailed";
      readonly delivery: string;
      readonly page: string;
      readonly channel: ChannelName;
      readonly reason: DeliveryReason;
      /** Set when the same way is tried again; otherwise it is given up. */
      readonly retryAt?: Instant;
      /** Set when the operator has to mend something. */
      readonly operator: boolean;
      readonly detours?: readonly Detour[];
    }
  /** Nobody knows whether it went out: the next channel starts, and at `until` it is looked up or repeated. */
  | {
      readonly type: "DeliveryUncertain";
      readonly delivery: string;
      readonly page: string;
      readonly channel: ChannelName;
      readonly reason: DeliveryReason;
      readonly detours?: readonly Detour[];
      readonly until: Instant;
    }
  | {
      readonly type: "PageAcknowledged";
      readonly page: string;
      readonly person: string;
    }
  | { readonly type: "PageDeclined"; readonly page: string; readonly person: string }
  | { readonly type: "PageEscalated"; readonly page: string; readonly person: string }
  | {
      readonly type: "PageExpired";
      readonly page: string;
      readonly person: string;
      /**
       * `not-reached`: nothing of it arrived, and the person can't be said to have stayed silent. `level-over`: its level
       * ended before its time, with time left to answer.
       */
      readonly reason: "not-answered" | "not-reached" | "level-over";
    }
  /** What a page is about became urgent while it was open: these are its steps from now on, those begun in their places. */
  | {
      readonly type: "PageHastened";
      readonly page: string;
      readonly person: string;
      readonly steps: readonly ContactStep[];
    }
  | {
      readonly type: "PageCancelled";
      readonly page: string;
      readonly person: string;
      readonly reason: "answered-by-another" | EndReason;
    }
  /** Somebody who was not paged took it. */
  | {
      readonly type: "RequestTaken";
      readonly request: string;
      readonly person: string;
    }
  | {
      readonly type: "RequestSatisfied";
      readonly request: string;
      readonly people: readonly string[];
      readonly checkAt: Instant;
    }
  /** Whoever has it says when to expect them; a promise that passes is asked after. */
  | {
      readonly type: "ArrivalPromised";
      readonly request: string;
      readonly person: string;
      readonly until: Instant;
    }
  /** A machine acknowledged: the bell is silent until then, and rings again unless a person owns it. */
  | { readonly type: "RequestPaused"; readonly request: string; readonly until: Instant }
  | { readonly type: "RequestResumed"; readonly request: string }
  | {
      readonly type: "AcknowledgementQuestioned";
      readonly request: string;
      readonly person: string;
      readonly reason: "silent" | "urgency-raised" | "not-told";
      readonly until: Instant;
    }
  | {
      readonly type: "AcknowledgementRenewed";
      readonly request: string;
      readonly person: string;
    }
  | {
      readonly type: "RequestReopened";
      readonly request: string;
      readonly person: string;
      readonly reason: "forgotten" | "given-back" | "not-reached";
    }
  | { readonly type: "RequestCancelled"; readonly request: string; readonly reason: EndReason };

export type NoticeKind =
  | "all-clear"
  | "stood-down-by-person"
  | "closed"
  | "taken-by"
  // to whoever asked for more help and stays
  | "help-came"
  // to whoever commands: nobody answers a request of its own
  | "not-answered"
  | "still-yours"
  | "severity-raised"
  | "signal-clear"
  // what else joined the incident
  | "new-alerts"
  // of the bridge: its number and PIN; the chat is there again; the response goes back to it
  | "bridge-open"
  | "chat-is-back"
  | "return-to-chat";

/** Of the symptoms that joined: the gravest, how many others, and how often in a row such news went out. */
export interface JoinedNews {
  readonly title: string;
  readonly severity: AlertSeverity;
  readonly more: number;
  readonly round: number;
}

/** A notification tells and waits for nothing; a page asks. They are never mixed. */
export type NoticeEvent =
  | {
      readonly type: "NoticeWanted";
      readonly notice: string;
      readonly person: string;
      readonly kind: NoticeKind;
      readonly channel: WrittenChannel;
      readonly method: string;
      /** The person that the notice speaks of. */
      readonly about?: string;
      /** The reply code that the notice may name. */
      readonly code?: string;
      /** The request that the notice speaks of. */
      readonly request?: string;
      /** What joined the incident, of a notice that tells of it. */
      readonly news?: JoinedNews;
      /** The notice that failed, in whose place this one goes by another way. */
      readonly insteadOf?: string;
      readonly drill: boolean;
    }
  | {
      readonly type: "NoticeHanded";
      readonly notice: string;
      readonly receipt: string;
      readonly carrier?: CarrierName;
      readonly detours?: readonly Detour[];
    }
  /** Of one that was in doubt: it did arrive. */
  | { readonly type: "NoticeConfirmed"; readonly notice: string }
  /** It may have gone out; without a word of it until then it is given up. */
  | ({
      readonly type: "NoticeUncertain";
      readonly notice: string;
      readonly reason: DeliveryReason;
      readonly until: Instant;
      readonly detours?: readonly Detour[];
    } & ToldOf)
  | ({
      readonly type: "NoticeFailed";
      readonly notice: string;
      readonly reason: DeliveryReason;
      readonly detours?: readonly Detour[];
    } & ToldOf)
  /** No written way to this person is open, or all of them failed. */
  | {
      readonly type: "NoticeUndeliverable";
      readonly person: string;
      readonly kind: NoticeKind;
      readonly news?: JoinedNews;
    };

/** Whom a notice was for, what it was about and how it went. Left out by older events. */
interface ToldOf {
  readonly person?: string;
  readonly kind?: NoticeKind;
  readonly channel?: WrittenChannel;
}

export type IncidentFact =
  | SignalEvent
  | PhaseEvent
  | PagingEvent
  | NoticeEvent
  | RosterEvent
  | CanEvent
  | BridgeEvent;
export type IncidentEvent = IncidentFact & EventMeta;
/** The event of this type. */
export type EventOf<Type extends IncidentEvent["type"]> = Extract<IncidentEvent, { readonly type: Type }>;
