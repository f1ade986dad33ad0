// A bot that takes down what Teams tells it, once the signature is proven, and answers what a test wants.
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from "jose";

export interface Heard {
  readonly activity: Readonly<Record<string, unknown>>;
  readonly claims: JWTPayload;
  readonly kid: string | undefined;
  readonly headers: IncomingMessage["headers"];
}

export type Reply = (
  activity: Readonly<Record<string, unknown>>,
  tries: number,
) => { readonly status: number; readonly body?: unknown } | "never" | "reset";

export interface TeamsBot {
  readonly url: string;
  readonly heard: readonly Heard[];
  /** What came with a signature that proves nothing. */
  readonly refused: readonly string[];
  answer: Reply;
  close(): Promise<void>;
}

const taken: Reply = () => ({ status: 200 });

/** `keys` is where Teams shows its keys. */
export async function aTeamsBot({
  keys,
  audience,
  now = Date.now,
}: {
  readonly keys: () => string;
  readonly audience: string;
  readonly now?: () => number;
}): Promise<TeamsBot> {
  const heard: Heard[] = [];
  const refused: string[] = [];
  let shown: ReturnType<typeof createRemoteJWKSet> | undefined;
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const activity = JSON.parse(Buffer.concat(chunks).toString("utf8")) as Heard["activity"];
      const token = (request.headers.authorization ?? "").replace(/^Bearer /, "");
      shown ??= createRemoteJWKSet(new URL(keys()));
      try {
        const { payload, protectedHeader } = await jwtVerify(token, shown, {
          issuer: "https://api.botframework.com",
          audience,
          algorithms: ["RS256"],
          currentDate: new Date(now()),
        });
        heard.push({ activity, claims: payload, kid: protectedHeader.kid, headers: request.headers });
      } catch (error) {
        refused.push(String(error));
        response.writeHead(401).end();
        return;
      }
      const tries = heard.filter((one) => one.activity["id"] === activity["id"]).length;
      const reply = bot.answer(activity, tries);
      if (reply === "never") return;
      if (reply === "reset") return void request.socket.resetAndDestroy();
      response.writeHead(reply.status, { "content-type": "application/json" });
      response.end(reply.body === undefined ? "" : JSON.stringify(reply.body));
    })();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const bot: TeamsBot = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/teams/messages`,
    heard,
    refused,
    answer: taken,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
  return bot;
}
