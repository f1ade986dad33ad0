// What an incident is, by part. Later parts (communications, plan) stand beside these.
import type { CarrierName, ChannelName, ContactStep, WrittenChannel } from "../contact.ts";
import type { Policy } from "../policy.ts";
import type { AlertSeverity, Importance, Urgency } from "../severity.ts";
import type { Instant } from "../time.ts";
import type { Bridge } from "./bridge/state.ts";
import type { Can } from "./can/facts.ts";
import type {
  AlertSample,
  DeliveryCause,
  DeliveryReason,
  JoinedNews,
  NoticeKind,
  PageCause,
  RequestKind,
} from "./events.ts";

export type Phase = "unopened" | "triage" | "declared" | "mitigated" | "closed" | "stood-down";

export interface Incident {
  readonly phase: Phase;
  /** Set from its declaration on. */
  readonly declaration: Declaration | undefined;
  readonly signal: Signal;
  readonly paging: Paging;
  readonly notices: Readonly<Record<string, Notice>>;
  readonly bridge: Bridge;
  /** By person: who is expected, and who has arrived. */
  readonly roster: Readonly<Record<string, Presence>>;
  /** The newest report. */
  readonly can: Reported | undefined;
  /** How many refusals stand on the timeline; a broken client must not fill it. */
  readonly refusals: number;
}

export interface Declaration {
  readonly codename: string;
  readonly synopsis: string;
  readonly sensitive: boolean;
  readonly at: Instant;
  /** The id of whoever declared it. */
  readonly declaredBy: string;
}

export interface Presence {
  /** When to expect whoever is on the way. */
  readonly promised: Instant | undefined;
  readonly signedInAt: Instant | undefined;
}

export interface Reported extends Can {
  readonly at: Instant;
  /** The id of whoever reported. */
  readonly reportedBy: string;
  readonly nextDue: Instant;
}

/** What monitoring says. */
export interface Signal {
  /** What pages speak of: of the alerts that fire the gravest, of equals the newest; of what is quiet the last one. */
  readonly lead: Lead;
  /** The lead when the incident was at its worst. */
  readonly gravest: Lead;
  /** What fires before what has ended, then the gravest and the newest first. */
  readonly symptoms: readonly Symptom[];
  /** Symptoms that the list has no room for. */
  readonly unlisted: number;
  readonly service: string;
  readonly serviceName: string;
  readonly importance: Importance;
  /** The worst that it ever was: requests stay as urgent as that. The lead has a severity of its own. */
  readonly severity: AlertSeverity;
  readonly openedAt: Instant;
  readonly correlation: string;
  readonly source: string;
  readonly drill: boolean;
  /** Alerts on the timeline so far; those since the last AlertsJoined are counted beside the stream. */
  readonly alerts: number;
  readonly lastJoinedAt: Instant;
  /** Set while further alerts are folded: then they are listed together. */
  readonly foldUntil?: Instant;
  /** When symptoms were last found to have ended. */
  readonly endedAt?: Instant;
  /** When somebody took it without having been paged. */
  readonly takenAt?: Instant;
  /** When responders were last told of what joined, how often in a row, and the gravest that they were told of. */
  readonly news?: { readonly toldAt: Instant; readonly round: number; readonly severity: AlertSeverity };
  /** How often late copies stand on the timeline; a storm of them must not fill it. */
  readonly lateCopies: number;
  /** `believed`: it stayed so, and whoever commands the incident knows. */
  readonly clear?: { readonly verifyAt: Instant; readonly believed?: true };
}

export type Lead = Pick<AlertSample, "title" | "severity" | "since">;

export interface Symptom extends AlertSample {
  /** When it joined, became graver, or fired again after a while. */
  readonly at: Instant;
  readonly endedAt?: Instant;
}

export interface Paging {
  readonly requests: Readonly<Record<string, PageRequest>>;
  readonly pages: Readonly<Record<string, Page>>;
  /** See Aggregate.epoch. */
  readonly epoch: number;
  /** Pages and notices so far: the next one's number. */
  readonly numbered: number;
}

/** The level that runs, or ran last. */
export interface Stage {
  readonly startedAt: Instant;
  readonly pass: number;
  readonly level: number;
  readonly until: Instant;
  readonly people: readonly string[];
}

