// A hub that pages Ada and Linus by Teams: by the adapter of every night, to the simulated Teams on the other side.
import { teamsChannel } from "../../functions/adapters/teams/channel.ts";
import { noChat } from "../../functions/adapters/teams/chat.ts";
import type { StreamId } from "../../functions/core/aggregate.ts";
import { readReceipt } from "../../functions/core/conversation/receipt.ts";
import type { Page } from "../../functions/core/incident/state.ts";
import { decisions } from "../../functions/decisions.ts";
import type { QueueHandler } from "../../functions/lambda.ts";
import type { Chat, ChatMessage } from "../../functions/ports.ts";
import { make as sendNotice } from "../../functions/send-notice/handler.ts";
import { make as sendPage } from "../../functions/send-page/handler.ts";
import type { ChatSimulator } from "../../infra/local/simulator/chat/chat-simulator.ts";
import { loadConfig } from "../../schemas/load-config.ts";
import { aCallHouse, type PagedCall } from "./a-call.ts";
import { config, records } from "./intake.ts";
import { simulatedChat } from "./simulated-chat.ts";

export const adasAccount = "aaaaaaaa-0000-4000-8000-000000000001";
export const linusAccount = "aaaaaaaa-0000-4000-8000-000000000002";

/** Both at once, by the chat alone. */
export const chatConfig = config
  .replace('sms: "+447700900001"', `teams: ${adasAccount}`)
  .replace('sms: "+46701740605"', `teams: ${linusAccount}`)
  .replace(
    "[{ page: [ada], within: 5m }, { page: [linus], within: 5m }]",
    "[{ page: [ada, linus], within: 5m }]",
  );

/** What stands in somebody's chat. */
export interface Shown {
  readonly conversation: string;
  readonly message: ChatMessage;
}

/** `given`: a chat that was there before, and goes on after it. */
export async function aChatHouse(text = chatConfig, given?: Awaited<ReturnType<typeof simulatedChat>>) {
  const house = await aCallHouse(text);
  const { now } = house.ports.clock;
  const loaded = loadConfig(text);
  const people = "organisation" in loaded ? loaded.organisation.people : [];
  const simulated = given ?? (await simulatedChat({ people, now, rates: "none" }));
  const teams = simulated.chat;
  const bot = given === undefined ? simulated.bot({ now }) : simulated.bot({ patience: 5_000 });
  /** A test may put something before what it does. */
  const chat: { -readonly [Method in keyof Chat]: Chat[Method] } = { ...bot.chat };
  const unused = () => Promise.reject(new Error("not asked for"));
  const ports = {
    ...house.ports,
    chat,
    commandPost: { address: (stream?: StreamId) => `https://pager.example.com/${stream ?? ""}` },
    channels: {
      sms: { send: unused, find: unused },
      voice: { send: unused, find: unused, takeBack: unused },
      teams: teamsChannel({ post: (...asked) => chat.post(...asked) }),
    },
    secondCarrier: { sms: undefined, voice: undefined },
    links: { sign: unused, read: unused },
  };
  const take = async (handler: QueueHandler, type: string, stream: StreamId, ref?: string) => {
    const detail = { stream, version: 1, index: 0, drill: false, ...(ref === undefined ? {} : { ref }) };
    const { batchItemFailures } = await handler(records({ "detail-type": type, detail }), house.said.tools);
    return batchItemFailures.length === 0 ? "taken" : "brought again";
  };
  const carry = sendPage(ports);
  const tell = sendNotice(ports);
  const deliveriesOf = (page: Page) => page.deliveries.filter(({ channel }) => channel === "teams");

  /** Everything that stands in the chats, in the order in which it was posted. */
  const shown = (): readonly Shown[] =>
    teams
      .users()
      .flatMap(({ conversation }) => teams.said(conversation))
      .toSorted((a, b) => Number(a.id) - Number(b.id))
      .map(shownAs);
  const at = (receipt: string): Shown | undefined => {
    const { conversation, activity = "" } = readReceipt(receipt);
    const message = teams.message(conversation, activity);
    return message === undefined ? undefined : shownAs(message);
  };

  return {
    ...house,
    ports,
    /** The other side. */
    teams,
    chat,
    shown,
    at,
    /** The hub's bot is taken away. */
    loseBot: () => void Object.assign(chat, noChat),
    async close() {
      if (given === undefined) await simulated.stop();
      await house.close();
    },
    decisions: decisions(ports),
    take,
    /** Carries what every open page wants to be carried by the chat. */
    async carryAll(call: PagedCall) {
      const came: string[] = [];
      for (const page of Object.values((await call.state()).paging.pages))
        for (const delivery of deliveriesOf(page).filter(({ state }) => state === "wanted"))
          came.push(await take(carry, "DeliveryWanted", call.stream, delivery.id));
      return came;
    },
    async tellAll(call: PagedCall) {
      const came: string[] = [];
      for (const [ref, { state }] of Object.entries((await call.state()).notices))
        if (state === "wanted") came.push(await take(tell, "NoticeWanted", call.stream, ref));
      return came;
    },
    /** The newest card of whoever it is, as it stands there now. */
    async cardOf(call: PagedCall, person: string): Promise<Shown | undefined> {
      const pages = Object.values((await call.state()).paging.pages).filter((page) => page.person === person);
      const receipts = pages.flatMap(deliveriesOf).flatMap(({ receipt }) => receipt ?? []);
      const last = receipts.at(-1);
      return last === undefined ? undefined : at(last);
    },
    /** All words on a person's card, without its buttons. */
    wordsOn: (shown: Shown | undefined): string => runsIn(shown?.message).join(""),
    buttonsOn: (shown: Shown | undefined): readonly string[] => titlesIn(shown?.message),
    placeOf: (receipt: string) => readReceipt(receipt).conversation,
  };
}
const shownAs = ({
  conversation,
  card,
  summary = "",
  text,
}: ReturnType<ChatSimulator["said"]>[number]): Shown => ({
  conversation,
  message: card === undefined ? { text } : { card, summary },
});

export type ChatHouse = Awaited<ReturnType<typeof aChatHouse>>;

function* objectsIn(value: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield value as Readonly<Record<string, unknown>>;
  for (const [key, each] of Object.entries(value)) if (key !== "fallback") yield* objectsIn(each);
}

const runsIn = (value: unknown): readonly string[] =>
  [...objectsIn(value)].flatMap(({ type, text }) =>
    type === "TextRun" ? [String(text)] : type === "RichTextBlock" ? ["\n"] : [],
  );
const titlesIn = (value: unknown): readonly string[] =>
  [...objectsIn(value)].flatMap(({ type, title }) =>
    String(type).startsWith("Action.") ? [String(title)] : [],
  );
