// Texts by Twilio. The wording was made before; here a message is handed over, and what Twilio says is sorted.
import { meaningOf } from "../../core/provider/twilio-codes.ts";
import { minutes, seconds } from "../../core/time.ts";
import type { Channel, Delivery, OutboundText } from "../../ports.ts";
import { type TwilioAccount, twilioMessages } from "./client.ts";
import { failureOf } from "./failures.ts";

export interface TwilioSmsSettings extends TwilioAccount {
  /** A messaging service brings a pool of senders and the handling of opt-outs; one number is enough for a small hub. */
  readonly sender: { readonly from: string } | { readonly messagingServiceSid: string };
  /** Where Twilio reaches the hub. */
  readonly publicUrl: string;
}

// https://www.twilio.com/docs/messaging/api/message-resource: whole seconds from 1 to 36,000; more than 5 is advised.
const shortestValidity = seconds(10);
const longestValidity = seconds(36_000);
/** Twilio's clock and ours need not agree. */
const clockSkew = minutes(1);

export function twilioSms(settings: TwilioSmsSettings): Channel<OutboundText> {
  const messages = twilioMessages(settings);
  const base = settings.publicUrl.replace(/\/+$/, "");
  return {
    async send({ to, text, reportTo, validFor }) {
      try {
        const { sid } = await messages.create({
          ...settings.sender,
          to,
          body: text,
          statusCallback: `${base}${reportTo}`,
          validityPeriod: Math.round(Math.min(Math.max(validFor, shortestValidity), longestValidity) / 1000),
          smartEncoded: true,
        });
        return sid === undefined
          ? { outcome: "unknown", reason: "provider-error" }
          : { outcome: "done", receipt: sid };
      } catch (error) {
        return failureOf(error);
      }
    },

    async find({ to, reference }, since) {
      try {
        // Not asked by DateSent: a message that still waits in Twilio's queue has none and would be passed over.
        const recent = await messages.list({ to, limit: 50, pageSize: 50 });
        const found = recent.find(
          ({ direction, dateCreated, body }) =>
            direction !== "inbound" && dateCreated.getTime() >= since - clockSkew && names(body, reference),
        );
        // Not on the list is no proof: the request may still be on its way through Twilio.
        return found === undefined ? { outcome: "unknown", reason: "not-delivered" } : fateOf(found);
      } catch {
        // Whatever went wrong with looking, the message's fate is as unknown as before.
        return { outcome: "unknown", reason: "provider-unreachable" };
      }
    },
  };
}

interface Found {
  readonly sid: string;
  readonly status: string;
  readonly errorCode: number;
}

function fateOf({ sid, status, errorCode }: Found): Delivery {
  if (status !== "failed" && status !== "undelivered" && status !== "canceled")
    return { outcome: "done", receipt: sid };
  return meaningOf(errorCode) ?? { outcome: "giveUp", reason: "not-delivered", operator: false };
}

/** As a word of its own: A482 is not named by a text about A4821. */
function names(body: string, reference: string): boolean {
  for (let at = body.indexOf(reference); at >= 0; at = body.indexOf(reference, at + 1)) {
    const around = `${body[at - 1] ?? " "}${body[at + reference.length] ?? " "}`;
    if (!/[\p{L}\p{N}]/u.test(around)) return reference !== "";
  }
  return false;
}
