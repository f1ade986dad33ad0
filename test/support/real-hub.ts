// A hub with its phones and its chat in this process, as `npm start` runs them: in real time, for parts that can't be told
// to wait.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { type Hub, startHub } from "../../infra/local/hub.ts";
import { intakeAddresses } from "../../infra/local/intake-addresses.ts";
import { simulatedChat, twilioSettings } from "../../infra/local/settings.ts";
import { type ChatSimulator, chatSimulator } from "../../infra/local/simulator/chat/chat-simulator.ts";
import { simulatedAccount } from "../../infra/local/simulator/twilio/account.ts";
import { type PhoneSimulator, phoneSimulator } from "../../infra/local/simulator/twilio/phone-simulator.ts";
import { simulators } from "../../infra/local/simulators.ts";
import { loadConfig } from "../../schemas/load-config.ts";
import { sampleConfig } from "./world.ts";

export interface RealHub {
  readonly hub: Hub;
  readonly simulator: PhoneSimulator;
  readonly chat: ChatSimulator;
  close(): Promise<void>;
}

/** The sample's nights by phone unless another organisation is given; `publicUrl` as behind a tunnel. */
export async function aRealHub(
  organised: string | object = sampleConfig(),
  publicUrl?: string,
): Promise<RealHub> {
  const data = mkdtempSync(join(tmpdir(), "muster-real-"));
  const config = typeof organised === "string" ? organised : stringify(organised);
  const loaded = loadConfig(config);
  if ("problems" in loaded) throw new Error(`The config has mistakes: ${JSON.stringify(loaded.problems)}`);
  const { organisation } = loaded;
  const simulator = phoneSimulator({ ...simulatedAccount, inboundUrl: () => `${hub.url}/twilio/messages` });
  const chat = chatSimulator({ people: organisation.people, deliverTo: () => `${hub.url}/teams/messages` });
  const intake = () => intakeAddresses(config, hub.url);
  const hub: Hub = await startHub({
    port: 0,
    data,
    config,
    publicUrl,
    twilio: twilioSettings({}),
    level: "quiet",
    aside: simulators({ simulator, chat, organisation, intake }),
    chat: simulatedChat,
  });
  await chat.announce();
  return {
    hub,
    simulator,
    chat,
    async close() {
      simulator.close();
      chat.close();
      await hub.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
