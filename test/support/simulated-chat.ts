// A chat over real HTTP, a client that speaks to it as a bot does, and the hub's own way to probe it.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { teamsBot } from "../../functions/adapters/teams/bot.ts";
import { simulatedAddresses } from "../../infra/local/settings.ts";
import {
  chatPath,
  chatSimulator,
  probeConversation,
} from "../../infra/local/simulator/chat/chat-simulator.ts";
import type { ChatSettings } from "../../infra/local/simulator/chat/contract.ts";
import { simulatorListener } from "../../infra/local/simulator/twilio/listener.ts";

export interface Asked {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined where the answer is no JSON. */
  readonly body: unknown;
}

export async function simulatedChat(settings: ChatSettings = {}) {
  const server = createServer((request, response) => listener(request, response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const at = `${url}${chatPath}`;
  const chat = chatSimulator({ serviceUrl: `${at}/`, ...settings });
  const listener = simulatorListener(chat);

  const ask = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Asked> => {
    const sent = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
    const answered = await fetch(at + path, { method, headers, ...sent });
    const text = await answered.text();
    return { status: answered.status, headers: answered.headers, text, body: parsed(text) };
  };
  const asBot = () => ({ authorization: `Bearer ${chat.appToken()}` });

  return {
    chat,
    url,
    /** Where the simulator's routes begin. */
    at,
    ask,
    /** With the bot's token. */
    connector: (method: string, path: string, body?: unknown) => ask(method, `/v3${path}`, body, asBot()),
    graph: (method: string, path: string, body?: unknown) =>
      ask(method, `/graph/v1.0${path}`, body, { authorization: `Bearer ${chat.appToken("graph")}` }),
    /** The hub's own bot, before this chat. */
    bot: ({ secret = chat.account.bot.secret, patience = 1_000, now = Date.now } = {}) =>
      teamsBot({
        app: chat.account.bot.id,
        tenant: chat.account.tenant,
        secret: () => Promise.resolve({ outcome: "done", secret: { clientSecrets: [secret] } }),
        clock: { now },
        addresses: simulatedAddresses(at),
        patience,
      }),
    conversation: (id: string = probeConversation) => `${at}/v3/conversations/${id}`,
    stop: () =>
      new Promise<void>((done) => {
        chat.close();
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
