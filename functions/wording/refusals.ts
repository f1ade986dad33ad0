// What a carrier refuses, and what to do about it before the night it matters.
import type { CarrierName, ChannelName } from "../core/contact.ts";
import type { DeliveryReason } from "../core/incident/events.ts";
import { carrierWords } from "./carriers.ts";
import { deliveryReasonWords } from "./reasons.ts";
import { capital, listed } from "./words.ts";

interface Refused {
  readonly carrier: CarrierName;
  readonly channel: ChannelName;
  readonly reason: DeliveryReason;
}

const messages: Readonly<Record<ChannelName, string>> = { sms: "texts", voice: "calls", teams: "cards" };

/** Of one person's way. */
export const refusedFor = ({ carrier, channel, reason }: Refused, name: string, method: string): string =>
  `${capital(carrierWords[carrier])} refuses ${messages[channel]} to ${name} ("${method}"): ${deliveryReasonWords(reason)}`;

/** Of our sender. */
export const refusedForSender = ({ carrier, channel, reason }: Refused, names: readonly string[]): string =>
  `${capital(carrierWords[carrier])} refuses our ${messages[channel]}, to ${listed(names)} so far: ${deliveryReasonWords(reason)}`;

/** How a carrier does is said without its name; this follows it. */
export const refusesPeople = (names: readonly string[]): string =>
  ` It refuses messages to ${listed(names)}; \`muster ready\` says why and what to do.`;

type Advice = Readonly<
  Partial<Record<DeliveryReason, string | Readonly<Partial<Record<ChannelName, string>>>>>
>;

const advice: Readonly<Record<CarrierName, Advice>> = {
  twilio: {
    "region-not-permitted": {
      sms: "allow the country in Twilio's console (Messaging, Geo permissions), or add a sender that reaches it",
      voice: "allow the country in Twilio's console (Voice, Geo permissions)",
    },
    "number-not-permitted":
      "upgrade the trial account or verify the number in Twilio's console; otherwise ask Twilio's support why it is blocked",
    "number-invalid": "check the number, or ask Twilio's support why it can't be reached",
    blocked:
      "look at the delivery in Twilio's message log; register the sender, or ask the carrier to let it through",
    "sender-misconfigured": {
      sms: "check the sender in Twilio's console: it has to belong to the account, send texts, and be registered where the country requires it (10DLC, toll-free)",
      voice: "check the number that calls: it has to belong to the account, and be able to call",
    },
    "rate-limited": "raise the daily limit of the account or the sender at Twilio",
    "provider-error": "look up the error in Twilio's console (Monitor, Errors)",
  },
  aws: {
    "region-not-permitted":
      "allow the country in the protect configuration, and add a number that reaches it (AWS End User Messaging)",
    "number-not-permitted":
      "move the account out of the sandbox, or verify the number there (AWS End User Messaging)",
    "number-invalid": "check the number",
    blocked: "look at the delivery event; register the number, or ask the carrier to let it through",
    "sender-misconfigured":
      "check the second carrier's number: it has to be active, enabled for this channel and registered",
    "rate-limited": "raise the quota of AWS End User Messaging",
    "provider-error": "look at the log of SendPage",
  },
  teams: {
    "not-in-chat": "have them unblock the app or install it again in Teams",
    "sender-misconfigured": "check the bot's address and secret (docs/operator-guide.md)",
    "provider-error": "look at the log of SendPage",
  },
};

/** Until a message goes through nobody knows whether it helped. */
export function refusalAdvice({ carrier, channel, reason }: Refused): string {
  const found = advice[carrier][reason];
  const what = typeof found === "string" ? found : found?.[channel];
  return `${what ?? "look at the carrier's own log"}; then send a drill, for this stands until a message has gone through`;
}
