// A page on its way, and what happens meanwhile.

import { afterEach, beforeEach, expect, test } from "vitest";
import { noChat } from "../../functions/adapters/teams/chat.ts";
import type { Channel, Delivery, Outbound } from "../../functions/ports.ts";
import { make as receiveText } from "../../functions/receive-text/handler.ts";
import { make } from "../../functions/send-page/handler.ts";
import { aCallHouse, adasPhone, type CallHouse } from "../support/a-call.ts";
import { records } from "../support/intake.ts";

let house: CallHouse;
beforeEach(async () => {
  house = await aCallHouse();
});
afterEach(() => house.close());

const silent: Delivery = { outcome: "unknown", reason: "timed-out" };

/** Twilio sends and says nothing; meanwhile something happens. Returns what the second carrier was asked to send. */
async function pageAda(meanwhile: () => Promise<unknown>): Promise<readonly Outbound[]> {
  const page = await house.page();
  const texts = (await page.pageNow())?.deliveries.find(({ channel }) => channel === "sms");
  const bySecond: Outbound[] = [];
  const by = (send: Channel<Outbound>["send"]) => ({ send, find: async () => silent });
  const first = by(async () => {
    await meanwhile();
    return silent;
  });
  const second = by(async (message) => {
    bySecond.push(message);
    return { outcome: "done", receipt: "m1" };
  });
  const ports = {
    ...house.ports,
    channels: { sms: first, voice: { ...first, takeBack: async () => "unknown" as const }, teams: first },
    secondCarrier: { sms: second, voice: undefined },
    chat: noChat,
    commandPost: { address: () => "https://pager.example.com/" },
    links: { sign: async () => "https://pager.example.com/a/x", read: async () => undefined },
  };
  const { batchItemFailures } = await make(ports)(
    records({ detail: { stream: page.stream, ref: texts?.id } }),
    house.said.tools,
  );
  expect(batchItemFailures).toEqual([]);
  return bySecond;
}

test("that Twilio says nothing about goes out by the second as well", async () => {
  expect(await pageAda(() => Promise.resolve())).toMatchObject([{ to: adasPhone }]);
});

test("is not written again to somebody who texted STOP to the message that did arrive", async () => {
  const stop = { originationNumber: adasPhone, messageBody: "STOP", inboundMessageId: "t1" };
  const said = () =>
    receiveText({ ...house.ports, secondCarrier: { sms: undefined } })(records(stop), house.said.tools);
  expect(await pageAda(said)).toEqual([]);
});
