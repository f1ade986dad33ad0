// One request to a provider, over kept-alive connections: it can tell a request that never left from one whose fate is
// unknown, follows nobody elsewhere, and reads no more than it has to.
import * as http from "node:http";
import * as https from "node:https";
import type { Duration } from "./core/time.ts";

export interface Question {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** `user:password`, where the provider takes that. */
  readonly auth?: string;
  readonly body: string;
  readonly within: Duration;
  /** In characters. */
  readonly longestAnswer: number;
}

export type Exchanged =
  | {
      readonly outcome: "answered";
      readonly status: number;
      readonly text: string;
      readonly headers: http.IncomingHttpHeaders;
    }
  /** `sent`: a part of the request may have reached the other side. */
  | { readonly outcome: "none"; readonly sent: boolean; readonly timedOut: boolean; readonly cause: Error };

// An idle connection may be closed by the other side just as we write, and then nobody knows whether the words went out. A
// function that was frozen meanwhile notices too late. So none is used that was idle for longer than this: servers commonly
// allow 5 s (Node's own default), and a handshake costs less than a doubted page.
const idleLimit: Duration = 4_000;

export type Exchange = (question: Question) => Promise<Exchanged>;

interface Kept {
  readonly agent: http.Agent;
  lastUsed: number;
}

/** Its connections are its own, and kept by origin: what one service is told keeps no connection to another fresh. */
export function exchanges(): Exchange {
  const kept = new Map<string, Kept>();
  return (question) => {
    const { origin, protocol } = question.url;
    const known = kept.get(origin) ?? connectionsBy(protocol);
    kept.set(origin, known);
    // Those that are under way bring their answers all the same: after a stall of our own as well.
    if (performance.now() - known.lastUsed > idleLimit)
      for (const idle of Object.values(known.agent.freeSockets).flatMap((sockets) => sockets ?? []))
        idle.destroy();
    return exchange(question, known);
  };
}

const connectionsBy = (protocol: string): Kept => {
  const { Agent } = protocol === "http:" ? http : https;
  return { agent: new Agent({ keepAlive: true }), lastUsed: performance.now() };
};

function exchange(question: Question, connections: Kept): Promise<Exchanged> {
  const { method, url, headers, auth, body, within, longestAnswer } = question;
  return new Promise((resolve) => {
    const isPlain = url.protocol === "http:";
    let sent = false;
    let timedOut = false;
    const request = (isPlain ? http : https).request(url, {
      agent: connections.agent,
      method,
      headers: { ...headers },
      ...(auth === undefined ? {} : { auth }),
    });
    // After a stall of our own the timer comes first, though the answer may lie there already: it is read before judging.
    let last: NodeJS.Immediate | undefined;
    const giveUp = () => {
      timedOut = true;
      const cause = new Error(`no answer within ${within} ms`);
      request.destroy(cause);
      // It says nothing of its end where the other side has switched to another protocol.
      fail(cause);
    };
    const timer = setTimeout(() => (last = setImmediate(giveUp)), within);
    const settle = (exchanged: Exchanged) => {
      clearTimeout(timer);
      clearImmediate(last);
      connections.lastUsed = performance.now();
      resolve(exchanged);
    };
    const fail = (cause: Error) => settle({ outcome: "none", sent, timedOut, cause });
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
      response.on("end", () =>
        settle({ outcome: "answered", status: response.statusCode ?? 0, text, headers: response.headers }),
      );
    });
    request.end(body);
  });
}
