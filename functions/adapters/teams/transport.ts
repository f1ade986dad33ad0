// One request to Microsoft's services, and what is read of the answer.
import type { Duration } from "../../core/time.ts";
import { exchanges } from "../../exchange.ts";

export interface Asked {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly within: Duration;
}

export type Answered =
  | {
      readonly outcome: "answered";
      readonly status: number;
      readonly text: string;
      readonly retryAfter: string | undefined;
    }
  /** `sent`: a part of the request may have reached the other side. */
  | { readonly outcome: "none"; readonly sent: boolean; readonly timedOut: boolean };

const longestAnswer = 256 * 1024;
const exchangeWith = exchanges();

export async function exchange({ method, url, headers, body = "", within }: Asked): Promise<Answered> {
  const length = method === "GET" ? {} : { "content-length": String(Buffer.byteLength(body)) };
  const exchanged = await exchangeWith({
    method,
    url,
    headers: { accept: "application/json", ...headers, ...length },
    body,
    within,
    longestAnswer,
  });
  if (exchanged.outcome === "none") return exchanged;
  const { status, text, headers: said } = exchanged;
  return { outcome: "answered", status, text, retryAfter: said["retry-after"] };
}
