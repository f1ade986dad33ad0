// How the connector says no. The codes are those of Microsoft's table of its conversational interfaces:
// https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/conversation-messages#status-codes-from-bot-conversational-apis
import { type Answer, json } from "../twilio/refusals.ts";

export const refused = (code: string, message: string) => ({ error: { code, message } });

const no = (status: number, code: string, message: string): Answer => json(status, refused(code, message));

export const refusals = {
  unauthorized: {
    ...no(401, "Unauthorized", "Authorization has been denied for this request."),
    headers: { "content-type": "application/json; charset=utf-8", "www-authenticate": "Bearer" },
  } satisfies Answer,
  badSyntax: (why: string) => no(400, "BadSyntax", why),
  badArgument: (why: string) => no(400, "BadArgument", why),
  notInRoster: no(403, "BotNotInConversationRoster", "The bot is not part of the conversation roster."),
  notInstalled: no(403, "ForbiddenOperationException", "Bot is not installed in user's personal scope"),
  blocked: no(403, "ConversationBlockedByUser", "User blocked the conversation with the bot."),
  notYours: no(403, "NotEnoughPermissions", "Bot can only change or delete its own messages."),
  noConversation: no(404, "ConversationNotFound", "Conversation not found."),
  noActivity: no(404, "ActivityNotFoundInConversation", "Conversation not found."),
  noMember: no(404, "MemberNotFoundInConversation", "Member not found."),
  nowhere: no(404, "NotFound", "There is nothing at this address."),
  otherMethod: no(405, "MethodNotAllowed", "The method is not allowed here."),
  tooBig: no(413, "MessageSizeTooBig", "Message size too large."),
} as const;
