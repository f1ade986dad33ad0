// Sorts the second carrier's delivery events into evidence. What each type means:
// https://docs.aws.amazon.com/sms-voice/latest/userguide/configuration-sets-event-types.html, and the form of an event:
// https://docs.aws.amazon.com/sms-voice/latest/userguide/monitor-event-bridge.html
import type { ReportedEvidence } from "../core/incident/commands.ts";
import type { DeliveryReason } from "../core/incident/events.ts";
import { reportKey } from "../core/report.ts";
import { isFields } from "./reader.ts";

export interface CarrierReport {
  /** The carrier's name for the message. */
  readonly receipt: string;
  /** Our own address for the report; undefined where somebody else sent the message. */
  readonly path: string | undefined;
  /** Undefined where the event says nothing that a page could use. */
  readonly evidence: ReportedEvidence | undefined;
}

const longestId = 200;

/** Undefined for what is no delivery event at all. */
export function carrierReport(detail: unknown): CarrierReport | undefined {
  if (!isFields(detail)) return undefined;
  const { eventType, messageId: receipt, isFinal, context } = detail;
  if (typeof eventType !== "string" || typeof receipt !== "string") return undefined;
  if (receipt === "" || receipt.length > longestId) return undefined;
  const path = isFields(context) ? context[reportKey] : undefined;
  return {
    receipt,
    path: typeof path === "string" ? path : undefined,
    evidence: evidenceOf(eventType, receipt, isFinal !== false),
  };
}

function evidenceOf(type: string, receipt: string, isFinal: boolean): ReportedEvidence | undefined {
  const failure = Object.hasOwn(failures, type) ? failures[type] : undefined;
  if (failure !== undefined) return failure;
  switch (type) {
    case "TEXT_QUEUED":
    case "TEXT_PENDING":
    case "TEXT_SENT":
    case "VOICE_INITIATED":
    case "VOICE_RINGING":
      return { outcome: "handed", receipt, carrier: "aws" };
    case "TEXT_DELIVERED":
    case "TEXT_SUCCESSFUL":
      // Taken by the person's own carrier; in some countries that is the last word, and in others that of the handset is.
      return isFinal ? { outcome: "confirmed" } : { outcome: "handed", receipt, carrier: "aws" };
    case "VOICE_ANSWERED":
      return { outcome: "pickedUp", who: "unknown", receipt };
    case "VOICE_COMPLETED":
      // Spoken to its end. It takes no keys, so that nobody failed to press one; a machine may have listened.
      return { outcome: "confirmed" };
    default:
      return undefined; // what the service may add, and what is not about our messages
  }
}

const lost = (reason: DeliveryReason): ReportedEvidence => ({ outcome: "giveUp", reason, operator: false });
const mend = (reason: DeliveryReason): ReportedEvidence => ({ outcome: "giveUp", reason, operator: true });

const failures: Readonly<Record<string, ReportedEvidence>> = {
  TEXT_INVALID: { outcome: "giveUp", reason: "number-invalid", operator: false, method: "bounced" },
  TEXT_INVALID_MESSAGE: mend("provider-error"),
  TEXT_UNREACHABLE: lost("handset-unreachable"),
  TEXT_CARRIER_UNREACHABLE: lost("handset-unreachable"),
  TEXT_BLOCKED: lost("blocked"), // by this handset, or for this person
  TEXT_CARRIER_BLOCKED: mend("blocked"), // taken for abuse: it will be for others too
  TEXT_SPAM: mend("blocked"),
  TEXT_PROTECT_BLOCKED: mend("region-not-permitted"),
  TEXT_TTL_EXPIRED: lost("not-delivered"),
  TEXT_UNKNOWN: lost("not-delivered"),
  VOICE_BUSY: lost("busy"),
  VOICE_NO_ANSWER: lost("not-answered"),
  VOICE_FAILED: lost("not-delivered"),
  VOICE_TTL_EXPIRED: lost("not-delivered"),
};
