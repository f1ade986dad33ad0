// Carries the requests that Twilio's client builds.
import type { IncomingHttpHeaders } from "node:http";
import { stringify } from "node:querystring";
import type { Duration } from "../../core/time.ts";
import { exchanges } from "../../exchange.ts";

/** What Twilio's client asks of its `httpClient`, as far as we use it. */
export interface ClientRequest {
  readonly method: string;
  readonly uri: string;
  readonly username?: string;
  readonly password?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly params?: Fields;
  readonly data?: Fields;
}

type Field = string | number | boolean;
type Fields = Readonly<Record<string, Field | readonly Field[] | undefined>>;

export interface ClientResponse {
  readonly statusCode: number;
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}

export interface Transport {
  request(request: ClientRequest): Promise<ClientResponse>;
}

/** No whole answer came. `sent`: a part of the request may have reached the other side. */
export class NoAnswer extends Error {
  readonly sent: boolean;
  readonly timedOut: boolean;

  constructor(sent: boolean, timedOut: boolean, cause?: Error) {
    super(timedOut ? "no answer in time" : "the connection failed", { cause });
    this.sent = sent;
    this.timedOut = timedOut;
  }
}

const longestAnswer = 1_000_000;

export function twilioTransport(apiUrl: string | undefined, timeoutMs: Duration): Transport {
  const exchange = exchanges();
  return {
    async request(asked) {
      const { method, username, password, headers, data } = asked;
      const body = data === undefined ? "" : stringify(formOf(data));
      const exchanged = await exchange({
        method: method.toUpperCase(),
        url: addressOf(asked, apiUrl),
        auth: `${username ?? ""}:${password ?? ""}`,
        headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
        body,
        within: timeoutMs,
        longestAnswer,
      });
      if (exchanged.outcome === "none")
        throw new NoAnswer(exchanged.sent, exchanged.timedOut, exchanged.cause);
      return { statusCode: exchanged.status, body: exchanged.text, headers: exchanged.headers };
    },
  };
}

/** Twilio's client has no option for another address: the host is exchanged here, the path kept. */
function addressOf({ uri, params }: ClientRequest, apiUrl: string | undefined): URL {
  const asked = new URL(uri);
  const url =
    apiUrl === undefined ? asked : new URL(apiUrl.replace(/\/+$/, "") + asked.pathname + asked.search);
  if (params !== undefined) url.search = stringify(formOf(params));
  return url;
}

/** Repeated fields stand as lists; Twilio's client writes booleans and numbers as they are. */
function formOf(data: Fields): Record<string, string | readonly string[]> {
  const form: Record<string, string | readonly string[]> = {};
  for (const [name, value] of Object.entries(data))
    if (value !== undefined) form[name] = typeof value === "object" ? value.map(String) : String(value);
  return form;
}
