// A message, and a page of messages, as Twilio's API shows them.
// https://www.twilio.com/docs/messaging/api/message-resource#message-properties
import { onDays, pageOf } from "./paging.ts";
import type { Message } from "./phones.ts";
import { apiVersion, dated } from "./wire.ts";

export function messageResource(message: Message, accountSid: string) {
  const uri = `/${apiVersion}/Accounts/${accountSid}/Messages/${message.sid}`;
  const body = message.forgotten === "body" ? "" : message.body;
  const sender =
    message.messagingServiceSid !== undefined && message.status === "accepted" ? null : message.from;
  return {
    account_sid: accountSid,
    api_version: apiVersion,
    body,
    date_created: dated(message.at),
    date_sent: dated(message.sentAt),
    date_updated: dated(message.updatedAt),
    direction: message.direction,
    error_code: message.errorCode ?? null,
    error_message: null,
    from: sender,
    messaging_service_sid: message.messagingServiceSid ?? null,
    num_media: "0",
    num_segments: String(segments(message.body)),
    price: null,
    price_unit: "USD",
    sid: message.sid,
    status: message.status,
    subresource_uris: { media: `${uri}/Media.json`, feedback: `${uri}/Feedback.json` },
    to: message.to,
    uri: `${uri}.json`,
  };
}

// 160 septets in one message and 153 in each of several; 70 and 67 characters where one of them is not in GSM-7.
function segments(body: string): number {
  const single = /^[\n\r -_a-z£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà^{}~|€]*$/.test(body) ? 160 : 70;
  const several = single === 160 ? 153 : 67;
  return body.length <= single ? 1 : Math.ceil(body.length / several);
}

export function messagePage(all: readonly Message[], accountSid: string, query: URLSearchParams) {
  const [to, from] = [query.get("To"), query.get("From")];
  const inTime = onDays(query, "DateSent");
  const found = all.filter(
    (message) =>
      (to === null || message.to === to) &&
      (from === null || message.from === from) &&
      inTime(message.sentAt),
  );
  const show = (message: Message) => messageResource(message, accountSid);
  return pageOf({ all: found, accountSid, name: "Messages", key: "messages", show }, query);
}
