// A chat in memory, for whoever tests what is said to it: one conversation per person, and cards that can be changed.

import { readReceipt, receiptOf } from "../../functions/core/conversation/receipt.ts";
import type {
  Bot,
  Channel,
  Chat,
  ChatMessage,
  ChatRefusal,
  OutboundChat,
  Place,
} from "../../functions/ports.ts";

export const bot: Bot = {
  app: "11111111-2222-4333-8444-555555555555",
  tenant: "99999999-8888-4777-8666-555555555555",
  serviceUrl: "https://chat.example.com/emea/",
};

export interface Shown {
  readonly place: Place;
  readonly activity: string;
  /** What stands there now. */
  readonly message: ChatMessage;
  /** How often it was changed. */
  readonly changes: number;
}

/** No bot at all. */
export const noBot: Chat = {
  bot: () => undefined,
  post: () => Promise.reject(new Error("there is no bot")),
  change: () => Promise.reject(new Error("there is no bot")),
  begin: () => Promise.reject(new Error("there is no bot")),
  meet: () => Promise.reject(new Error("there is no bot")),
  member: () => Promise.reject(new Error("there is no bot")),
};

export function chatInMemory() {
  const shown = new Map<string, Shown>();
  /** Conversations that are there no more. */
  const gone = new Set<string>();
  let met = 0;
  /** What the next calls come to instead. */
  const refusals: ChatRefusal[] = [];

  const key = (place: Place, activity: string) => `${place.conversation} ${activity}`;
  const chat: { -readonly [Method in keyof Chat]: Chat[Method] } = {
    ...noBot,
    bot: () => bot,
    async meet(user) {
      const refused = refusals.shift();
      if (refused !== undefined) return refused;
      met += 1;
      return { outcome: "done", conversation: `a:${user}-${met}` };
    },
    async post(place, message) {
      const refused = refusals.shift();
      if (refused !== undefined) return refused;
      if (gone.has(place.conversation))
        return { outcome: "giveUp", reason: "conversation-gone", operator: false };
      const activity = String(shown.size + 1);
      shown.set(key(place, activity), { place, activity, message, changes: 0 });
      return { outcome: "done", activity };
    },
    async change(place, activity, message) {
      const refused = refusals.shift();
      if (refused !== undefined) return refused;
      const before = shown.get(key(place, activity));
      if (before === undefined) return { outcome: "giveUp", reason: "message-gone", operator: false };
      shown.set(key(place, activity), { ...before, message, changes: before.changes + 1 });
      return { outcome: "done", activity };
    },
  };
  const channel: Channel<OutboundChat> = {
    async send({ at, message }) {
      const posted = await chat.post(at, message);
      if (posted.outcome !== "done") return posted;
      const { activity } = posted;
      return { outcome: "done", receipt: receiptOf({ conversation: at.conversation, activity }) };
    },
    find: async () => ({ outcome: "unknown", reason: "provider-unreachable" }),
  };
  return {
    chat,
    channel,
    gone,
    refusals,
    shown: (): readonly Shown[] => [...shown.values()],
    at: (receipt: string): Shown | undefined => {
      const { conversation, activity } = readReceipt(receipt);
      return shown.get(`${conversation} ${activity}`);
    },
  };
}
