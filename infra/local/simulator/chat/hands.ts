// What people do in the chat: they write, press, react, add the app and take it away.
import { type Activities, type Spot } from "./activities.ts";
import { actionNamed, type Card, type CardAction, isObject, type Json } from "./cards.ts";
import type { Delivered, Forged } from "./delivery.ts";
import type { Channel, ChatMemory, ChatMessage, Notice } from "./memory.ts";
import type { ChatUser } from "./people.ts";
import { afterInvoke, afterSubmit, noticeOf, type Pressed } from "./presses.ts";

export interface Seen extends ChatMessage {
  /** Under the card, since this person's last press on it. */
  readonly notice?: Notice;
}

/** A message, by itself or by its id: whoever holds an old one presses on an old card. */
export type Target = ChatMessage | string;

export interface PressOptions {
  /** What was typed or chosen on the card. */
  readonly inputs?: Json;
  /** A client that does not know Action.Execute. */
  readonly isOldClient?: boolean;
}

export interface UserHand extends ChatUser {
  /** In the chat with the bot alone. */
  says(text: string): Promise<Delivered>;
  /** By verb, id or title, or an action as a card has it. */
  presses(target: Target, action: string | CardAction, options?: PressOptions): Promise<Pressed>;
  reacts(target: Target, reaction: string, isAdded?: boolean): Promise<Delivered>;
  installs(): Promise<readonly Delivered[]>;
  uninstalls(): Promise<readonly Delivered[]>;
  /** The bot is told nothing of it. */
  blocks(): void;
  unblocks(): void;
  /** The chat with the bot as this person sees it, or another conversation. */
  sees(conversation?: string): readonly Seen[];
  /** The newest message that has a card; undefined: none. */
  newestCard(conversation?: string): Seen | undefined;
}

export interface ChannelHand {
  readonly id: string;
  readonly name: string;
  readonly gone: boolean;
  /** Begins a thread, or goes on with one; the bot hears what mentions it, and it is mentioned unless said. */
  says(
    who: string,
    text: string,
    options?: { readonly thread?: string; readonly mentions?: boolean },
  ): Promise<Delivered>;
  /** The bot is told. */
  deletes(): Promise<Delivered>;
  said(): readonly ChatMessage[];
}

export interface Hands {
  readonly memory: ChatMemory;
  readonly tell: Activities;
  readonly now: () => number;
  readonly deliver: (activity: Json, forged?: Forged) => Promise<Delivered>;
}

const nothing: Delivered = { outcome: "nowhere" };

export function userHand(user: ChatUser, { memory, tell, now, deliver }: Hands): UserHand {
  const all = async (activities: readonly Json[]): Promise<readonly Delivered[]> => {
    const delivered: Delivered[] = [];
    for (const activity of activities) delivered.push(await deliver(activity));
    return delivered;
  };
  const found = (target: Target): ChatMessage => {
    if (typeof target !== "string") return target;
    const places = [user.conversation, ...memory.channels().map(({ id }) => id)];
    const message = places.map((place) => memory.message(place, target)).find((one) => one !== undefined);
    if (message === undefined) throw new Error(`There is no message ${target} that ${user.name} could see`);
    return seenBy(message);
  };
  const seenBy = (message: ChatMessage): Seen => ({ ...message, ...memory.view(message, user.aadObjectId) });
  const sees = (conversation = user.conversation) => memory.said(conversation).map(seenBy);
  const show = (message: ChatMessage, pressed: Pressed): Pressed => {
    const notice = noticeOf(pressed);
    const before = memory.view(message, user.aadObjectId).card;
    const card = pressed.outcome === "card" ? pressed.card : before;
    memory.look(message, user.aadObjectId, {
      ...(card !== undefined && { card }),
      ...(notice !== undefined && { notice }),
    });
    return pressed;
  };

  return {
    ...user,
    says(text) {
      if (memory.installedFor(user) === "absent") return Promise.resolve(nothing);
      // Whoever writes to a bot that was blocked has thought again.
      memory.install(user, "installed");
      const id = memory.newId();
      memory.keep({ id, at: iso(now), conversation: user.conversation, from: user.aadObjectId, text });
      return deliver(tell.said(user, text, {}, id, false));
    },
    async presses(target, named, { inputs = {}, isOldClient = false } = {}) {
      const message = found(target);
      const action = typeof named === "string" ? actionOn(message.card, named) : named;
      const press = isOldClient && action.type === "Action.Execute" ? fallbackOf(action) : action;
      if (press.type === "Action.OpenUrl") return { outcome: "link", url: press.url ?? "" };
      const spot = spotOf(message, memory);
      const id = memory.newId();
      if (press.type === "Action.Submit")
        return show(
          message,
          afterSubmit(await deliver(tell.submitted(user, press, inputs, spot, message, id))),
        );
      if (press.type !== "Action.Execute") throw new Error(`Nothing is sent by ${press.type}`);
      return show(message, afterInvoke(await deliver(tell.executed(user, press, inputs, spot, message, id))));
    },
    reacts(target, reaction, isAdded = true) {
      const message = found(target);
      return deliver(tell.reacted(user, reaction, isAdded, spotOf(message, memory), message));
    },
    installs() {
      memory.install(user, "installed");
      return all(tell.installed(user));
    },
    uninstalls() {
      memory.install(user, "absent");
      return all(tell.uninstalled(user));
    },
    blocks: () => memory.install(user, "blocked"),
    unblocks: () => memory.install(user, "installed"),
    sees,
    newestCard: (conversation) => sees(conversation).findLast(({ card }) => card !== undefined),
  };
}

export function channelHand(
  id: string,
  hands: Hands & { readonly user: (name: string) => ChatUser },
): ChannelHand {
  const { memory, tell, now, deliver } = hands;
  const channel = (): Channel => {
    const found = memory.channel(id);
    if (found === undefined) throw new Error(`There is no channel ${id}`);
    return found;
  };
  return {
    id,
    get name() {
      return channel().name;
    },
    get gone() {
      return channel().gone;
    },
    async says(who, text, { thread, mentions = true } = {}) {
      const user = hands.user(who);
      const message = memory.newId();
      const root = thread ?? message;
      memory.keep({
        id: message,
        at: iso(now),
        conversation: id,
        thread: root,
        from: user.aadObjectId,
        text,
      });
      if (!mentions || !memory.inTeam) return nothing;
      return deliver(tell.said(user, text, { channel: channel(), thread: root }, message, true));
    },
    deletes() {
      const gone = memory.keepChannel({ ...channel(), gone: true });
      const [by] = memory.membersOf({ kind: "channel", base: id, channel: gone });
      return by === undefined
        ? Promise.resolve(nothing)
        : deliver(tell.channelChanged(by, gone, "channelDeleted"));
    },
    said: () => memory.said(id),
  };
}

const iso = (now: () => number): string => new Date(now()).toISOString();

function spotOf({ conversation, thread }: ChatMessage, memory: ChatMemory): Spot {
  const channel = memory.channel(conversation);
  return channel === undefined ? {} : { channel, ...(thread !== undefined && { thread }) };
}

function actionOn(card: Card | undefined, name: string): CardAction {
  const action = card === undefined ? undefined : actionNamed(card, name);
  if (action === undefined) throw new Error(`There is nothing called ${name} to press`);
  return action;
}

function fallbackOf(action: CardAction): CardAction {
  const { fallback } = action;
  if (!isObject(fallback) || typeof fallback["type"] !== "string")
    throw new Error("An older client shows no such button: the action has no fallback");
  return { ...fallback, type: fallback["type"] };
}
