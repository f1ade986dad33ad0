// What Twilio's error codes mean for a page, as a table. It stands in core because two layers read it that may not see
// each other: the adapter that sends and the source that reads Twilio's reports.
import type { DeliveryReason } from "../incident/events.ts";

export type CodeMeaning =
  | { readonly outcome: "retry"; readonly reason: DeliveryReason }
  | {
      readonly outcome: "giveUp";
      readonly reason: DeliveryReason;
      /** Somebody has to mend something: it will fail for everybody. */
      readonly operator: boolean;
      /** This number is bad, whoever writes to it. */
      readonly method?: "bounced" | "opted-out";
    };

const again = (reason: DeliveryReason): CodeMeaning => ({ outcome: "retry", reason });
const lost = (reason: DeliveryReason): CodeMeaning => ({ outcome: "giveUp", reason, operator: false });
const mend = (reason: DeliveryReason): CodeMeaning => ({ outcome: "giveUp", reason, operator: true });
const bounced = (reason: DeliveryReason): CodeMeaning => ({
  outcome: "giveUp",
  reason,
  operator: false,
  method: "bounced",
});

// Source of each row: the page of that code in Twilio's error dictionary, https://www.twilio.com/docs/api/errors/<code>.
// [r] marks rows whose meaning was not read there again when this was written. A code may come with the answer to a
// request, and the same code later in a report: with a messaging service many checks are made after the 201.
const meanings: Readonly<Record<number, CodeMeaning>> = {
  // The number.
  21211: bounced("number-invalid"), // not a valid phone number
  21614: bounced("number-not-capable"), // not a mobile number
  21635: bounced("number-not-capable"), // [r] a landline
  30005: bounced("number-invalid"), // unknown destination handset
  30006: bounced("number-not-capable"), // landline or unreachable carrier
  21202: bounced("number-not-capable"), // a premium or emergency number is never called
  21217: bounced("number-invalid"), // not a valid phone number, of calls
  13224: lost("number-invalid"), // no such number, or no carrier takes the call now
  21214: lost("handset-unreachable"), // the number called can't be reached
  21610: { outcome: "giveUp", reason: "opted-out", operator: false, method: "opted-out" }, // texted STOP
  // Where it goes.
  21408: mend("region-not-permitted"), // the account may not text this country
  21215: mend("region-not-permitted"), // [r] the same, of calls
  21612: mend("region-not-permitted"), // no route from this sender to that number
  21216: mend("number-not-permitted"), // Twilio blocks the call: fraud, law, or a profile that is missing
  21219: mend("number-not-permitted"), // [r] trial account, number called not verified
  21608: mend("number-not-permitted"), // trial account, number not verified
  // Who sends it.
  21205: mend("sender-misconfigured"), // [r] Url of a call is no address
  21210: mend("sender-misconfigured"), // From of a call is not ours and not verified
  21212: mend("sender-misconfigured"), // invalid From
  21213: mend("sender-misconfigured"), // [r] no From, of calls
  21603: mend("sender-misconfigured"), // [r] no From
  21606: mend("sender-misconfigured"), // From is not ours, or can't text
  21609: mend("sender-misconfigured"), // [r] StatusCallback is no public address
  21659: mend("sender-misconfigured"), // [r] From is no number of Twilio's
  21660: mend("sender-misconfigured"), // [r] From belongs to another account
  21701: mend("sender-misconfigured"), // [r] no such messaging service
  21703: mend("sender-misconfigured"), // [r] messaging service has no number for this
  21704: mend("sender-misconfigured"), // [r] messaging service has no numbers
  21705: mend("sender-misconfigured"), // [r] messaging service is invalid
  30024: mend("sender-misconfigured"), // [r] sender not provisioned at the carrier
  30032: mend("sender-misconfigured"), // toll-free number not verified
  30033: mend("sender-misconfigured"), // [r] 10DLC campaign suspended
  30034: mend("sender-misconfigured"), // 10DLC number not registered
  573002: mend("sender-misconfigured"), // trial account, calls this person from another number
  30035: mend("sender-misconfigured"), // [r] 10DLC number still being set up
  // Whose account it is. "account-refused" holds for everybody, so that the provider's breaker trips at once.
  10001: mend("account-refused"), // account not active
  20003: mend("account-refused"), // wrong credentials
  20005: mend("account-refused"), // [r] account not active
  20008: mend("account-refused"), // [r] test credentials used on a live resource
  20404: mend("account-refused"), // [r] no such account
  30002: mend("account-refused"), // suspended after the message was queued
  90010: mend("account-refused"), // [r] account not active
  572005: mend("account-refused"), // trial account, verification not completed
  573005: mend("account-refused"), // the same, of calls
  // Too much at once. 63038, 30023 and 30027 are daily caps: no retry inside a page's life helps.
  10004: again("rate-limited"), // too many calls at once: 2 or 3 on an account without an approved profile
  14107: again("rate-limited"), // [r] rate limit
  20429: again("rate-limited"), // too many requests
  21611: again("rate-limited"), // the sender's queue is full
  30001: again("rate-limited"), // queue overflow
  30022: again("rate-limited"), // [r] 10DLC rate per minute
  30023: mend("rate-limited"), // [r] 10DLC daily cap
  30027: mend("rate-limited"), // [r] T-Mobile's daily cap
  63038: mend("rate-limited"), // daily limit of the account
  // What became of it on its way.
  30003: lost("handset-unreachable"), // off, or without signal
  30004: lost("blocked"), // [r] blocked by the recipient or the carrier
  30007: mend("blocked"), // filtered: it will be for others too
  30008: lost("not-delivered"), // the carrier does not say why
  30036: lost("not-delivered"), // validity period expired in the queue
  30410: lost("not-delivered"), // [r] the carrier did not answer in time
};

/** Undefined for a code that is not in the table. */
export const meaningOf = (code: number): CodeMeaning | undefined =>
  Object.hasOwn(meanings, code) ? meanings[code] : undefined;

export const knownCodes: readonly number[] = Object.keys(meanings).map(Number);
