// Every order that an incident understands.
import type { Envelope } from "../command.ts";
import type { CarrierName } from "../contact.ts";
import type { AlertSeverity } from "../severity.ts";
import type { Duration, Instant } from "../time.ts";
import type { BridgeOrder } from "./bridge/orders.ts";
import type { Can } from "./can/facts.ts";
import type { AlertSample, DeliveryReason, Detour } from "./events.ts";

export type IncidentOrder =
  /** Alerts that belong to this incident; opens it where it does not exist yet. */
  | {
      readonly type: "JoinAlerts";
      readonly service: string;
      readonly correlation: string;
      readonly source: string;
      /** Of the gravest of them. */
      readonly title: string;
      readonly severity: AlertSeverity;
      readonly since: Instant;
      /** Of alerts that were not in this incident before. */
      readonly count: number;
      /** One of each symptom, the gravest first. */
      readonly samples: readonly AlertSample[];
    }
  /**
   * Members resolved: perhaps nothing fires any more. `ended`: titles, one of each symptom. `quietFor`: what keeps coming
   * back is watched for longer.
   */
  | { readonly type: "ClearSignal"; readonly ended: readonly string[]; readonly quietFor?: Duration }
  /** Alerts that fired once more right after their resolve were taken for late copies. */
  | { readonly type: "RecordLateCopies"; readonly title: string; readonly count: number }
  /**
   * By page, where the answer names one; by the incident's open request otherwise. With `arrivingIn` it is a promise as
   * well: I have it, and I am there in so long.
   */
  | { readonly type: "Acknowledge"; readonly page?: string; readonly arrivingIn?: Duration }
  | { readonly type: "Decline"; readonly page: string }
  | { readonly type: "Escalate"; readonly page?: string }
  | { readonly type: "StandDown" }
  /** It is an incident that is commanded from now on. The synopsis is the alert's title where it is left out. */
  | { readonly type: "Declare"; readonly synopsis?: string; readonly sensitive?: boolean }
  /** The end of a declared incident. */
  | { readonly type: "Close" }
  /** Whoever gives it has arrived. */
  | { readonly type: "SignIn" }
  | ({ readonly type: "Report" } & Can)
  /** An incident needs somebody more: this person, or whoever answers for this service. */
  | { readonly type: "PagePerson"; readonly person: string }
  | { readonly type: "PageSubject"; readonly service: string }
  | {
      readonly type: "RecordDelivery";
      readonly delivery: string;
      readonly page: string;
      readonly evidence: DeliveryEvidence;
    }
  | { readonly type: "RecordNotice"; readonly notice: string; readonly evidence: DeliveryEvidence }
  /** Look at the clock: whatever is due happens, and nothing else. */
  | { readonly type: "PassTime" }
  | BridgeOrder;

/** What a channel found out about one delivery. Channels bring evidence; they never decide. */
export type DeliveryEvidence =
  | ({
      readonly outcome: "handed";
      readonly receipt: string;
      readonly carrier?: CarrierName;
      /** It was looked up, and had gone out before. */
      readonly found?: true;
    } & Detoured)
  | { readonly outcome: "confirmed" }
  /** Of a call. Whatever rings went out, so that it bears the receipt as well. */
  | {
      readonly outcome: "pickedUp";
      readonly who: "human" | "machine" | "unknown";
      readonly receipt: string;
    }
  | ({ readonly outcome: "retry"; readonly reason: DeliveryReason; readonly after?: number } & Detoured)
  | ({
      readonly outcome: "giveUp";
      readonly reason: DeliveryReason;
      readonly operator: boolean;
      /** Of a report: which message or call it was that failed, by its carrier's name for it. */
      readonly receipt?: string;
    } & Detoured)
  | ({ readonly outcome: "unknown"; readonly reason: DeliveryReason } & Detoured);

/** Who else was asked, or passed over, on the way to this outcome. */
interface Detoured {
  readonly detours?: readonly Detour[];
}

/** What a carrier reports: the evidence, and beside it what a failure says of the number itself. */
export type ReportedEvidence = DeliveryEvidence & { readonly method?: "bounced" | "opted-out" };

export type IncidentCommand = Envelope & IncidentOrder;
