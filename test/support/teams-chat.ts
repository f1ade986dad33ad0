// The chat's page with the real simulator behind it, and a bot that does what a test tells it.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { chatPath, chatSimulator } from "../../infra/local/simulator/chat/chat-simulator.ts";
import type { ChatSettings } from "../../infra/local/simulator/chat/contract.ts";
import { simulatorPage } from "../../infra/local/simulator/page.ts";
import { simulatorListener } from "../../infra/local/simulator/twilio/listener.ts";
import { aTeamsBot } from "./teams-bot.ts";
import { teamsPeople } from "./teams-cards.ts";

export async function teamsChat(settings: ChatSettings = {}) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://chat.invalid");
    const page = simulatorPage(pathname);
    if (page !== undefined) response.writeHead(page.status, { ...page.headers }).end(page.body);
    else if (pathname.startsWith(chatPath)) listener(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const at = `${url}${chatPath}`;
  const bot = await aTeamsBot({
    keys: () => `${at}/keys`,
    audience: "b0700b07-70a5-4b1e-8e57-000000000002",
  });
  const chat = chatSimulator({
    people: teamsPeople,
    serviceUrl: `${at}/`,
    deliverTo: bot.url,
    rates: "none",
    ...settings,
  });
  const listener = simulatorListener(chat);
  /** As the bot. */
  const connector = async (method: string, path: string, body: object) => {
    const headers = { authorization: `Bearer ${chat.appToken()}` };
    const answered = await fetch(`${at}/v3${path}`, { method, headers, body: JSON.stringify(body) });
    return (await answered.json()) as { readonly id: string };
  };

  return {
    url,
    chat,
    bot,
    post: async (conversation: string, activity: object) =>
      (await connector("POST", `/conversations/${conversation}/activities`, activity)).id,
    change: (conversation: string, id: string, activity: object) =>
      connector("PUT", `/conversations/${conversation}/activities/${id}`, activity),
    async close(): Promise<void> {
      chat.close();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await bot.close();
    },
  };
}
