// Twilio takes a text and does not say so, nor answers any look-up, for minutes: when it answers again what it has is found.
import { afterEach, beforeEach, expect, test } from "vitest";
import { noChat } from "../../functions/adapters/teams/chat.ts";
import type { Delivery } from "../../functions/ports.ts";
import { make } from "../../functions/send-page/handler.ts";
import { aCallHouse, type CallHouse } from "../support/a-call.ts";
import { records } from "../support/intake.ts";

let house: CallHouse;
beforeEach(async () => {
  house = await aCallHouse();
});
afterEach(() => house.close());

test("a text that went out at the first attempt is found at the sixth, and is not sent again", async () => {
  const page = await house.page();
  const sent: number[] = [];
  let isBack = false;
  const { clock } = house.ports;
  const sms = {
    send: async (): Promise<Delivery> => {
      sent.push(clock.now());
      return { outcome: "unknown", reason: "timed-out" };
    },
    find: async (_message: unknown, since: number): Promise<Delivery> => {
      if (!isBack) return { outcome: "unknown", reason: "provider-unreachable" };
      return sent.some((at) => at >= since)
        ? { outcome: "done", receipt: "SM1" }
        : { outcome: "unknown", reason: "not-delivered" };
    },
  };
  const send = make({
    ...house.ports,
    channels: { sms, voice: { ...sms, takeBack: async () => "unknown" as const }, teams: sms },
    secondCarrier: { sms: undefined, voice: undefined },
    chat: noChat,
    commandPost: { address: () => "https://pager.example.com/" },
    links: { sign: async () => "https://pager.example.com/a/x" },
  });
  const texts = async () =>
    (await page.pageNow())?.deliveries.filter(({ channel }) => channel === "sms") ?? [];
  for (let attempt = 1; attempt <= 6; attempt++) {
    const newest = (await texts()).at(-1);
    expect(newest).toMatchObject({ attempt, state: "wanted" });
    isBack = attempt === 6;
    await send(records({ detail: { stream: page.stream, ref: newest?.id } }), house.said.tools);
    house.pass(Math.max(0, ((await texts()).at(-1)?.dueAt ?? clock.now()) - clock.now()));
    if (attempt < 6) await page.order({ type: "PassTime" });
  }
  // Three times while nobody answered, and not once more.
  expect(sent).toHaveLength(3);
  expect((await texts()).at(-1)).toMatchObject({ attempt: 6, state: "handed", receipt: "SM1" });
});
