// The bot of the one-machine host: the same adapters as in the cloud, with addresses and a secret that the host gives in code.
import type { TeamsAddresses } from "../../functions/adapters/teams/addresses.ts";
import { teamsBot } from "../../functions/adapters/teams/bot.ts";
import { botProof, noBot } from "../../functions/adapters/teams/bot-proof.ts";
import { noChannels } from "../../functions/adapters/teams/channels.ts";
import { noChat } from "../../functions/adapters/teams/chat.ts";
import { noChatSite } from "../../functions/adapters/teams/chat-site.ts";
import type { Clock, Ports } from "../../functions/ports.ts";
import { unsignedLocal } from "./unsigned-local.ts";

export interface ChatSettings {
  readonly mode: "simulator" | "elsewhere" | "real";
  readonly app: string;
  readonly tenant: string;
  readonly clientSecret: string;
  /** `url` is the hub's own address, at which the simulator answers as well. */
  addresses(url: string): TeamsAddresses;
  /** Where it is looked whether the chat is reached; nobody looks where it is left out. */
  readonly conversation?: (url: string) => string;
  /** Lets in a client on this machine that signs nothing. */
  readonly unsigned?: boolean;
}

type Spoken = Pick<Ports, "chat" | "chatChannels" | "botProof" | "chatSite">;

export function botAt(settings: ChatSettings | undefined, url: string, clock: Clock): Spoken {
  if (settings === undefined)
    return { chat: noChat, chatChannels: noChannels, botProof: noBot, chatSite: noChatSite };
  const { app, tenant, clientSecret, unsigned = false } = settings;
  const addresses = settings.addresses(url);
  const secret = () =>
    Promise.resolve({ outcome: "done", secret: { clientSecrets: [clientSecret] } } as const);
  const bot = teamsBot({ app, tenant, secret, clock, addresses });
  const proof = botProof({ app, tenant, clock, addresses });
  return {
    chat: bot.chat,
    chatChannels: bot.channels,
    botProof: unsigned ? unsignedLocal(proof) : proof,
    chatSite: settings.conversation === undefined ? noChatSite : bot.site(settings.conversation(url)),
  };
}
