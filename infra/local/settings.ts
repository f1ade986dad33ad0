// Where the one-machine host sends its texts: to the simulator in the same process, to another address that speaks Twilio's
// API, or to the real provider; and by which second carrier when that one is down.
import { PinpointSMSVoiceV2Client } from "@aws-sdk/client-pinpoint-sms-voice-v2";
import { onceOnly } from "../../functions/adapters/aws/clients.ts";
import { secondCarrierBy } from "../../functions/adapters/aws/second-carrier.ts";
import { microsoft, type TeamsAddresses } from "../../functions/adapters/teams/addresses.ts";
import type { SecondCarrier } from "../../functions/ports.ts";
import type { ChatSettings } from "./chat-bot.ts";
import { simulatedTeams } from "./simulator/chat/account.ts";
import { chatPath, probeConversation } from "./simulator/chat/chat-simulator.ts";
import { secondAccount } from "./simulator/second-carrier/account.ts";
import { secondCarrierPath } from "./simulator/second-carrier/carrier.ts";
import { simulatedAccount as simulated } from "./simulator/twilio/account.ts";
import { apiPath } from "./simulator/twilio/phone-simulator.ts";
import { isLoopback } from "./unsigned-local.ts";

export type { ChatSettings } from "./chat-bot.ts";

export interface TwilioSettings {
  readonly mode: "simulator" | "elsewhere" | "real";
  readonly authToken: string;
  readonly sender: { readonly from: string } | { readonly messagingServiceSid: string };
  /** The number that calls; none where only a messaging service is known. */
  readonly caller: string | undefined;
  /** `url` is the hub's own address, at which the simulator answers as well. */
  account(url: string): {
    readonly accountSid: string;
    readonly credentials: { readonly authToken: string };
    readonly apiUrl?: string;
  };
}

/** All that a bot needs of Microsoft, below one address of a simulator. */
export const simulatedAddresses = (at: string, serviceUrl = `${at}/`): TeamsAddresses => ({
  serviceUrl,
  login: at,
  graph: `${at}/graph/v1.0`,
  keys: `${at}/keys`,
  trusts: (url) => isLoopback(url) || url.origin === new URL(serviceUrl).origin,
});

/** A chat that does not exist, or another connector on this machine in its place; with a bot's credentials the real one. */
export function chatSettings(environment: Environment): ChatSettings {
  const { TEAMS_APP, TEAMS_TENANT, TEAMS_CLIENT_SECRET, TEAMS_SERVICE_URL } = environment;
  const said = { TEAMS_APP, TEAMS_TENANT, TEAMS_CLIENT_SECRET };
  const missing = Object.entries(said).flatMap(([name, value]) => (value ? [] : [name]));
  if (TEAMS_SERVICE_URL === undefined && TEAMS_APP && TEAMS_TENANT && TEAMS_CLIENT_SECRET)
    return {
      mode: "real",
      app: TEAMS_APP.toLowerCase(),
      tenant: TEAMS_TENANT.toLowerCase(),
      clientSecret: TEAMS_CLIENT_SECRET,
      addresses: () => microsoft,
    };
  if (TEAMS_SERVICE_URL === undefined && missing.length < 3)
    throw new Error(`${missing.join(" and ")} not set: the real Teams needs all three, the simulator none`);
  const { tenant, bot } = simulatedTeams;
  const base = TEAMS_SERVICE_URL?.replace(/\/*$/, "/");
  return {
    mode: base === undefined ? "simulator" : "elsewhere",
    app: bot.id,
    tenant,
    clientSecret: bot.secret,
    addresses: (url) => simulatedAddresses(`${url}${chatPath}`, base),
    conversation: (url) => `${url}${chatPath}/v3/conversations/${probeConversation}`,
  };
}

/** The one that answers at the hub's own address. */
export const simulatedChat: ChatSettings = chatSettings({});

type Environment = Readonly<Record<string, string | undefined>>;

/** Undefined where it is not set or empty. */
export function publicUrlIn({ MUSTER_PUBLIC_URL: written }: Environment): string | undefined {
  if (written === undefined || written === "") return undefined;
  const url = URL.parse(written);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== "" || url.search !== "")
    throw new Error(
      "MUSTER_PUBLIC_URL is no address: write it like https://hub.example.com, without a user or a query",
    );
  return written;
}

export function twilioSettings(environment: Environment): TwilioSettings {
  const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_FROM, TWILIO_MESSAGING_SERVICE_SID, TWILIO_API_URL } =
    environment;
  const missing = Object.entries({ TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN }).flatMap(([name, value]) =>
    value ? [] : [name],
  );
  const real = TWILIO_API_URL === undefined && missing.length === 0;
  if (!real && missing.length === 1)
    throw new Error(`${missing[0]} is not set: the real Twilio needs both, the simulator none`);
  const accountSid = TWILIO_ACCOUNT_SID || simulated.accountSid;
  const authToken = TWILIO_AUTH_TOKEN || simulated.authToken;
  if (real && !TWILIO_FROM && !TWILIO_MESSAGING_SERVICE_SID) {
    throw new Error("Set TWILIO_FROM or TWILIO_MESSAGING_SERVICE_SID: the real Twilio has to know who sends");
  }
  const credentials = { authToken };
  const sender = TWILIO_MESSAGING_SERVICE_SID
    ? { messagingServiceSid: TWILIO_MESSAGING_SERVICE_SID }
    : { from: TWILIO_FROM || simulated.from };
  const caller = TWILIO_FROM || (real ? undefined : simulated.from);
  if (real) return { mode: "real", authToken, sender, caller, account: () => ({ accountSid, credentials }) };
  return {
    mode: TWILIO_API_URL === undefined ? "simulator" : "elsewhere",
    authToken,
    sender,
    caller,
    account: (url) => ({ accountSid, credentials, apiUrl: TWILIO_API_URL ?? `${url}${apiPath}` }),
  };
}

/** By the real client, to the simulator that answers at the hub's own address. */
export function simulatedSecondCarrier(url: string): SecondCarrier {
  const { number, region, credentials } = secondAccount;
  const client = new PinpointSMSVoiceV2Client({
    ...onceOnly,
    region,
    credentials,
    endpoint: `${url}${secondCarrierPath}`,
  });
  return secondCarrierBy(client, { sms: number, voice: number, configurationSet: undefined });
}
