// A text from a phone to the hub: the opt-out words that the provider itself obeys, the webhook, and the hub's answer.
import type { DeliveryParts } from "./delivery.ts";
import { type Message, newSid, type PhoneMemory, shown } from "./phones.ts";
import { postSigned, repliesIn } from "./webhooks.ts";
import { apiVersion } from "./wire.ts";

export interface TextOutcome {
  readonly sid: string;
  /** The HTTP status of the hub's answer, or that there was none. */
  readonly hub: number | "unreachable";
  readonly replies: readonly string[];
}

// Twilio's own lists, for numbers without a setting of their own; HELP is left to the hub.
const stopWords = new Set(["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"]);
const startWords = new Set(["START", "YES", "UNSTOP"]);
const stopped =
  "You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.";
const started =
  "You have successfully been re-subscribed to messages from this number. Reply STOP to unsubscribe.";

export async function textFrom(
  phone: string,
  body: string,
  inboundUrl: string,
  memory: PhoneMemory,
  parts: DeliveryParts,
): Promise<TextOutcome> {
  const { account, post, events } = parts;
  const message = kept("inbound", phone, body, memory, parts);
  const optOutType = obey(phone, body, memory, parts);
  const form = {
    AccountSid: account.accountSid,
    ApiVersion: apiVersion,
    Body: body,
    From: phone,
    FromCountry: "",
    MessageSid: message.sid,
    NumMedia: "0",
    NumSegments: "1",
    SmsMessageSid: message.sid,
    SmsSid: message.sid,
    SmsStatus: "received",
    To: account.from,
    ToCountry: "",
    // Only a messaging service says that it handled the word itself.
    ...(account.messagingServiceSid !== undefined && {
      MessagingServiceSid: account.messagingServiceSid,
      ...(optOutType !== undefined && { OptOutType: optOutType }),
    }),
  };
  const said = await postSigned(post, account.authToken, inboundUrl, form, message.sid);
  if (said.outcome === "unreachable" || said.status >= 400) {
    const hub = said.outcome === "unreachable" ? said.outcome : said.status;
    const path = new URL(inboundUrl).pathname;
    events.tell({ type: "webhook-failed", sid: message.sid, path, reason: String(hub) });
    return { sid: message.sid, hub, replies: [] };
  }
  const replies = memory.isOptedOut(phone) ? [] : repliesIn(said);
  for (const reply of replies) kept("outbound-reply", phone, reply, memory, parts);
  return { sid: message.sid, hub: said.status, replies };
}

function obey(
  phone: string,
  body: string,
  memory: PhoneMemory,
  parts: DeliveryParts,
): "STOP" | "START" | undefined {
  const word = body.trim().toUpperCase();
  if (stopWords.has(word)) {
    if (!memory.isOptedOut(phone)) kept("outbound-reply", phone, stopped, memory, parts);
    memory.optOut(phone);
    parts.events.tell({ type: "opt-out", phone, optedOut: true });
    return "STOP";
  }
  // YES opts in only whoever had opted out; from anybody else it is a yes.
  if (!startWords.has(word) || !memory.optIn(phone)) return undefined;
  parts.events.tell({ type: "opt-out", phone, optedOut: false });
  kept("outbound-reply", phone, started, memory, parts);
  return "START";
}

function kept(
  direction: "inbound" | "outbound-reply",
  phone: string,
  body: string,
  memory: PhoneMemory,
  { account, now, events }: DeliveryParts,
): Message {
  const at = now();
  const message: Message = {
    sid: newSid("SM"),
    at,
    direction,
    from: direction === "inbound" ? phone : account.from,
    to: direction === "inbound" ? account.from : phone,
    body,
    messagingServiceSid: undefined,
    validitySeconds: 36_000,
    statusCallback: undefined,
    status: direction === "inbound" ? "received" : "delivered",
    onHandset: true,
    sentAt: at,
    updatedAt: at,
    errorCode: undefined,
  };
  memory.keep(message);
  events.tell({ type: "message", phone, message: shown(message) });
  return message;
}
