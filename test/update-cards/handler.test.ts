// A page's card in the chat shows how it stands, to everybody who has it.
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Actor } from "../../functions/core/command.ts";
import { minutes } from "../../functions/core/time.ts";
import { subscriptions } from "../../functions/subscriptions.ts";
import { make } from "../../functions/update-cards/handler.ts";
import type { PagedCall } from "../support/a-call.ts";
import { aChatHouse, adasAccount, type ChatHouse, linusAccount } from "../support/chat-house.ts";

let house: ChatHouse;
let call: PagedCall;
beforeEach(async () => {
  house = await aChatHouse();
  call = await house.page();
  await house.carryAll(call);
});
afterEach(() => house.close());

const ada: Actor = { kind: "person", id: "ada", via: "teams", assurance: "signed-in" };
const linus: Actor = { ...ada, id: "linus" };

/** Everything that happened since is heard, in whatever order. */
async function hear(from = 0): Promise<readonly string[]> {
  const heard: readonly string[] = subscriptions["update-cards"].on;
  const history = await house.ports.journal.history(call.stream, from, 500);
  const came: string[] = [];
  for (const { event } of history.toReversed()) {
    const { type, page, delivery } = event as { type: string; page?: string; delivery?: string };
    if (heard.includes(type))
      came.push(await house.take(make(house.ports), type, call.stream, delivery ?? page));
  }
  return came;
}
const words = async (person: string) => house.wordsOn(await house.cardOf(call, person));
const buttons = async (person: string) => house.buttonsOn(await house.cardOf(call, person));

test("whoever is asked no more sees who has it, and nothing left to press", async () => {
  await call.order({ type: "Acknowledge", page: "p1" }, ada);
  expect(new Set(await hear())).toEqual(new Set(["taken"]));
  expect(await words("linus")).toContain("Ada has it. There is nothing for you to do.");
  expect(await buttons("linus")).toEqual(["Command post"]);
  expect(await words("ada")).toContain("You have it.");
  expect(await buttons("ada")).toEqual(["In 20 minutes", "More help", "Give it back", "Command post"]);
});

test("each answer shows on the card of whoever gave it", async () => {
  await call.order({ type: "Decline", page: "p2" }, linus);
  await hear();
  expect(await words("linus")).toContain("You said: not me.");
  expect(await buttons("linus")).toEqual(["Take it after all", "Command post"]);
  await call.order({ type: "Escalate", page: "p1" }, ada);
  await hear();
  expect(await words("ada")).toContain("You asked for more help, and stay.");
});

test("an owner of whom nothing is heard is asked whether it is still in hand", async () => {
  await call.order({ type: "Acknowledge", page: "p1" }, ada);
  house.pass(minutes(15));
  await call.order({ type: "PassTime" });
  await hear();
  expect(await words("ada")).toContain("You have it. Nothing was heard since: is it still in your hands?");
  expect(await buttons("ada")).toContain("Still mine");
});

test("what was given back can be taken by those who were released", async () => {
  await call.order({ type: "Acknowledge", page: "p1" }, ada);
  await hear();
  await call.order({ type: "Decline", page: "p1" }, ada);
  await hear();
  const pages = Object.values((await call.state()).paging.pages).filter(({ person }) => person === "linus");
  const first = house.at(pages[0]?.deliveries[0]?.receipt ?? "");
  expect(house.wordsOn(first)).toContain("You were released, and it is open again.");
  expect(house.buttonsOn(first)).toContain("Take it");
});

test("the end takes the buttons from everybody's card, whatever they answered", async () => {
  await call.order({ type: "Decline", page: "p2" }, linus);
  await call.order({ type: "Acknowledge", page: "p1" }, ada);
  await call.order({ type: "StandDown" }, ada);
  await hear();
  for (const person of ["ada", "linus"]) {
    expect(await words(person)).toContain("Stood down.");
    expect(await buttons(person)).toEqual(["Command post"]);
  }
});

test("a declared incident shows by its name, and an open bridge can be joined from the card", async () => {
  await call.order({ type: "Acknowledge", page: "p1" }, ada);
  const { declaration } = await call.order({ type: "Declare", synopsis: "Nobody can pay" }, ada);
  await call.openBridge();
  await hear();
  expect(await words("ada")).toContain(`Declared as ${declaration?.codename}: “Nobody can pay”`);
  expect(await buttons("ada")).toContain("Call me in");
});

test("a card that was on its way while its page was answered is changed when it has arrived", async () => {
  await house.close();
  house = await aChatHouse();
  call = await house.page();
  const post = house.chat.post;
  house.chat.post = async (place, message) => {
    if (place.conversation === house.teams.user(adasAccount).conversation)
      await call.order({ type: "Acknowledge", page: "p2" }, linus);
    return post(place, message);
  };
  await house.carryAll(call);
  expect(await buttons("ada")).toContain("Acknowledge");
  await hear();
  expect(await words("ada")).toContain("Linus has it.");
});

test("of two changes at once the card shows in the end what both of them know", async () => {
  await call.order({ type: "Acknowledge", page: "p1" }, ada);
  const { change } = house.chat;
  let isFirst = true;
  house.chat.change = async (...asked) => {
    if (isFirst) {
      isFirst = false;
      // The other one comes while the first is on its way, and is there before it.
      await call.order({ type: "StandDown" }, ada);
      await house.take(make(house.ports), "IncidentStoodDown", call.stream);
    }
    return change(...asked);
  };
  await house.take(make(house.ports), "PageAcknowledged", call.stream, "p1");
  expect(await words("ada")).toContain("Stood down.");
});

const losses: readonly (readonly [string, (of: ChatHouse) => void])[] = [
  ["the message is gone", ({ teams }: ChatHouse) => teams.fail({ mode: "gone", route: "update" })],
  ["the bot is not let in", ({ teams }: ChatHouse) => teams.fail({ mode: "not-in-roster", route: "update" })],
  ["the person has blocked it", ({ teams }: ChatHouse) => teams.user(linusAccount).blocks()],
  ["there is no bot any more", ({ loseBot }: ChatHouse) => loseBot()],
];
test.each(losses)("where there is no card any more (%s) there is nothing to do", async (_, happens) => {
  await call.order({ type: "Decline", page: "p2" }, linus);
  happens(house);
  expect(await house.take(make(house.ports), "PageDeclined", call.stream, "p2")).toBe("taken");
  expect(await words("linus")).not.toContain("You said: not me.");
  expect(house.said.counted).toEqual([]);
});

test.each(["failing", "precondition-failed", "off", "slow", "failure-text"] as const)(
  "what the chat did not take (%s) is brought again",
  async (mode) => {
    await call.order({ type: "Decline", page: "p2" }, linus);
    house.teams.fail({ mode, route: "update", times: 2 });
    expect(await house.take(make(house.ports), "PageDeclined", call.stream, "p2")).toBe("brought again");
    expect(await house.take(make(house.ports), "PageDeclined", call.stream, "p2")).toBe("taken");
    expect(await words("linus")).toContain("You said: not me.");
  },
);

test("heard again it changes nothing", async () => {
  await call.order({ type: "Decline", page: "p2" }, linus);
  await hear();
  const before = await house.cardOf(call, "linus");
  await hear();
  expect((await house.cardOf(call, "linus"))?.message).toEqual(before?.message);
});
