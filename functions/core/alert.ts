// An alert is what monitoring says; its record is the proof that we accepted it, the key by which repeats are told
// apart, and the place where its end (its disposition) is written.
import type { AlertSeverity } from "./severity.ts";
import type { Instant } from "./time.ts";

/** What a source's parser makes of one alert, before it is routed. All texts are bounded by the parser. */
export interface Alert {
  /** The sender's own stable key: the same condition gives the same text. */
  readonly fingerprint: string;
  readonly status: "firing" | "resolved";
  readonly severity: AlertSeverity;
  readonly title: string;
  readonly description?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** When the condition began or ended, by the sender's clock; left out when the sender does not say. */
  readonly since?: Instant;
  readonly until?: Instant;
  readonly link?: string;
  /** Set if the sender itself wants nobody to be paged for it. */
  readonly suppressed?: SenderSuppression;
}

/** `by-sender`: the sender suppresses its actions. `scaling-alarm`: it only steers auto scaling. */
export type SenderSuppression = "by-sender" | "scaling-alarm";

/** An alert with its identity and its way through the house, as it is put before the ledger. */
export interface RoutedAlert extends Alert {
  /** Digest of source, drill mark and fingerprint. */
  readonly id: string;
  readonly source: string;
  readonly service: string;
  readonly correlation: string;
  readonly drill: boolean;
  /** How many copies of it one request carried; 1 or more. */
  readonly copies: number;
  /** When the hub received it, where a queue lies between that and the ledger; otherwise it is the ledger's `now`. */
  readonly heardAt?: Instant;
}

export type SuppressionReason = "resolved-before-trigger" | "resolved-while-waiting" | SenderSuppression;

/** How an accepted alert ended: one of these, and never nothing. */
export type Disposition =
  | { readonly kind: "opened" | "joined" | "resolved"; readonly incident: string }
  | { readonly kind: "suppressed"; readonly reason: SuppressionReason };

/** Why a message changed nothing, beyond being one more copy. */
export type LeftOutReason = "copy-after-resolve" | "resolved-before-trigger" | "late-resolve";

/** A message that changed nothing; `incident` is the one that the alert belonged to. */
export interface LeftOut {
  readonly reason: LeftOutReason;
  readonly at: Instant;
  /** The start that it gave: by it a second copy is known. */
  readonly since?: Instant;
  readonly incident?: string;
}

/** What earlier messages leave behind for judging the next ones, and for whoever asks what became of them. */
export interface AlertMemory {
  /** The newest of each reason and start, at most three. */
  readonly leftOut?: readonly LeftOut[];
  /** When it fired again after an end that people were told of; see quiet-time.ts. */
  readonly returns?: readonly Instant[];
  /** The sender did not say when it began: `since` is by our own clock. */
  readonly sinceIsOurs?: true;
  /** When the newest fire or resolve was received, if that was before it was accepted. */
  readonly heardAt?: Instant;
}

export interface AlertRecord {
  readonly id: string;
  /** Grows with every change that is news; a settlement names the revision that it settles. */
  readonly revision: number;
  readonly source: string;
  readonly service: string;
  readonly correlation: string;
  readonly drill: boolean;
  readonly status: "firing" | "resolved";
  readonly severity: AlertSeverity;
  readonly title: string;
  readonly since: Instant;
  readonly until?: Instant;
  /** When this revision was accepted, and when it was last handed on. */
  readonly acceptedAt: Instant;
  readonly passedAt: Instant;
  /** All copies of this occurrence, the first included. */
  readonly count: number;
  readonly disposition?: Disposition;
  /** The `passedAt` for which it was settled: a message that comes twice tells of nothing new. */
  readonly settledPass?: Instant;
  /** The incident in which it fires, or last fired. */
  readonly incident?: string;
  readonly memory?: AlertMemory;
}

/** `moved`: it tells of a newer occurrence, or of a later end, than the record did; nothing else is news. */
export type Verdict = "accepted" | "duplicate" | "moved" | "repassed" | LeftOutReason | SenderSuppression;

export interface Taken {
  readonly verdict: Verdict;
  readonly record: AlertRecord;
  /** Whether the feed has to carry it to handle-alert. */
  readonly publish: boolean;
}

/** Whether what it says in full is kept: it is news, or the only trace of an alert that its sender suppressed. */
export const isDetailed = (verdict: Verdict): boolean =>
  verdict === "accepted" || verdict === "by-sender" || verdict === "scaling-alarm";
