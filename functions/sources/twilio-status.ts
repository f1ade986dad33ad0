// Sorts Twilio's reports on messages and calls into evidence. Reports come out of order and more than once: this looks at
// one at a time, and the incident's decision weighs it against what it knows.
import type { ReportedEvidence } from "../core/incident/commands.ts";
import type { DeliveryReason } from "../core/incident/events.ts";
import { meaningOf } from "../core/provider/twilio-codes.ts";

type Form = Readonly<Record<string, string>>;

/** Undefined where the report says nothing that a page could use. */
export const statusEvidence = (form: Form): ReportedEvidence | undefined =>
  form["CallSid"] === undefined ? ofMessage(form) : ofCall(form, form["CallSid"]);

/** The name that Twilio gave to what it reports on. */
export const reportedSid = (form: Form): string | undefined =>
  form["CallSid"] ?? form["MessageSid"] ?? form["SmsSid"];

function ofMessage(form: Form): ReportedEvidence | undefined {
  const sid = reportedSid(form);
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

// https://www.twilio.com/docs/voice/api/call-resource, https://www.twilio.com/docs/voice/answering-machine-detection
function ofCall(form: Form, receipt: string): ReportedEvidence | undefined {
  const status = form["CallStatus"];
  // What the detection found comes by itself, and says at times how the call stands as well.
  if (form["AnsweredBy"] !== undefined && (status === undefined || status === "in-progress"))
    return { outcome: "pickedUp", who: whoIs(form["AnsweredBy"]), receipt };
  switch (status) {
    case "queued":
    case "initiated":
    case "ringing":
      return { outcome: "handed", receipt };
    case "in-progress":
    case "answered":
      return { outcome: "pickedUp", who: "unknown", receipt };
    case "busy":
      return ended("busy");
    case "no-answer":
      return ended("not-answered");
    case "canceled":
      return ended("call-ended");
    // Hung up, and that is all: a key that was pressed has answered the page before.
    case "completed":
      return ended("no-key-pressed");
    case "failed":
      return failure(form["ErrorCode"]);
    default:
      return undefined;
  }
}

function whoIs(answeredBy: string): "human" | "machine" | "unknown" {
  if (answeredBy === "human") return "human";
  return answeredBy === "fax" || answeredBy.startsWith("machine_") ? "machine" : "unknown";
}

const ended = (reason: DeliveryReason): ReportedEvidence => ({ outcome: "giveUp", reason, operator: false });

const failure = (code: string | undefined): ReportedEvidence =>
  meaningOf(Number(code)) ?? ended("not-delivered");
