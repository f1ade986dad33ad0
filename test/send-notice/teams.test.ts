// A notice in the chat, one to one, for somebody whose page went there.
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Actor } from "../../functions/core/command.ts";
import type { OutboundText } from "../../functions/ports.ts";
import { hubNumber, type PagedCall } from "../support/a-call.ts";
import { aChatHouse, adasAccount, type ChatHouse, chatConfig, linusAccount } from "../support/chat-house.ts";

let house: ChatHouse;
let page: PagedCall;
beforeEach(async () => {
  house = await aChatHouse();
  page = await house.page();
  await house.carryAll(page);
});
afterEach(() => house.close());

const ada: Actor = { kind: "person", id: "ada", via: "teams", assurance: "signed-in" };
const texts = () => house.shown().flatMap(({ message }) => ("text" in message ? [message.text] : []));

test("whoever is released by another's answer is told so where the page was", async () => {
  await page.order({ type: "Acknowledge" }, ada);
  expect(await house.tellAll(page)).toEqual(["taken"]);
  expect(texts()).toEqual(["TAKEN Checkout: Ada has it. Your page is called off."]);
});

test("the bridge's number and PIN come whole, with what to write in place of a reply", async () => {
  await page.order({ type: "Acknowledge" }, ada);
  await house.tellAll(page);
  await page.order({ type: "OpenBridge" }, ada);
  const pin = await house.ports.dialIn.pin(page.stream, 1);
  await page.order({ type: "SetUpBridge", round: 1, pinKey: await house.ports.dialIn.claimOf(pin) });
  expect(await house.tellAll(page)).toEqual(["taken"]);
  expect(texts().at(-1)).toMatch(
    new RegExp(
      `^BRIDGE Checkout: dial \\${hubNumber}, PIN ${pin}\\. Write “join A\\d{4}” and we call you\\.$`,
    ),
  );
});

test("a title from outside becomes no link", async () => {
  await house.close();
  house = await aChatHouse();
  page = await house.page("Disk full", "warning");
  await house.carryAll(page);
  await page.order({ type: "Acknowledge" }, ada);
  await house.tellAll(page);
  await page.order({
    type: "JoinAlerts",
    service: "checkout",
    correlation: "checkout-1",
    source: "anything",
    title: "see https://evil.example.com/x and evil.com",
    severity: "critical",
    since: 0,
    count: 1,
    samples: [],
  });
  await house.tellAll(page);
  expect(texts().at(-1)).toBe("NOW CRITICAL Checkout: “see evil_example_com/x and evil_com” (+1 more)");
});

// The chat comes first: the page's text did not go out yet.
const chatFirst = "rules: { high: [teams, { method: sms, after: 10m }] }";
const onPhonesToo = chatConfig
  .replace(`teams: ${adasAccount}`, `teams: ${adasAccount}, sms: "+447700900001", ${chatFirst}`)
  .replace(`teams: ${linusAccount}`, `teams: ${linusAccount}, sms: "+46701740605", ${chatFirst}`);

test.each(["off", "rate-limited", "not-in-roster", "failing", "failure-text"] as const)(
  "what the chat does not take (%s) goes by text at once to whoever has a phone, and the timeline says why",
  async (mode) => {
    await house.close();
    house = await aChatHouse(onPhonesToo);
    const sent: OutboundText[] = [];
    Object.assign(house.ports.channels.sms, {
      send: async (message: OutboundText) => {
        sent.push(message);
        return { outcome: "done", receipt: "SM1" };
      },
    });
    page = await house.page();
    await house.carryAll(page);
    await page.order({ type: "Acknowledge" }, ada);
    expect(Object.values((await page.state()).notices)).toMatchObject([
      { person: "linus", channel: "teams" },
    ]);
    house.teams.fail({ mode, route: "post", times: 2 });
    expect(await house.tellAll(page)).toEqual(["taken"]);
    expect(sent.map(({ to, text }) => [to, text])).toEqual([
      ["+46701740605", "TAKEN Checkout: Ada has it. Your page is called off."],
    ]);
    const history = await house.ports.journal.history(page.stream, 0, 500);
    expect(history.at(-1)?.event).toMatchObject({
      type: "NoticeHanded",
      carrier: "twilio",
      detours: [{ carrier: "teams" }],
    });
  },
);
