// What one send says of its provider, and whether another carrier may do better. A bad number is nobody's outage.
import type { DeliveryReason } from "../incident/events.ts";
import type { ProviderOrder } from "./provider.ts";

/** How a send ended, as every channel tells it. */
export type Sent =
  | { readonly outcome: "done" }
  | { readonly outcome: "retry" | "unknown"; readonly reason: DeliveryReason }
  | {
      readonly outcome: "giveUp";
      readonly reason: DeliveryReason;
      readonly operator: boolean;
      /** Set where the number is bad whoever writes to it. */
      readonly method?: "bounced" | "opted-out";
    };

type Evidence = Extract<ProviderOrder, { readonly type: "RecordOutcome" }>;

const well: Evidence = { type: "RecordOutcome", outcome: "well" };

/** Undefined where it says nothing: too many at once is our own doing. */
export function evidenceOf(sent: Sent): Evidence | undefined {
  if (sent.outcome === "done") return well;
  const { reason } = sent;
  if (reason === "rate-limited") return undefined;
  if (sent.outcome === "giveUp")
    return reason === "account-refused" ? { type: "RecordOutcome", outcome: "refused", reason } : well;
  return { type: "RecordOutcome", outcome: reason === "timed-out" ? "slow" : "failing", reason };
}

/** Somebody has to fix something. That the account is refused as a whole is told once, by the carrier's breaker. */
export const isForOperator = (sent: {
  readonly outcome: string;
  readonly reason?: DeliveryReason;
  readonly operator?: boolean;
}): boolean => sent.outcome === "giveUp" && sent.operator === true && sent.reason !== "account-refused";

/**
 * Not where the person can't be texted by anybody: STOP was said to us, not to a carrier, and a landline is one for all. What
 * one carrier alone can't do for a number the other may: it called it too often today, or takes it for no number at all,
 * which carriers judge by lists of their own.
 */
export const anotherMayDo = (sent: Sent): boolean =>
  sent.outcome !== "done" &&
  (sent.outcome !== "giveUp" || sent.method === undefined || sent.reason === "number-invalid");
