// What a request to Twilio came to when it came to no message: tried again, given up, or nobody knows.
import { meaningOf } from "../../core/provider/twilio-codes.ts";
import type { Delivery } from "../../ports.ts";
import { NoAnswer } from "./transport.ts";

type Failure = Exclude<Delivery, { readonly outcome: "done" }>;

/** Reasons are codes of ours; nothing of the error's text, which may hold numbers or credentials, goes on. */
export function failureOf(error: unknown): Failure {
  if (error instanceof NoAnswer) return withoutAnswer(error);
  const { status, code } = refusalOf(error);
  // Neither refused nor lost on the way: an answer that says yes and can't be read.
  if (status === undefined) return { outcome: "unknown", reason: "provider-error" };
  const known = typeof code === "number" ? meaningOf(code) : undefined;
  return known ?? byStatus(status, typeof code === "number");
}

function withoutAnswer({ sent, timedOut }: NoAnswer): Failure {
  if (!sent) return { outcome: "retry", reason: "provider-unreachable" };
  return { outcome: "unknown", reason: timedOut ? "timed-out" : "provider-unreachable" };
}

/** Twilio's client throws two classes for refusals; both carry `status`, and `code` where the body was Twilio's own. */
export function refusalOf(error: unknown): { readonly status?: number; readonly code?: unknown } {
  if (!(error instanceof Error) || !("status" in error) || typeof error.status !== "number") return {};
  return { status: error.status, ...("code" in error && { code: error.code }) };
}

function byStatus(status: number, fromTwilio: boolean): Failure {
  // A gateway's own page (no code of Twilio's): what stands behind it may have taken the message all the same.
  if ((status === 502 || status === 504) && !fromTwilio)
    return { outcome: "unknown", reason: "provider-error" };
  if (status >= 500) return { outcome: "retry", reason: "provider-error" };
  if (status === 429) return { outcome: "retry", reason: "rate-limited" };
  if (status === 408 || status === 425) return { outcome: "retry", reason: "provider-error" };
  // With a code of Twilio's that is not in the table it may be about this number alone, and must not trip the breaker.
  if (status === 401 || (!fromTwilio && (status === 403 || status === 404)))
    return { outcome: "giveUp", reason: "account-refused", operator: true };
  return { outcome: "giveUp", reason: "provider-error", operator: true };
}
