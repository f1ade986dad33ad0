// Where everything is tonight that a deployed function would find at its own address.
import type { FunctionName } from "../../../functions/subscriptions.ts";
import type { ChatSettings } from "../../../infra/local/settings.ts";
import { probeConversation } from "../../../infra/local/simulator/chat/chat-simulator.ts";
import { apiPath } from "../../../infra/local/simulator/twilio/phone-simulator.ts";
import { region } from "../cloud/deployment.ts";
import type { Wire } from "./wire.ts";

export const chatServiceUrl = "https://smba.trafficmanager.net/";

/** How Microsoft's addresses begin → how they begin at the simulated chat. */
export const microsoftAt = (chat: string): Readonly<Record<string, string>> => ({
  [chatServiceUrl]: `${chat}/`,
  "https://login.microsoftonline.com/": `${chat}/`,
  "https://graph.microsoft.com/": `${chat}/graph/`,
  "https://login.botframework.com/v1/.well-known/keys": `${chat}/keys`,
});

/** What the SDK reads by itself, and what points Twilio's client elsewhere. */
export const elsewhere = (name: FunctionName, wire: Wire, hub: string): Readonly<Record<string, string>> => ({
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: wire.keyOf(name),
  AWS_SECRET_ACCESS_KEY: "of the rehearsal",
  AWS_ENDPOINT_URL: wire.url,
  TWILIO_API_URL: hub + apiPath,
});

/** The bot of the simulated chat in place of the template's; empty where the night has no chat. */
export function chatOf(
  environment: Readonly<Record<string, string>>,
  chat: ChatSettings | undefined,
): Readonly<Record<string, string>> {
  const ours = {
    TEAMS_APP: chat?.app ?? "",
    TEAMS_TENANT: chat?.tenant ?? "",
    CHAT_SITE_URL: chat === undefined ? "" : `${chatServiceUrl}v3/conversations/${probeConversation}`,
  };
  return Object.fromEntries(Object.entries(ours).filter(([variable]) => variable in environment));
}
