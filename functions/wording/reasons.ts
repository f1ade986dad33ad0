// Why something did not happen, in words: of deliveries, and of orders that were refused.
import type { DeliveryReason } from "../core/incident/events.ts";
import type { RefusalReason } from "../core/refusal.ts";

const deliveries: Readonly<Record<DeliveryReason, string>> = {
  "rate-limited": "the provider takes no more at this rate",
  "provider-error": "the provider answered with an error",
  "provider-unreachable": "the provider can't be reached",
  "timed-out": "the provider did not answer in time",
  "lease-expired": "the sender stopped in the middle of it",
  "number-invalid": "the number does not exist",
  "number-not-capable": "the number can't be reached this way",
  "handset-unreachable": "the phone is off or has no signal",
  "opted-out": "the person texted STOP",
  blocked: "the carrier blocked it",
  "region-not-permitted": "our account or number may not reach that country",
  "number-not-permitted": "our account may not reach that number",
  "sender-misconfigured": "our sending number is not set up for it",
  "account-refused": "the provider refuses our account",
  "not-delivered": "the carrier did not deliver it",
  "method-gone": "the contact method is no longer in the config",
  busy: "the line was busy",
  "not-answered": "nobody picked up",
  "machine-answered": "a machine picked up",
  "no-key-pressed": "it ended without a key",
  "call-ended": "it was taken back before anybody picked up",
  "chat-not-set-up": "this hub has no chat",
  "not-in-chat": "the person does not have our app in the chat, or has blocked it",
  "conversation-gone": "the conversation is not there any more",
  "message-gone": "the message is not there any more",
  "too-large": "it was too large for the chat",
  "name-taken": "something else has that name",
  "not-carried-out": "it was not sent in time",
  "no-longer-wanted": "it was not wanted any more",
};

export const deliveryReasonWords = (reason: DeliveryReason): string => deliveries[reason];

const refusals: Readonly<Record<RefusalReason, string>> = {
  "incident-closed": "the incident is over",
  "incident-unknown": "there is no such incident",
  "page-unknown": "there is no such page",
  "page-not-yours": "that page went to somebody else",
  "already-answered": "somebody answered before",
  "not-allowed": "this is not allowed to whoever asked for it",
  "not-a-person": "this account belongs to no person of Muster's config: it can look, and give no orders",
  "not-yet-open": "the incident is not open yet",
  "not-in-command": "only whoever is in command of the incident may do that",
  "already-declared": "the incident is declared already",
  "not-declared": "the incident was never declared; it is stood down, not closed",
  "already-asked": "somebody was asked for already, and has not answered yet",
  "person-unknown": "there is nobody of that name in the config",
  "person-unreachable": "there is no open way to reach that person",
  "service-unknown": "there is no such service in the config",
  "report-empty": "the report says nothing",
  "bridge-not-open": "the incident has no open bridge",
  "caller-unknown": "that call is not in the room",
  "nobody-to-call": "there is no phone that may be called",
  "not-a-responder": "only people who work on this incident can let callers in",
  "not-invited": "this incident is sensitive; ask the people working on it to page you",
  "too-many-waiting": "too many callers are waiting already",
  "called-lately": "that phone rang several times for it just now; dial in with the PIN",
};

/** `by` is the name of who answered before, where that is the reason. */
export const refusalWords = (reason: RefusalReason, by?: string): string =>
  reason === "already-answered" && by !== undefined ? `${by} answered before` : refusals[reason];
