// A hub and its phones in this process, in real time, for parts that can't be told to wait.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Hub, startHub } from "../../infra/local/hub.ts";
import { intakeAddresses } from "../../infra/local/intake-addresses.ts";
import { twilioSettings } from "../../infra/local/settings.ts";
import { chatSimulator } from "../../infra/local/simulator/chat/chat-simulator.ts";
import { simulatedAccount } from "../../infra/local/simulator/twilio/account.ts";
import { type PhoneSimulator, phoneSimulator } from "../../infra/local/simulator/twilio/phone-simulator.ts";
import { simulators } from "../../infra/local/simulators.ts";
import { loadConfig } from "../../schemas/load-config.ts";
import { sampleConfig } from "./world.ts";

export interface RealHub {
  readonly hub: Hub;
  readonly simulator: PhoneSimulator;
  close(): Promise<void>;
}

export async function aRealHub(): Promise<RealHub> {
  const data = mkdtempSync(join(tmpdir(), "muster-real-"));
  const config = sampleConfig();
  const loaded = loadConfig(config);
  if ("problems" in loaded) throw new Error("The sample config has mistakes");
  const simulator = phoneSimulator({ ...simulatedAccount, inboundUrl: () => `${hub.url}/twilio/messages` });
  const intake = () => intakeAddresses(config, hub.url);
  const aside = simulators({ simulator, chat: chatSimulator(), organisation: loaded.organisation, intake });
  const hub: Hub = await startHub({
    port: 0,
    data,
    config,
    twilio: twilioSettings({}),
    level: "quiet",
    aside,
  });
  return {
    hub,
    simulator,
    async close() {
      simulator.close();
      await hub.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
