// A page that goes by Teams, one to one.
import { afterEach, beforeEach, expect, test } from "vitest";
import { places } from "../../functions/chat-places.ts";
import type { PagedCall } from "../support/a-call.ts";
import { aChatHouse, adasAccount, type ChatHouse, chatConfig } from "../support/chat-house.ts";

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
  expect(house.memory.shown().map(({ place }) => place.conversation)).toEqual([
    expect.stringContaining("aaaaaaaa-0000-4000-8000-000000000001"),
    expect.stringContaining("aaaaaaaa-0000-4000-8000-000000000002"),
  ]);
  const adas = await house.cardOf(page, "ada");
  expect(adas?.message).toMatchObject({ summary: "CRITICAL Checkout: No sales" });
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

test("meets somebody anew whose conversation is gone, within the same errand", async () => {
  const known = places(house.ports, house.decisions.directory);
  const { key, place } = (await known.personal(adasAccount)) as {
    key: string;
    place: { conversation: string };
  };
  house.memory.gone.add(place.conversation);
  expect(await house.carryAll(page)).toEqual(["taken", "taken"]);
  const shown = await house.cardOf(page, "ada");
  expect(shown?.place.conversation).not.toBe(place.conversation);
  expect((await known.known(key))?.conversation).toBe(shown?.place.conversation);
});

test("that the chat can't bring goes on by the next way at once", async () => {
  await house.close();
  house = await aChatHouse(
    chatConfig
      .replace(`teams: ${adasAccount}`, `teams: ${adasAccount}, sms: "+447700900001"`)
      .replace("importance: high", "importance: low"),
  );
  page = await house.page("Slow", "warning");
  house.memory.refusals.push({ outcome: "giveUp", reason: "not-in-chat", operator: false });
  await house.carryAll(page);
  expect((await deliveries()).filter(({ id }) => id.startsWith("p1."))).toMatchObject([
    { channel: "teams", state: "failed", reason: "not-in-chat" },
    { channel: "sms", state: "wanted", cause: "previous-failed" },
  ]);
});
