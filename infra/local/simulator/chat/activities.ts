// What Teams tells a bot, in the shapes that it has there.
// https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/subscribe-to-conversation-events
import { randomUUID } from "node:crypto";
import type { SimulatedTeams } from "./account.ts";
import { type CardAction, dataOf, type Json } from "./cards.ts";
import type { Channel, ChatMessage } from "./memory.ts";
import type { ChatUser } from "./people.ts";

export interface Speaker {
  readonly account: SimulatedTeams;
  readonly serviceUrl: () => string;
  readonly now: () => number;
}

/** In a channel where it is named, with the post whose thread it belongs to; else in the chat of this person. */
export interface Spot {
  readonly channel?: Channel;
  readonly thread?: string;
}

export function activities({ account, serviceUrl, now }: Speaker) {
  const { tenant, bot, team } = account;
  const tenantOf = { tenant: { id: tenant } };
  const teamOf = { id: team.id, name: team.name, aadGroupId: team.groupId };
  const botId = `28:${bot.id}`;
  const clientInfo = {
    type: "clientInfo",
    locale: "en-GB",
    country: "GB",
    platform: "Web",
    timezone: "Europe/London",
  };

  const told = (user: ChatUser, type: string, rest: Json) => ({
    type,
    id: `f:${randomUUID()}`,
    timestamp: new Date(now()).toISOString(),
    channelId: "msteams",
    serviceUrl: serviceUrl(),
    from: { id: user.mri, aadObjectId: user.aadObjectId },
    recipient: { id: botId, name: bot.name },
    ...rest,
  });
  const inChat = ({ conversation }: ChatUser) => ({
    conversation: { conversationType: "personal", tenantId: tenant, id: conversation },
  });
  const inTeam = (id: string) => ({
    conversation: { isGroup: true, conversationType: "channel", tenantId: tenant, id },
  });
  const spoken = (
    user: ChatUser,
    type: string,
    { channel, thread }: Spot,
    id: string,
    channelData: Json,
    rest: Json,
  ) => {
    const where =
      channel === undefined
        ? inChat(user)
        : inTeam(thread === undefined ? channel.id : `${channel.id};messageid=${thread}`);
    const data =
      channel === undefined
        ? {}
        : {
            teamsChannelId: channel.id,
            teamsTeamId: team.id,
            channel: { id: channel.id },
            team: { id: team.id },
          };
    return {
      ...told(user, type, {
        ...where,
        locale: "en-GB",
        localTimezone: "Europe/London",
        localTimestamp: new Date(now()).toISOString(),
        channelData: { ...data, ...tenantOf, ...channelData },
        ...rest,
      }),
      from: { id: user.mri, name: user.name, aadObjectId: user.aadObjectId },
      id,
    };
  };
  /** On a card, or under it. */
  const pressed = (user: ChatUser, spot: Spot, message: ChatMessage, id: string, type: string, rest: Json) =>
    spoken(
      user,
      type,
      spot,
      id,
      { source: { name: "message" }, legacy: { replyToId: message.id } },
      {
        replyToId: message.id,
        entities: [clientInfo],
        ...rest,
      },
    );

  return {
    /** What comes when the app is added for one person: the installation, and then the chat. */
    installed: (user: ChatUser) => [
      told(user, "installationUpdate", {
        action: "add",
        ...inChat(user),
        locale: "en-GB",
        entities: [clientInfo],
        channelData: {
          ...tenantOf,
          settings: { selectedChannel: { id: user.conversation } },
          source: { name: "message" },
        },
      }),
      told(user, "conversationUpdate", {
        ...inChat(user),
        membersAdded: [{ id: user.mri, aadObjectId: user.aadObjectId }, { id: botId }],
        channelData: tenantOf,
      }),
    ],
    uninstalled: (user: ChatUser) => [
      told(user, "installationUpdate", {
        action: "remove",
        ...inChat(user),
        locale: "en-GB",
        entities: [clientInfo],
        channelData: { ...tenantOf, source: { name: "message" } },
      }),
    ],
    joinedTeam: (by: ChatUser, channel: Channel) => [
      told(by, "installationUpdate", {
        action: "add",
        ...inTeam(channel.id),
        locale: "en-GB",
        entities: [clientInfo],
        channelData: {
          ...tenantOf,
          team: teamOf,
          channel: { id: channel.id },
          settings: { selectedChannel: { id: channel.id } },
          source: { name: "message" },
        },
      }),
      told(by, "conversationUpdate", {
        ...inTeam(channel.id),
        membersAdded: [{ id: botId }],
        channelData: {
          ...tenantOf,
          team: teamOf,
          eventType: "teamMemberAdded",
          settings: { selectedChannel: { id: channel.id } },
        },
      }),
    ],
    leftTeam: (by: ChatUser) => [
      told(by, "conversationUpdate", {
        ...inTeam(team.id),
        membersRemoved: [{ id: botId }],
        channelData: { ...tenantOf, team: teamOf, eventType: "teamMemberRemoved" },
      }),
      told(by, "installationUpdate", {
        action: "remove",
        ...inTeam(team.id),
        locale: "en-GB",
        entities: [clientInfo],
        channelData: { ...tenantOf, team: teamOf, source: { name: "message" } },
      }),
    ],
    /** "channelCreated", "channelDeleted", … */
    channelChanged: (by: ChatUser, { id, name }: Channel, eventType: string) =>
      told(by, "conversationUpdate", {
        ...inTeam(team.id),
        channelData: { ...tenantOf, team: teamOf, channel: { id, name }, eventType },
      }),
    said(user: ChatUser, text: string, spot: Spot, id: string, mentions: boolean) {
      const at = `<at>${bot.name}</at>`;
      const mention = { type: "mention", mentioned: { id: botId, name: bot.name }, text: at };
      const words = mentions ? `${at} ${text}` : text;
      return spoken(
        user,
        "message",
        spot,
        id,
        {},
        {
          text: words,
          textFormat: "plain",
          attachments: [{ contentType: "text/html", content: htmlOf(mentions ? bot.name : "", text) }],
          entities: mentions ? [mention, clientInfo] : [clientInfo],
          ...(spot.thread !== undefined && spot.thread !== id && { replyToId: spot.thread }),
        },
      );
    },
    /** Action.Execute: the answer of the HTTP request is what the presser sees. */
    executed: (
      user: ChatUser,
      action: CardAction,
      inputs: Json,
      spot: Spot,
      message: ChatMessage,
      id: string,
    ) =>
      pressed(user, spot, message, id, "invoke", {
        name: "adaptiveCard/action",
        value: {
          action: {
            type: "Action.Execute",
            ...(action.title !== undefined && { title: action.title }),
            ...(action.id !== undefined && { id: action.id }),
            ...(action.verb !== undefined && { verb: action.verb }),
            data: dataOf(action, inputs) ?? {},
          },
          trigger: "manual",
        },
      }),
    /** Action.Submit, as every older client sends it. */
    submitted: (
      user: ChatUser,
      action: CardAction,
      inputs: Json,
      spot: Spot,
      message: ChatMessage,
      id: string,
    ) => pressed(user, spot, message, id, "message", { value: dataOf(action, inputs) ?? {} }),
    reacted: (user: ChatUser, reaction: string, isAdded: boolean, spot: Spot, message: ChatMessage) =>
      spoken(
        user,
        "messageReaction",
        spot,
        `f:${randomUUID()}`,
        { legacy: { replyToId: message.id } },
        {
          replyToId: message.id,
          [isAdded ? "reactionsAdded" : "reactionsRemoved"]: [{ type: reaction }],
        },
      ),
  };
}

export type Activities = ReturnType<typeof activities>;

const escaped = (text: string): string =>
  text.replace(
    /[&<>"]/g,
    (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] ?? sign,
  );

const htmlOf = (mentioned: string, text: string): string =>
  mentioned === ""
    ? `<p>${escaped(text)}</p>`
    : `<p><span itemtype="http://schema.skype.com/Mention" itemscope="" itemid="0">${escaped(mentioned)}</span>&nbsp;${escaped(text)}</p>`;
