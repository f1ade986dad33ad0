// What a carrier's no means beyond the message that it refused: by this carrier this person can't be reached, or nobody can,
// until somebody fixes something. What closes a number, a passing fault and a phone that is off are not among it.
import type { DeliveryReason } from "../incident/events.ts";

/** `person`: their number, country or account. `sender`: our number or account, and so everybody who is written to by it. */
export type RefusalScope = "person" | "sender";

export interface Refusal {
  readonly reason: DeliveryReason;
  readonly scope: RefusalScope;
}

interface Failure {
  readonly reason: DeliveryReason;
  readonly operator: boolean;
  readonly method?: "bounced" | "opted-out";
}

/** By whether it is the operator who has to fix it. An account that is refused as a whole stands with the carrier's breaker. */
const scopes: Readonly<
  Partial<Record<DeliveryReason, { readonly [fix in "operator" | "other"]?: RefusalScope }>>
> = {
  "region-not-permitted": { operator: "person", other: "person" },
  "number-not-permitted": { operator: "person", other: "person" },
  // By this carrier: where it is bad whoever writes to it, the method is closed.
  "number-invalid": { operator: "person", other: "person" },
  "not-in-chat": { operator: "person", other: "person" },
  // For this handset, or for all that we send.
  blocked: { operator: "sender", other: "person" },
  "sender-misconfigured": { operator: "sender", other: "sender" },
  // A daily cap. What is only too fast is tried again, and is no failure.
  "rate-limited": { operator: "sender" },
  // A code that Muster does not know may be about this number alone.
  "provider-error": { operator: "person" },
};

/** Undefined for a failure that says nothing of the next message. */
export function refusalOf({ reason, operator, method }: Failure): Refusal | undefined {
  const scope = method === undefined ? scopes[reason]?.[operator ? "operator" : "other"] : undefined;
  return scope === undefined ? undefined : { reason, scope };
}
