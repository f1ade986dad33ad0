// What is where in the simulated Teams: chats and channels, what was said in them, and who sees which card.
import type { SimulatedTeams } from "./account.ts";
import { type Card, cardType, isCard, isObject, type Json } from "./cards.ts";
import type { ChatUser } from "./people.ts";

export interface ChatMessage {
  readonly id: string;
  readonly at: string;
  readonly editedAt?: string;
  /** The chat or the channel. */
  readonly conversation: string;
  /** Of a channel: the post that its thread begins with; its own id for that post. */
  readonly thread?: string;
  /** Object id of whoever wrote it; left out: the bot. */
  readonly from?: string;
  readonly text: string;
  readonly card?: Card;
  readonly summary?: string;
  /** As the bot sent it last. */
  readonly activity?: Json;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly createdAt: string;
  readonly membershipType: string;
  /** Object ids; left out: everybody of the team. */
  readonly members?: readonly string[];
  readonly gone: boolean;
}

/** What a client shows under a card to whoever pressed on it. */
export interface Notice {
  readonly kind: "said" | "refused" | "failed";
  readonly text: string;
}

export type Installed = "installed" | "absent" | "blocked";

export type Place =
  | { readonly kind: "personal"; readonly base: string; readonly user: ChatUser; readonly thread?: undefined }
  | { readonly kind: "channel"; readonly base: string; readonly channel: Channel; readonly thread?: string }
  /** One that was there before the bot was installed anywhere: for a look whether the chat is reached. */
  | { readonly kind: "bare"; readonly base: string; readonly thread?: undefined };

interface Settings {
  readonly account: SimulatedTeams;
  readonly now: () => number;
  readonly users: () => readonly ChatUser[];
  readonly notInstalledFor: readonly string[];
  readonly channels: readonly Pick<Channel, "id" | "name">[];
  readonly bare: readonly string[];
  readonly changed: (conversation: string) => void;
}

export function chatMemory({
  account,
  now,
  users,
  notInstalledFor,
  channels: first,
  bare,
  changed,
}: Settings) {
  const messages = new Map<string, ChatMessage>();
  const views = new Map<string, { readonly card?: Card; readonly notice?: Notice }>();
  const installed = new Map<string, Installed>();
  const iso = () => new Date(now()).toISOString();
  const channels = new Map<string, Channel>(
    [{ id: account.team.id, name: "General" }, ...first].map((channel) => [
      channel.id,
      { ...channel, createdAt: iso(), membershipType: "standard", gone: false },
    ]),
  );
  let inTeam = true;
  let lastId = 0;

  const key = (conversation: string, message: string, who = "") => `${conversation} ${message} ${who}`;
  const userNamed = (name: string): ChatUser | undefined => {
    const known = name.toLowerCase();
    return users().find(
      ({ mri, aadObjectId, upn }) => mri === name || aadObjectId === known || upn === known,
    );
  };
  const keep = (message: ChatMessage): ChatMessage => {
    messages.set(key(message.conversation, message.id), message);
    changed(message.conversation);
    return message;
  };
  const inConversation = (base: string) =>
    [...messages.values()].filter(({ conversation }) => conversation === base);

  return {
    channels: () => [...channels.values()],
    channel: (id: string) => channels.get(id),
    userNamed,
    /** Where a bot's request leads; undefined: nowhere. */
    place(id: string): Place | undefined {
      const [base = "", thread] = id.split(";messageid=", 2);
      const channel = channels.get(base);
      if (channel !== undefined)
        return { kind: "channel", base, channel, ...(thread !== undefined && { thread }) };
      const user = users().find(({ conversation }) => conversation === id);
      if (user !== undefined) return { kind: "personal", base, user };
      return bare.includes(id) ? { kind: "bare", base } : undefined;
    },
    membersOf(place: Place): readonly ChatUser[] {
      if (place.kind === "personal") return [place.user];
      if (place.kind === "bare") return [];
      const { members } = place.channel;
      return users().filter(({ aadObjectId }) => members?.includes(aadObjectId) ?? true);
    },
    installedFor({ aadObjectId, upn }: ChatUser): Installed {
      const isAbsent = notInstalledFor.some((name) => [aadObjectId, upn].includes(name.toLowerCase()));
      return installed.get(aadObjectId) ?? (isAbsent ? "absent" : "installed");
    },
    install({ aadObjectId, conversation }: ChatUser, state: Installed): void {
      installed.set(aadObjectId, state);
      changed(conversation);
    },
    get inTeam() {
      return inTeam;
    },
    joinTeam(isIn: boolean): void {
      inTeam = isIn;
      changed(account.team.id);
    },
    keepChannel(channel: Channel): Channel {
      channels.set(channel.id, channel);
      changed(channel.id);
      return channel;
    },
    /** Of the time when something was written, and of nothing else. */
    newId: () => String((lastId = Math.max(now(), lastId + 1))),
    /** Of the chat or channel, or of one thread of it; the oldest first. */
    said(conversation: string): readonly ChatMessage[] {
      const [base = "", thread] = conversation.split(";messageid=", 2);
      return inConversation(base).filter((message) => thread === undefined || message.thread === thread);
    },
    message: (conversation: string, id: string) => messages.get(key(conversation, id)),
    keep,
    /** Everybody has the new one before their eyes, whatever they had pressed. */
    replace(message: ChatMessage, activity: Json): ChatMessage {
      for (const known of views.keys())
        if (known.startsWith(key(message.conversation, message.id))) views.delete(known);
      const { id, at, conversation, thread } = message;
      return keep({
        ...contentOf(activity),
        id,
        at,
        conversation,
        ...(thread !== undefined && { thread }),
        editedAt: iso(),
        activity,
      });
    },
    remove({ conversation, id }: ChatMessage): void {
      messages.delete(key(conversation, id));
      changed(conversation);
    },
    view: ({ conversation, id }: ChatMessage, who: string) => views.get(key(conversation, id, who)) ?? {},
    look(
      { conversation, id }: ChatMessage,
      who: string,
      view: { readonly card?: Card; readonly notice?: Notice },
    ): void {
      views.set(key(conversation, id, who), view);
      changed(conversation);
    },
  };
}

export type ChatMemory = ReturnType<typeof chatMemory>;

/** What a client shows of an activity. */
export function contentOf({
  text,
  summary,
  attachments,
}: Json): Pick<ChatMessage, "text" | "card" | "summary"> {
  const attached: readonly unknown[] = Array.isArray(attachments) ? attachments : [];
  const card = attached.find((one) => isObject(one) && one["contentType"] === cardType);
  return {
    text: typeof text === "string" ? text : "",
    ...(typeof summary === "string" && { summary }),
    ...(isObject(card) && isCard(card["content"]) && { card: card["content"] }),
  };
}
