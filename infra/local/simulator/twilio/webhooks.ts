// What the provider sends to the hub: reports and inbound messages, signed by Twilio's own algorithm.
import { setTimeout as wait } from "node:timers/promises";
import webhooks from "twilio/lib/webhooks/webhooks.js";

export type WebhookOutcome =
  | {
      readonly outcome: "answered";
      readonly status: number;
      readonly contentType: string;
      readonly body: string;
    }
  | { readonly outcome: "unreachable" };

/** Posts a form; injected, so that a test may listen without a network. */
export type Post = (
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  method?: "GET" | "POST",
) => Promise<{ readonly status: number; readonly contentType: string; readonly body: string }>;

// https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides: 15 s for an answer, and one more try where
// no connection came about.
export const answerWithin = 15_000;
const retryAfter = 500;

export async function postSigned(
  post: Post,
  authToken: string,
  url: string,
  form: Readonly<Record<string, string>>,
  idempotencyToken: string,
): Promise<WebhookOutcome> {
  const request = signedRequest(authToken, { url, method: "POST" }, form, idempotencyToken);
  for (const pause of [0, retryAfter]) {
    await wait(pause);
    try {
      return { outcome: "answered", ...(await post(request.url, request.headers, request.body)) };
    } catch {
      // Nobody there, or no answer: that is what is reported below.
    }
  }
  return { outcome: "unreachable" };
}

export interface WebAddress {
  readonly url: string;
  readonly method: "GET" | "POST";
}

/** A form as the provider sends it: in the body, or in the query of a GET; the signature covers either. */
export function signedRequest(
  authToken: string,
  address: WebAddress,
  form: Readonly<Record<string, string>>,
  idempotencyToken: string,
) {
  const fields = new URLSearchParams({ ...form });
  const posted = address.method === "POST";
  const url = posted ? address.url : withQuery(address.url, fields);
  const headers = {
    ...(posted && { "content-type": "application/x-www-form-urlencoded; charset=UTF-8" }),
    "x-twilio-signature": webhooks.getExpectedTwilioSignature(authToken, url, posted ? { ...form } : {}),
    "i-twilio-idempotency-token": idempotencyToken,
    "user-agent": "TwilioProxy/1.1",
  };
  return { url, headers, body: posted ? fields.toString() : "", method: address.method };
}

const withQuery = (url: string, fields: URLSearchParams): string =>
  `${url}${url.includes("?") ? "&" : "?"}${fields.toString()}`;

export const postByHttp: Post = async (url, headers, body, method = "POST") => {
  const signal = AbortSignal.timeout(answerWithin);
  const content = method === "POST" ? { body } : {};
  const answer = await fetch(url, { method, headers, ...content, signal, redirect: "manual" });
  return {
    status: answer.status,
    contentType: answer.headers.get("content-type") ?? "",
    body: await answer.text(),
  };
};

/** The texts of an answer to an inbound message: TwiML's `<Message>`s, or the plain text itself. */
export function repliesIn({
  contentType,
  body,
}: {
  readonly contentType: string;
  readonly body: string;
}): readonly string[] {
  if (contentType.startsWith("text/plain")) return body.trim() === "" ? [] : [body];
  const messages = [...body.matchAll(/<Message\b[^>]*>([\s\S]*?)<\/Message>/g)].map(
    ([, inner = ""]) => inner,
  );
  return messages
    .map((inner) => /<Body\b[^>]*>([\s\S]*?)<\/Body>/.exec(inner)?.[1] ?? inner)
    .map((text) => decoded(text).trim())
    .filter((text) => text !== "");
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

const decoded = (xml: string): string =>
  xml.replace(/&(?:#(\d+)|#x([0-9a-f]+)|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return entities[String(name)] ?? whole;
    const point = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
