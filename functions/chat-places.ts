// Where the bot speaks with somebody, or in a channel: as the chat last told it, or asked of the chat now.
import { setTimeout as pause } from "node:timers/promises";
import type { StreamId } from "./core/aggregate.ts";
import { byHub } from "./core/command.ts";
import { chatNameKey, conversation, conversationStream } from "./core/conversation/conversation.ts";
import type { Learned } from "./core/conversation/facts.ts";
import { believedName } from "./core/conversation/name.ts";
import { type Duration, seconds } from "./core/time.ts";
import { conversationsOf } from "./decisions.ts";
import type { Directory } from "./directory.ts";
import type { Chat, ChatRefusal, Place, Ports } from "./ports.ts";
import { streamNow } from "./stream-now.ts";

interface LookingPorts extends Pick<Ports, "clock"> {
  readonly journal: Pick<Ports["journal"], "load">;
  readonly claims: Pick<Ports["claims"], "holder">;
}

export interface PlacesPorts extends Pick<Ports, "clock"> {
  readonly journal: Pick<Ports["journal"], "load" | "append" | "saveSnapshot">;
  readonly claims: Pick<Ports["claims"], "holder">;
  readonly chat: Pick<Chat, "bot" | "meet" | "member">;
}

/** `key` is the person's object id. */
export type PlaceFound =
  | { readonly outcome: "open"; readonly place: Place; readonly key: string }
  | ChatRefusal;

export interface Places {
  /** One to one with whoever has this address in the config: an object id, or a user principal name. */
  personal(address: string): Promise<PlaceFound>;
  /** Undefined where this hub has no bot. */
  channel(id: string): Promise<Place | undefined>;
  /** What is known of a conversation; `key` is a person's object id or a channel's id. */
  known(key: string): Promise<Learned | undefined>;
  learn(key: string, learned: Learned, cause: string): Promise<void>;
  lose(key: string, why: "uninstalled" | "gone", cause: string): Promise<void>;
}

const objectId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** A page does not wait longer to learn whether a name was given to another account. */
const longestCheck: Duration = seconds(2);

const soon = async <Value>(answer: Promise<Value>): Promise<Value | undefined> => {
  const stop = new AbortController();
  try {
    return await Promise.race([answer, pause(longestCheck, undefined, { signal: stop.signal })]);
  } finally {
    stop.abort();
  }
};

const notSetUp: ChatRefusal = { outcome: "giveUp", reason: "chat-not-set-up", operator: true };

/** Of what was learned, for whoever only looks. */
export function acquaintances({ clock, journal, claims }: LookingPorts) {
  const known = async (key: string): Promise<Learned | undefined> => {
    const { known: learned, lost } = await streamNow(conversation, journal, conversationStream(key));
    return lost === undefined ? learned : undefined;
  };
  const userNamed = async (address: string): Promise<string | undefined> => {
    if (objectId.test(address)) return address;
    const held = await claims.holder(chatNameKey(address), clock.now());
    return held?.holder.slice("conversation/".length);
  };
  return {
    known,
    userNamed,
    /** By an address of the config: an object id, or a user principal name. */
    async knownBy(address: string): Promise<Learned | undefined> {
      const user = await userNamed(address);
      return user === undefined ? undefined : known(user);
    },
  };
}

export function places(ports: PlacesPorts, directory: Pick<Directory, "version" | "chat">): Places {
  const { clock, journal, chat } = ports;
  const conversations = conversationsOf(journal, () => directory.version());

  const { known, userNamed } = acquaintances(ports);

  const learn = async (key: string, learned: Learned, cause: string): Promise<void> => {
    const order = async (stream: StreamId, what: { type: "GiveUpName" } | ({ type: "Learn" } & Learned)) => {
      const envelope = byHub("chat", `${cause} ${stream} ${what.type}`, clock.now(), false, cause);
      return conversations.dispatch(stream, { ...envelope, ...what });
    };
    const stream = conversationStream(key);
    const learning = { type: "Learn", ...learned } as const;
    const learnt = await order(stream, learning);
    if (learnt.outcome !== "yielded") return;
    // The name belongs to another account now.
    await order(learnt.to, { type: "GiveUpName" });
    await order(stream, learning);
  };

  const channel = async (id: string): Promise<Place | undefined> => {
    const bot = chat.bot();
    if (bot === undefined) return undefined;
    return { serviceUrl: (await known(id))?.serviceUrl ?? bot.serviceUrl, conversation: id };
  };

  /** The roster of the team in which incidents are shown knows everybody who was never spoken to. */
  const asked = async (
    address: string,
  ): Promise<{ user: string; person: Learned["person"] } | ChatRefusal> => {
    const home = (await directory.chat())?.channel;
    const place = home === undefined ? undefined : await channel(home);
    if (place === undefined) return { outcome: "giveUp", reason: "not-in-chat", operator: true };
    const found = await chat.member(place, address);
    if (found.outcome !== "done") return found;
    const { user, id, name } = found.member;
    return { user, person: { id, ...(name === undefined ? {} : { name }) } };
  };

  /** Set if a name that was learned a while ago belongs to another account now. Who can't tell changes nothing. */
  const holderNow = async (address: string, user: string, learned: Learned | undefined) => {
    if (objectId.test(address) || believedName(learned?.person, clock.now())?.isFresh === true)
      return undefined;
    const found = await soon(asked(address));
    if (found === undefined || "outcome" in found) return undefined;
    if (found.user !== user) return found;
    if (learned !== undefined && found.person !== undefined)
      await learn(user, { ...learned, person: found.person }, `named ${user} ${clock.now()}`);
    return undefined;
  };

  const meet = async (user: string, person: Learned["person"]): Promise<PlaceFound> => {
    const bot = chat.bot();
    if (bot === undefined) return notSetUp;
    const before = await known(user);
    const serviceUrl = before?.serviceUrl ?? bot.serviceUrl;
    const met = await chat.meet(person?.id ?? before?.person?.id ?? user, bot.tenant, serviceUrl);
    if (met.outcome !== "done") return met;
    const { conversation } = met;
    const learned = { tenant: bot.tenant, serviceUrl, conversation };
    await learn(user, person === undefined ? learned : { ...learned, person }, `met ${user}`);
    return { outcome: "open", key: user, place: { serviceUrl, conversation } };
  };

  return {
    known,
    learn,
    channel,
    async personal(address) {
      if (chat.bot() === undefined) return notSetUp;
      const named = await userNamed(address);
      const before = named === undefined ? undefined : await known(named);
      const renamed = named === undefined ? undefined : await holderNow(address, named, before);
      if (renamed !== undefined) return meet(renamed.user, renamed.person);
      const [user, learned] = [named, before];
      if (user !== undefined && learned?.conversation !== undefined) {
        const { serviceUrl, conversation } = learned;
        return { outcome: "open", key: user, place: { serviceUrl, conversation } };
      }
      if (user !== undefined) return meet(user, learned?.person);
      const found = await asked(address);
      return "outcome" in found ? found : meet(found.user, found.person);
    },
    async lose(key, why, cause) {
      const stream = conversationStream(key);
      const envelope = byHub("chat", `${cause} ${stream} Lose`, clock.now(), false, cause);
      await conversations.dispatch(stream, { ...envelope, type: "Lose", why });
    },
  };
}
