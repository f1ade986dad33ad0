// The bot of one hub: all that speaks as it, over one token and at one pace.
import type { Duration } from "../../core/time.ts";
import type { Chat, ChatChannels, ChatSite, Clock } from "../../ports.ts";
import { microsoft, type TeamsAddresses } from "./addresses.ts";
import { asking } from "./asking.ts";
import { teamsChannels } from "./channels.ts";
import { teamsChat } from "./chat.ts";
import { teamsChatSite } from "./chat-site.ts";
import { pace } from "./pace.ts";
import type { SecretFound } from "./secret.ts";
import { botTokens } from "./token.ts";

export interface BotSettings {
  readonly app: string;
  readonly tenant: string;
  readonly secret: () => Promise<SecretFound>;
  readonly clock: Clock;
  readonly addresses?: TeamsAddresses;
  readonly patience?: Duration;
}

export interface TeamsBot {
  readonly chat: Chat;
  readonly channels: ChatChannels;
  /** The conversation in which it is looked whether the chat is reached. */
  site(conversation: string): ChatSite;
}

/** Of the 50 that the chat allows an app: functions run beside each other, and each counts only its own. */
const requestsPerSecond = 30;

export function teamsBot({ addresses = microsoft, ...settings }: BotSettings): TeamsBot {
  const { app, tenant } = settings;
  const tokens = botTokens({ ...settings, addresses });
  const about = { ...settings, tokens, addresses, room: pace(requestsPerSecond) };
  const ask = asking(about, "connector");
  return {
    chat: teamsChat({ app, tenant, serviceUrl: addresses.serviceUrl, ask }),
    channels: teamsChannels({ graph: addresses.graph, ask: asking(about, "graph") }),
    site: (conversation) => teamsChatSite({ conversation, ask }),
  };
}
