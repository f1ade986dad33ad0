// Carries the requests that Twilio's client builds, over kept-alive connections, and can tell a request that never left
// from one whose fate is unknown.
import * as http from "node:http";
import * as https from "node:https";
import { stringify } from "node:querystring";
import type { Duration } from "../../core/time.ts";

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
  readonly headers: http.IncomingHttpHeaders;
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

// An idle connection may be closed by the other side just as we write, and then nobody knows whether the message went
// out. A function that was frozen meanwhile notices too late. So none is used that was idle for longer than this: servers
// commonly allow 5 s (Node's own default), and a handshake costs less than a doubted page.
const idleLimit: Duration = 4_000;
const answerLimit = 1_000_000;

export function twilioTransport(apiUrl: string | undefined, timeoutMs: Duration): Transport {
  const agent = new (apiUrl?.startsWith("http:") === true ? http : https).Agent({ keepAlive: true });
  let lastUsed = 0;

  /** Those that are under way bring their answers all the same: after a stall of our own as well. */
  function leaveIdleOnes(): void {
    if (Date.now() - lastUsed > idleLimit)
      for (const idle of Object.values(agent.freeSockets).flatMap((sockets) => sockets ?? [])) idle.destroy();
    lastUsed = Date.now();
  }

  return {
    async request(asked) {
      const url = addressOf(asked, apiUrl);
      leaveIdleOnes();
      const answer = await exchange(url, asked, agent, timeoutMs);
      lastUsed = Date.now();
      return answer;
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

function exchange(
  url: URL,
  { method, username, password, headers, data }: ClientRequest,
  agent: http.Agent | https.Agent,
  timeoutMs: Duration,
): Promise<ClientResponse> {
  const form = data === undefined ? "" : stringify(formOf(data));
  return new Promise((resolve, reject) => {
    let sent = false;
    let timedOut = false;
    const fail = (cause: Error) => {
      settled();
      reject(new NoAnswer(sent, timedOut, cause));
    };
    const request = (url.protocol === "http:" ? http : https).request(url, {
      agent,
      method: method.toUpperCase(),
      auth: `${username ?? ""}:${password ?? ""}`,
      headers: { ...headers, "content-length": Buffer.byteLength(form) },
    });
    const giveUp = () => {
      timedOut = true;
      request.destroy(new Error(`no answer within ${timeoutMs} ms`));
    };
    // After a stall of our own the timer comes first, though the answer may lie there already: it is read before judging.
    let last: NodeJS.Immediate | undefined;
    const timer = setTimeout(() => (last = setImmediate(giveUp)), timeoutMs);
    const settled = () => {
      clearTimeout(timer);
      clearImmediate(last);
    };
    request.on("socket", (socket) => {
      // Until the connection stands (and, where it is encrypted, is agreed on), not a byte of the request has left.
      if (!socket.connecting) sent = true;
      else socket.once(url.protocol === "http:" ? "connect" : "secureConnect", () => (sent = true));
    });
    request.on("error", fail);
    request.on("response", (response) => {
      const chunks: string[] = [];
      let size = 0;
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        size += chunk.length;
        if (size > answerLimit) request.destroy(new Error("the answer is too large"));
        else chunks.push(chunk);
      });
      response.on("error", fail);
      response.on("end", () => {
        settled();
        resolve({
          statusCode: response.statusCode ?? 0,
          body: chunks.join(""),
          headers: response.headers,
        });
      });
    });
    request.end(form);
  });
}

/** Repeated fields stand as lists; Twilio's client writes booleans and numbers as they are. */
function formOf(data: Fields): Record<string, string | readonly string[]> {
  const form: Record<string, string | readonly string[]> = {};
  for (const [name, value] of Object.entries(data))
    if (value !== undefined) form[name] = typeof value === "object" ? value.map(String) : String(value);
  return form;
}
