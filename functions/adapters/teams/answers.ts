// What an answer of Microsoft's services means for whoever asked: it is done, or why not, and what follows of that.
// https://learn.microsoft.com/en-us/microsoftteams/platform/bots/build-conversational-capability#status-codes-from-bot-conversational-apis
import type { DeliveryReason } from "../../core/incident/events.ts";
import { type Duration, minutes, seconds } from "../../core/time.ts";
import type { ChatRefusal } from "../../ports.ts";
import type { Answered } from "./transport.ts";

/** What the answer says, if it says something; `{}` where it says no more than yes. */
export type Sorted = { readonly outcome: "done"; readonly said: Said } | ChatRefusal;
export type Said = Readonly<Record<string, unknown>>;

export interface Wish {
  /** Asked twice, it would be there twice: what may have gone out is not asked again. */
  readonly creates: boolean;
  /** What it means that the bot is not let in where it asks; that somebody can't be spoken to unless said. */
  readonly barred?: DeliveryReason;
  /** What a 404 means that does not say more. */
  readonly missing: DeliveryReason;
  /** What is told of a refusal beside its status, where that means something to whoever asks. */
  readonly refusal?: (status: number, said: Said) => ChatRefusal | undefined;
}

/** Nothing that is asked here is worth more patience, and no clock of theirs is believed for longer. */
const longestWait: Duration = minutes(15);

/** Who may not be spoken to by this bot, though it is let in. */
const notInChat: ReadonlySet<string> = new Set([
  "BotNotInConversationRoster",
  "ConversationBlockedByUser",
  "ForbiddenOperationException",
  "MessageWritesBlocked",
  "NotEnoughPermissions",
]);

export function sorted(answered: Answered, wish: Wish, now: number): Sorted {
  if (answered.outcome === "none") return withoutAnswer(answered, wish);
  const { status, text } = answered;
  const said = objectIn(text);
  if (status >= 200 && status < 300) {
    if (said !== undefined && codeOf(said) === undefined) return { outcome: "done", said };
    // Some failures come under 200, as text: nobody can say of it what became of the words.
    return inDoubt(wish, "provider-error");
  }
  const own = said === undefined ? undefined : wish.refusal?.(status, said);
  if (own !== undefined) return own;
  const code = said === undefined ? "" : (codeOf(said) ?? "");
  switch (status) {
    case 401:
      return giveUp("account-refused", true);
    case 403:
      if (notInChat.has(code)) return giveUp(wish.barred ?? "not-in-chat", false);
      // "For GCC tenants, call …": the address is wrong, and not the account.
      return giveUp(code === "InvalidBotApiHost" ? "sender-misconfigured" : "account-refused", true);
    case 404:
      return giveUp(missingBy[code] ?? wish.missing, false);
    case 408:
      return inDoubt(wish, "timed-out");
    case 413:
      return giveUp("too-large", false);
    case 429:
      return retry("rate-limited", afterOf(answered.retryAfter, now));
    case 412:
    case 425:
      return retry("provider-error");
    default:
      return status >= 500
        ? retry("provider-error", afterOf(answered.retryAfter, now))
        : giveUp("provider-error", true);
  }
}

const missingBy: Readonly<Record<string, DeliveryReason>> = {
  ActivityNotFoundInConversation: "message-gone",
  ConversationNotFound: "conversation-gone",
  MemberNotFoundInConversation: "not-in-chat",
};

function withoutAnswer(
  { sent, timedOut }: Extract<Answered, { readonly outcome: "none" }>,
  wish: Wish,
): ChatRefusal {
  const reason = timedOut ? "timed-out" : "provider-unreachable";
  return sent ? inDoubt(wish, reason) : retry(reason);
}

const inDoubt = ({ creates }: Wish, reason: DeliveryReason): ChatRefusal =>
  creates ? { outcome: "unknown", reason } : retry(reason);

export const retry = (reason: DeliveryReason, after?: Duration): ChatRefusal => ({
  outcome: "retry",
  reason,
  ...(after !== undefined && { after }),
});

export const giveUp = (reason: DeliveryReason, operator: boolean): ChatRefusal => ({
  outcome: "giveUp",
  reason,
  operator,
});

/** In seconds, or as a date. */
function afterOf(said: string | undefined, now: number): Duration | undefined {
  const text = said?.trim() ?? "";
  if (text === "") return undefined;
  const after = /^\d+(\.\d+)?$/.test(text) ? seconds(Number(text)) : Date.parse(text) - now;
  return Number.isNaN(after) ? undefined : Math.min(Math.max(after, 0), longestWait);
}

/** An empty answer says nothing, and that is no fault; one that is no object is no answer of theirs. */
function objectIn(text: string): Said | undefined {
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Said) : undefined;
  } catch {
    return undefined; // whoever asked says what that means
  }
}

/** `{"error": {"code": "…"}}` of the connector and of Graph; its words, which may hold names, go no further. */
export function codeOf({ error }: Said): string | undefined {
  if (error === undefined || error === null) return undefined;
  if (typeof error === "string") return error;
  return typeof error === "object" && "code" in error && typeof error.code === "string" ? error.code : "";
}

export const textIn = (said: Said, name: string): string | undefined => {
  const value = said[name];
  return typeof value === "string" && value !== "" ? value : undefined;
};
