// A page that goes by Teams, one to one.
import { afterEach, beforeEach, expect, test } from "vitest";
import { places } from "../../functions/chat-places.ts";
import type { Actor } from "../../functions/core/command.ts";
import type { PagedCall } from "../support/a-call.ts";
import { aChatHouse, adasAccount, type ChatHouse, chatConfig, linusAccount } from "../support/chat-house.ts";

let house: ChatHouse;
let page: PagedCall;
beforeEach(async () => {
  house = await aChatHouse();
  page = await house.page();
});
afterEach(() => house.close());

const deliveries = async () =>
  Object.values((await page.state()).paging.pages).flatMap((each) => each.deliveries);

test("is a card in the chat with each of those who are asked, and the notification begins as a text would", async () => {
  expect(await house.carryAll(page)).toEqual(["taken", "taken"]);
  expect(house.shown().map(({ conversation }) => conversation)).toEqual([
    house.teams.user(adasAccount).conversation,
    house.teams.user(linusAccount).conversation,
  ]);
  const adas = await house.cardOf(page, "ada");
  expect(adas?.message).toMatchObject({ summary: "CRITICAL Checkout: “No sales”" });
  expect(house.wordsOn(adas)).toContain("CRITICAL Checkout");
  expect(house.wordsOn(adas)).toMatch(/Since 01:15 · one other paged · code A\d{4}/);
  expect(house.buttonsOn(adas)).toEqual([
    "Acknowledge",
    "In 20 minutes",
    "Decline",
    "More help",
    "Command post",
  ]);
  expect((await deliveries()).map(({ state, carrier }) => [state, carrier])).toEqual([
    ["handed", "teams"],
    ["handed", "teams"],
  ]);
});

test("of a drill says so before anything else", async () => {
  page = await house.page("No sales", "critical", true);
  await house.carryAll(page);
  const shown = await house.cardOf(page, "ada");
  expect(house.wordsOn(shown).trim()).toMatch(/^DRILL · an exercise/);
  expect(shown?.message).toMatchObject({ summary: expect.stringMatching(/^DRILL CRITICAL/) as string });
});

test("of whoever is asked for by name says who asks, as the text does", async () => {
  const ada: Actor = { kind: "person", id: "ada", via: "teams", assurance: "signed-in" };
  await page.order({ type: "Acknowledge" }, ada);
  await page.order({ type: "PagePerson", person: "linus" }, ada);
  await house.carryAll(page);
  expect(house.wordsOn(await house.cardOf(page, "linus"))).toContain("Ada asks for you");
});

test("meets somebody anew whose conversation is gone, within the same errand", async () => {
  const known = places(house.ports, house.decisions.directory);
  const { tenant, serviceUrl } = house.chat.bot() ?? expect.fail("there is no bot");
  await known.learn(adasAccount, { tenant, serviceUrl, conversation: "a:before" }, "a test");
  expect(await house.carryAll(page)).toEqual(["taken", "taken"]);
  const shown = await house.cardOf(page, "ada");
  expect(shown?.conversation).toBe(house.teams.user(adasAccount).conversation);
  expect((await known.known(adasAccount))?.conversation).toBe(shown?.conversation);
  expect(house.teams.requests().map(({ status }) => status)).toContain(404);
});

test("that the chat can't bring goes on by the next way at once", async () => {
  await house.close();
  house = await aChatHouse(
    chatConfig
      .replace(`teams: ${adasAccount}`, `teams: ${adasAccount}, sms: "+447700900001"`)
      .replace("importance: high", "importance: low"),
  );
  page = await house.page("Slow", "warning");
  house.teams.fail({ mode: "not-in-roster", route: "create" });
  await house.carryAll(page);
  expect((await deliveries()).filter(({ id }) => id.startsWith("p1."))).toMatchObject([
    { channel: "teams", state: "failed", reason: "not-in-chat" },
    { channel: "sms", state: "wanted", cause: "previous-failed" },
  ]);
});