/** The round that runs, or ran last. */
export interface CatchAll {
  readonly startedAt: Instant;
  readonly round: number;
  readonly nextAt: Instant;
  readonly people: readonly string[];
}

export type RequestState =
  | { readonly name: "open" }
  /** A machine acknowledged; the bell is silent until then. */
  | { readonly name: "paused"; readonly until: Instant }
  | {
      readonly name: "satisfied";
      readonly owner: string;
      /** When the owner is asked, or, once asked, when the level resumes. */
      readonly checkAt: Instant | undefined;
      readonly asked: boolean;
    }
  /** The incident is over; whoever had it, had it. */
  | { readonly name: "cancelled"; readonly owner?: string };

export interface PageRequest {
  readonly id: string;
  readonly kind: RequestKind;
  readonly quorum: number;
  readonly urgency: Urgency;
  readonly policy: Policy;
  /** Of a further request: the id of the person or service, the service's name, and who asked for it. */
  readonly about: string | undefined;
  readonly aboutName: string | undefined;
  readonly askedBy: string | undefined;
  readonly stage: Stage | undefined;
  /** Who took it without having been paged. */
  readonly taken: readonly string[];
  /** Set while the policy is exhausted and the catch-all is being paged. */
  readonly catchAll: CatchAll | undefined;
  readonly state: RequestState;
}

export type PageState = "open" | "acknowledged" | "escalated" | "declined" | "expired" | "cancelled";

export interface Page {
  readonly id: string;
  readonly request: string;
  readonly person: string;
  readonly code: string;
  readonly cause: PageCause;
  readonly pass: number;
  readonly level: number;
  readonly openedAt: Instant;
  /** When a message last asked this person for an answer, as long as the code is still ours. */
  readonly askedAt: Instant;
  readonly steps: readonly ContactStep[];
  readonly others: number;
  readonly state: PageState;
  readonly deliveries: readonly PageDelivery[];
}

export type DeliveryState =
  | "wanted"
  | "handed"
  | "confirmed"
  | "retrying"
  | "failed"
  | "uncertain"
  | "superseded";

export interface PageDelivery {
  readonly id: string;
  readonly step: number;
  readonly attempt: number;
  readonly channel: ChannelName;
  readonly method: string;
  readonly cause: DeliveryCause;
  readonly state: DeliveryState;
  readonly at: Instant;
  /** When it is tried or looked up again; only while retrying or uncertain. */
  readonly dueAt?: Instant;
  readonly reason?: DeliveryReason;
  /** The carrier's own id for it, once it was handed over. */
  readonly receipt?: string;
  /** Who took it; the first one where it is left out. */
  readonly carrier?: CarrierName;
  /** It is told by which detour it went. */
  readonly detoured?: true;
  /** Of a call: who or what picked up. */
  readonly pickedUp?: "human" | "machine" | "unknown";
}

export interface Notice {
  readonly person: string;
  readonly kind: NoticeKind;
  readonly channel: WrittenChannel;
  readonly method: string;
  readonly about?: string;
  readonly code?: string;
  /** The request that it speaks of. */
  readonly request?: string;
  /** What joined the incident. */
  readonly news?: JoinedNews;
  /** The notice that failed, in whose place this one goes by another way. */
  readonly insteadOf?: string;
  readonly state: "wanted" | "handed" | "uncertain" | "failed";
  readonly at: Instant;
  /** The carrier's own id for it, and who took it, once it was handed over. */
  readonly receipt?: string;
  readonly carrier?: CarrierName;
  /** When it is given up without a word of it; only while it is uncertain. */
  readonly dueAt?: Instant;
}

export const isOver = (phase: Phase): boolean => phase === "closed" || phase === "stood-down";

/** Under command, and ended by order alone. */
export const isDeclared = (phase: Phase): boolean => phase === "declared" || phase === "mitigated";

/** Monitoring says that nothing fires any more, and it is not believed yet. */
export const waitsForProof = (
  signal: Signal,
): signal is Signal & { readonly clear: { readonly verifyAt: Instant } } =>
  signal.clear !== undefined && signal.clear.believed !== true;
