// Sorts Twilio's report on a message into evidence. Reports come out of order and more than once: this looks at one at a
// time, and the incident's decision weighs it against what it knows.
import type { DeliveryEvidence } from "../core/incident/commands.ts";
import { meaningOf } from "../core/provider/twilio-codes.ts";

/** The evidence, and beside it what a failure says of the number itself. */
export type StatusEvidence = DeliveryEvidence & { readonly method?: "bounced" | "opted-out" };

/** Undefined where the report says nothing that a page could use. */
export function statusEvidence(form: Readonly<Record<string, string>>): StatusEvidence | undefined {
  const sid = form["MessageSid"] ?? form["SmsSid"];
  switch (form["MessageStatus"] ?? form["SmsStatus"]) {
    // It is with Twilio: that is news only where the answer to the request was lost.
    case "accepted":
    case "scheduled":
    case "queued":
    case "sending":
    case "sent":
      return sid === undefined ? undefined : { outcome: "handed", receipt: sid };
    case "delivered":
    case "read":
      return { outcome: "confirmed" };
    case "undelivered":
    case "failed":
    case "canceled":
      return failure(form["ErrorCode"]);
    default:
      return undefined; // statuses of inbound messages, and those that Twilio may add
  }
}

function failure(code: string | undefined): StatusEvidence {
  return meaningOf(Number(code)) ?? { outcome: "giveUp", reason: "not-delivered", operator: false };
}
