// Alerts as they came in, and what became of each.
import type { StreamId } from "../core/aggregate.ts";
import type { AlertRecord, Disposition, RoutedAlert, Verdict } from "../core/alert.ts";
import type { FiringSymptoms } from "../core/facts.ts";
import type { Instant } from "../core/time.ts";

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
  /** Takes each alert by the rule of core/take-alert.ts; durable when it resolves; the feed carries those that are news. */
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
      /** The `passedAt` of the record that was looked at. */
      readonly passedAt?: Instant;
    }[],
  ): Promise<void>;
  /**
   * Hands on anew what was taken a while ago and is not settled, stored deliveries too, by the rule of core/hand-on.ts; the
   * oldest first, at most so many. `oldest` is when the oldest that still waits was taken.
   */
  handOn(
    now: Instant,
    limit: number,
  ): Promise<{ readonly handedOn: number; readonly oldest: Instant | undefined }>;
}

/** What is known of an incident's alerts beside its stream. */
export interface Members {
  /** Whether an alert that was settled into this incident still fires. */
  anyFiring(incident: StreamId): Promise<boolean>;
  /**
   * The alerts that fire in it, one of each symptom (core/symptom.ts), the gravest first, at most so many. An alert that was
   * settled within moments may be missing, one that ended is never there.
   */
  firing(incident: StreamId, most: number): Promise<FiringSymptoms>;
  /** All alerts ever settled into this incident. */
  count(incident: StreamId): Promise<number>;
  /** The incident is over: its next duplicate is handed on at once. Returns how many were released; call until 0. */
  release(incident: StreamId, limit: number): Promise<number>;
}
