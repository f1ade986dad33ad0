// A chat over real HTTP, and the hub's own way to probe it.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { teamsChatSite } from "../../functions/adapters/teams/chat-site.ts";
import {
  chatPath,
  chatSimulator,
  probeConversation,
  simulatedToken,
} from "../../infra/local/simulator/chat/chat-simulator.ts";
import { simulatorListener } from "../../infra/local/simulator/twilio/listener.ts";

export async function simulatedChat() {
  const chat = chatSimulator();
  const server = createServer(simulatorListener(chat));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    chat,
    url,
    site: ({ token = simulatedToken, conversation = probeConversation, patience = 100 } = {}) =>
      teamsChatSite({
        conversation: `${url}${chatPath}/v3/conversations/${conversation}`,
        token: () => Promise.resolve(token),
        patience,
      }),
    stop: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
