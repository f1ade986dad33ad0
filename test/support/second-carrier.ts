// The simulated second carrier behind a real server, with the real client in front of it.
import { PinpointSMSVoiceV2Client } from "@aws-sdk/client-pinpoint-sms-voice-v2";
import { onceOnly } from "../../functions/adapters/aws/clients.ts";
import { secondCarrierBy } from "../../functions/adapters/aws/second-carrier.ts";
import type { SecondCarrier } from "../../functions/ports.ts";
import { secondAccount } from "../../infra/local/simulator/second-carrier/account.ts";
import {
  type InboundText,
  secondCarrier,
  secondCarrierPath,
} from "../../infra/local/simulator/second-carrier/carrier.ts";
import type { CarrierEvent } from "../../infra/local/simulator/second-carrier/events.ts";
import { simulatedPhones } from "./simulated-phones.ts";

const { number, region, credentials } = secondAccount;

/** The second carrier as a hub has it, at this address. */
export function carrierAt(endpoint: string, patienceMs = 1_000): SecondCarrier {
  const client = new PinpointSMSVoiceV2Client({
    ...onceOnly,
    requestHandler: { ...onceOnly.requestHandler, requestTimeout: patienceMs },
    region,
    credentials,
    endpoint,
  });
  return secondCarrierBy(client, { sms: number, voice: number, configurationSet: "muster" });
}

export async function simulatedSecondCarrier() {
  const phones = await simulatedPhones();
  const events: CarrierEvent[] = [];
  const texts: InboundText[] = [];
  const carrier = phones.simulator.join(
    secondCarrier({
      report: async (event) => void events.push(event),
      inbound: async (text) => void texts.push(text),
    }),
  );
  const url = phones.address + secondCarrierPath;
  return { ...phones, url, carrier, events, texts, hub: carrierAt(url) };
}
