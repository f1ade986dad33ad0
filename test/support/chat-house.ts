// A hub that pages Ada and Linus by Teams, and a chat in memory on the other side.

import { teamsChannel } from "../../functions/adapters/teams/channel.ts";
import type { StreamId } from "../../functions/core/aggregate.ts";
import { readReceipt } from "../../functions/core/conversation/receipt.ts";
import type { Page } from "../../functions/core/incident/state.ts";
import { decisions } from "../../functions/decisions.ts";
import type { QueueHandler } from "../../functions/lambda.ts";
import type { Chat } from "../../functions/ports.ts";
import { make as sendNotice } from "../../functions/send-notice/handler.ts";
import { make as sendPage } from "../../functions/send-page/handler.ts";
import { aCallHouse, type PagedCall } from "./a-call.ts";
import { chatInMemory, type Shown } from "./chat-in-memory.ts";
import { config, records } from "./intake.ts";

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

/** `bot` speaks to a chat of its own; to the one in memory where it is left out. */
export async function aChatHouse(text = chatConfig, bot?: Chat) {
  const house = await aCallHouse(text);
  const memory = chatInMemory();
  const unused = () => Promise.reject(new Error("not asked for"));
  const ports = {
    ...house.ports,
    chat: bot ?? memory.chat,
    commandPost: { address: (stream?: StreamId) => `https://pager.example.com/${stream ?? ""}` },
    channels: {
      sms: { send: unused, find: unused },
      voice: { send: unused, find: unused, takeBack: unused },
      teams: bot === undefined ? memory.channel : teamsChannel(bot),
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

  return {
    ...house,
    ports,
    memory,
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
      return last === undefined ? undefined : memory.at(last);
    },
    /** All words on a person's card, without its buttons. */
    wordsOn: (shown: Shown | undefined): string => runsIn(shown?.message).join(""),
    buttonsOn: (shown: Shown | undefined): readonly string[] => titlesIn(shown?.message),
    placeOf: (receipt: string) => readReceipt(receipt).conversation,
  };
}
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
