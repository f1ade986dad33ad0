// The chat by Teams' connector: words and cards to where people read, threads, and whom the bot meets.
// https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
import { type Duration, seconds } from "../../core/time.ts";
import type { Chat, ChatMessage, ChatRefusal, Place, Posted } from "../../ports.ts";
import { activityOf, botId } from "./activity.ts";
import { retry, type Said, textIn } from "./answers.ts";
import { inTurn, newestWins } from "./pace.ts";
import { rosters } from "./roster.ts";
import type { Speaking } from "./speaking.ts";

const notSetUp: ChatRefusal = { outcome: "giveUp", reason: "chat-not-set-up", operator: true };

/** A hub without a bot. */
export const noChat: Chat = {
  bot: () => undefined,
  post: () => Promise.resolve(notSetUp),
  change: () => Promise.resolve(notSetUp),
  begin: () => Promise.resolve(notSetUp),
  meet: () => Promise.resolve(notSetUp),
  member: () => Promise.resolve(notSetUp),
};

/** Whoever waits behind a silent chat waits no longer than for its answer. */
const longestTurn: Duration = seconds(5);

const conversations = "v3/conversations";
const at = ({ conversation }: Place): string => `${conversations}/${encodeURIComponent(conversation)}`;

export function teamsChat({ app, tenant, clock, addresses, connector: ask }: Omit<Speaking, "graph">): Chat {
  const bot = { id: botId(app) };
  const turn = inTurn(longestTurn);
  /** Nothing was said while another one there got no answer: it may be tried elsewhere, and again. */
  const byTurn = async <Done>(
    conversation: string,
    act: () => Promise<Done | ChatRefusal>,
  ): Promise<Done | ChatRefusal> => (await turn(conversation, act)) ?? retry("timed-out");
  const newest = newestWins<ChatMessage, Posted>();

  const inConversation = ({ conversation }: Place, message: ChatMessage) => ({
    ...activityOf(message, app),
    conversation: { id: conversation },
  });

  return {
    bot: () => ({ app, tenant, serviceUrl: addresses.serviceUrl }),

    post: (place, message) =>
      byTurn(place.conversation, async () => {
        const found = await ask({
          method: "POST",
          base: place.serviceUrl,
          path: `${at(place)}/activities`,
          body: inConversation(place, message),
          creates: true,
          missing: "conversation-gone",
        });
        return found.outcome === "done" ? posted(found.said) : found;
      }),

    change: (place, activity, message) =>
      newest(`${place.conversation} ${activity}`, message, (now) =>
        byTurn(place.conversation, async () => {
          const found = await ask({
            method: "PUT",
            base: place.serviceUrl,
            path: `${at(place)}/activities/${encodeURIComponent(activity)}`,
            body: { ...inConversation(place, now), id: activity },
            creates: false,
            missing: "message-gone",
          });
          return found.outcome === "done" ? { outcome: "done", activity } : found;
        }),
      ),

    begin: (channel, message) =>
      byTurn(channel.conversation, async () => {
        const found = await ask({
          method: "POST",
          base: channel.serviceUrl,
          path: conversations,
          body: {
            isGroup: true,
            bot,
            tenantId: tenant,
            channelData: { channel: { id: channel.conversation }, tenant: { id: tenant } },
            activity: activityOf(message, app),
          },
          creates: true,
          missing: "conversation-gone",
        });
        if (found.outcome !== "done") return found;
        const conversation = textIn(found.said, "id");
        // It began, and nobody knows where.
        if (conversation === undefined) return { outcome: "unknown", reason: "provider-error" };
        const activity = textIn(found.said, "activityId") ?? /;messageid=(\d+)$/.exec(conversation)?.[1];
        return { outcome: "done", conversation, activity };
      }),

    async meet(user, inTenant, base) {
      const found = await ask({
        method: "POST",
        base,
        path: conversations,
        body: {
          isGroup: false,
          bot,
          members: [{ id: user }],
          tenantId: inTenant,
          channelData: { tenant: { id: inTenant } },
        },
        // Whoever is met a second time is met in the same conversation.
        creates: false,
        missing: "not-in-chat",
      });
      if (found.outcome !== "done") return found;
      const conversation = textIn(found.said, "id");
      return conversation === undefined ? retry("provider-error") : { outcome: "done", conversation };
    },

    member: rosters(ask, clock).member,
  };
}

/** Taken, it may say, and give it no name. */
const posted = (said: Said): Posted => ({ outcome: "done", activity: textIn(said, "id") });
