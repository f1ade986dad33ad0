// The phone simulator behind a real server, for tests of whatever speaks to it by HTTP.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { simulatedAccount } from "../../infra/local/simulator/twilio/account.ts";
import { simulatorListener } from "../../infra/local/simulator/twilio/listener.ts";
import {
  apiPath,
  phoneSimulator,
  type SimulatorSettings,
} from "../../infra/local/simulator/twilio/phone-simulator.ts";

export async function simulatedPhones(settings: Partial<SimulatorSettings> = {}) {
  const simulator = phoneSimulator({
    ...simulatedAccount,
    inboundUrl: "http://hub.invalid/twilio/messages",
    post: async () => ({ status: 200, contentType: "text/xml", body: "<Response/>" }),
    ...settings,
  });
  const server = createServer(simulatorListener(simulator));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    simulator,
    address,
    apiUrl: address + apiPath,
    async close(): Promise<void> {
      simulator.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
