// One request to Microsoft's services, over kept-alive connections: it can tell a request that never left from one whose
// fate is unknown, follows nobody elsewhere, and reads no more than it has to.
import * as http from "node:http";
import * as https from "node:https";
import type { Duration } from "../../core/time.ts";

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

// An idle connection may be closed by the other side just as we write, and then nobody knows whether the words went out. A
// function that was frozen meanwhile notices too late. So none is used that was idle for longer than this.
const idleLimit: Duration = 4_000;
const longestAnswer = 256 * 1024;

/** By origin: what one service is told keeps no connection to another fresh. */
const kept = new Map<string, { readonly agent: http.Agent; lastUsed: number }>();

function agentFor({ origin, protocol }: URL): http.Agent {
  const { Agent } = protocol === "http:" ? http : https;
  const known = kept.get(origin) ?? { agent: new Agent({ keepAlive: true }), lastUsed: performance.now() };
  kept.set(origin, known);
  // Those that are under way bring their answers all the same: after a stall of our own as well.
  if (performance.now() - known.lastUsed > idleLimit)
    for (const idle of Object.values(known.agent.freeSockets).flatMap((sockets) => sockets ?? []))
      idle.destroy();
  return known.agent;
}

function used({ origin }: URL): void {
  const known = kept.get(origin);
  if (known !== undefined) known.lastUsed = performance.now();
}

export function exchange({ method, url, headers, body = "", within }: Asked): Promise<Answered> {
  return new Promise((resolve) => {
    const isPlain = url.protocol === "http:";
    let sent = false;
    let timedOut = false;
    const length = method === "GET" ? {} : { "content-length": Buffer.byteLength(body) };
    const request = (isPlain ? http : https).request(url, {
      agent: agentFor(url),
      method,
      headers: { accept: "application/json", ...headers, ...length },
    });
    // After a stall of our own the timer comes first, though the answer may lie there already: it is read before judging.
    let last: NodeJS.Immediate | undefined;
    const giveUp = () => {
      timedOut = true;
      request.destroy(new Error(`no answer within ${within} ms`));
    };
    const timer = setTimeout(() => (last = setImmediate(giveUp)), within);
    const settle = (answered: Answered) => {
      clearTimeout(timer);
      clearImmediate(last);
      used(url);
      resolve(answered);
    };
    const fail = () => settle({ outcome: "none", sent, timedOut });
    request.on("socket", (socket) => {
      // Until the connection stands (and, where it is encrypted, is agreed on), not a byte of the request has left.
      if (!socket.connecting) sent = true;
      else socket.once(isPlain ? "connect" : "secureConnect", () => (sent = true));
    });
    request.on("error", fail);
    request.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
        if (text.length > longestAnswer) request.destroy(new Error("the answer is too large"));
      });
      response.on("error", fail);
      response.on("end", () => {
        const { statusCode: status = 0, headers: said } = response;
        settle({ outcome: "answered", status, text, retryAfter: said["retry-after"] });
      });
    });
    request.end(body);
  });
}
