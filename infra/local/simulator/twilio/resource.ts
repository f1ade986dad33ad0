// A message, and a page of messages, as Twilio's API shows them.
// https://www.twilio.com/docs/messaging/api/message-resource#message-properties
import type { Message } from "./phones.ts";

export const apiVersion = "2010-04-01";

/** RFC 2822, as this API dates everything. */
const dated = (instant: number | undefined): string | null =>
  instant === undefined ? null : new Date(instant).toUTCString().replace("GMT", "+0000");

export function messageResource(message: Message, accountSid: string) {
  const uri = `/${apiVersion}/Accounts/${accountSid}/Messages/${message.sid}`;
  const sender =
    message.messagingServiceSid !== undefined && message.status === "accepted" ? null : message.from;
  return {
    account_sid: accountSid,
    api_version: apiVersion,
    body: message.body,
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
    subresource_uris: { media: `${uri}/Media.json` },
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
  const size = within(query.get("PageSize"), 50, 1, 1000);
  const page = within(query.get("Page"), 0, 0, 1_000_000);
  const found = all.filter(matching(query));
  const start = page * size;
  const messages = found.slice(start, start + size);
  const uriOf = (number: number): string => {
    const asked = new URLSearchParams(query);
    asked.set("PageSize", String(size));
    asked.set("Page", String(number));
    return `/${apiVersion}/Accounts/${accountSid}/Messages.json?${asked.toString()}`;
  };
  return {
    end: Math.max(start + messages.length - 1, 0),
    first_page_uri: uriOf(0),
    next_page_uri: found.length > start + size ? uriOf(page + 1) : null,
    page,
    page_size: size,
    previous_page_uri: page > 0 ? uriOf(page - 1) : null,
    messages: messages.map((message) => messageResource(message, accountSid)),
    start,
    uri: uriOf(page),
  };
}

const within = (text: string | null, otherwise: number, least: number, most: number): number => {
  const number = Number.parseInt(text ?? "", 10);
  return Number.isNaN(number) ? otherwise : Math.min(Math.max(number, least), most);
};

function matching(query: URLSearchParams): (message: Message) => boolean {
  const to = query.get("To");
  const from = query.get("From");
  const [on, before, after] = ["DateSent", "DateSent<", "DateSent>"].map((name) => query.get(name));
  // Twilio compares days, and what was not sent yet has none.
  const day = (text: string): string => text.slice(0, 10);
  return (message) => {
    if (to !== null && message.to !== to) return false;
    if (from !== null && message.from !== from) return false;
    if (!on && !before && !after) return true;
    if (message.sentAt === undefined) return false;
    const sent = day(new Date(message.sentAt).toISOString());
    return (!on || sent === day(on)) && (!before || sent <= day(before)) && (!after || sent >= day(after));
  };
}
