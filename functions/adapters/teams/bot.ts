// All that one bot does, for a host that does all of it in one process.
import type { Chat, ChatChannels, ChatSite } from "../../ports.ts";
import { teamsChannels } from "./channels.ts";
import { teamsChat } from "./chat.ts";
import { teamsChatSite } from "./chat-site.ts";
import { type BotSettings, speakingAs } from "./speaking.ts";

export interface TeamsBot {
  readonly chat: Chat;
  readonly channels: ChatChannels;
  /** The conversation in which it is looked whether the chat is reached. */
  site(conversation: string): ChatSite;
}

export function teamsBot(settings: BotSettings): TeamsBot {
  const speaking = speakingAs(settings);
  return {
    chat: teamsChat(speaking),
    channels: teamsChannels(speaking),
    site: (conversation) => teamsChatSite(speaking, conversation),
  };
}
