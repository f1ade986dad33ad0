// The phones as a process of their own, so that the hub can be killed and the phones remember:
// node infra/local/simulator/main.ts --port 4310 --hub http://127.0.0.1:4300
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import { simulatedAccount } from "./twilio/account.ts";
import { simulatorListener } from "./twilio/listener.ts";
import { apiPath, phoneSimulator } from "./twilio/phone-simulator.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    hub: { type: "string" },
    account: { type: "string", default: simulatedAccount.accountSid },
    token: { type: "string", default: simulatedAccount.authToken },
    from: { type: "string", default: simulatedAccount.from },
    "calls-per-second": { type: "string", default: "1" },
    /** Characters a second; 0: at once. */
    "speech-speed": { type: "string", default: "0" },
  },
});
if (values.hub === undefined) throw new Error("Say where the hub is: --hub http://127.0.0.1:4300");

const simulator = phoneSimulator({
  accountSid: values.account,
  authToken: values.token,
  from: values.from,
  callsPerSecond: Number(values["calls-per-second"]),
  speechSpeed: Number(values["speech-speed"]),
  inboundUrl: `${values.hub.replace(/\/+$/, "")}/twilio/messages`,
});
const server = createServer(simulatorListener(simulator));
server.listen(Number(values.port), "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  console.log(`TWILIO_API_URL=http://127.0.0.1:${port}${apiPath}`);
  console.log(`ready http://127.0.0.1:${port}`);
});
for (const signal of ["SIGTERM", "SIGINT"] as const)
  process.on(signal, () => {
    simulator.close();
    server.close();
    server.closeAllConnections();
  });
