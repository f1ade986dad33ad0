// A card that is changed shows no more than whoever has it may see, and no less than there is by then.
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Actor } from "../../functions/core/command.ts";
import { make } from "../../functions/update-cards/handler.ts";
import type { PagedCall } from "../support/a-call.ts";
import { aChatHouse, type ChatHouse } from "../support/chat-house.ts";

let house: ChatHouse;
let call: PagedCall;
beforeEach(async () => {
  house = await aChatHouse();
  call = await house.page();
});
afterEach(() => house.close());

const ada: Actor = { kind: "person", id: "ada", via: "teams", assurance: "signed-in" };
const linus: Actor = { ...ada, id: "linus" };
const hear = (type: string, ref?: string) => house.take(make(house.ports), type, call.stream, ref);
const handed = () => Promise.all(["p1.0.1", "p2.0.1"].map((delivery) => hear("DeliveryHanded", delivery)));
const words = async (person: string) => house.wordsOn(await house.cardOf(call, person));
const buttons = async (person: string) => house.buttonsOn(await house.cardOf(call, person));

test("of a sensitive incident whoever does not work on it sees its name alone, then and when it ends", async () => {
  await house.carryAll(call);
  await call.order({ type: "Decline", page: "p2" }, linus);
  await call.order({ type: "Acknowledge", page: "p1" }, ada);
  const order = { type: "Declare", synopsis: "A thief in the books", sensitive: true } as const;
  const { declaration } = await call.order(order, ada);
  await hear("IncidentDeclared");
  expect(await words("ada")).toContain(`Declared as ${declaration?.codename}: “A thief in the books”`);
  const seen = async () => JSON.stringify(await house.cardOf(call, "linus"));
  expect(await seen()).toContain(declaration?.codename);
  expect(await seen()).not.toMatch(/thief|No sales/);
  await call.order({ type: "Close" }, ada);
  await hear("IncidentClosed");
  expect(await words("linus")).toContain("Closed.");
  expect(await seen()).not.toMatch(/thief|No sales/);
});

test("a room that is gone is on nobody's card, whatever they answered", async () => {
  await house.carryAll(call);
  await call.order({ type: "Acknowledge", page: "p1" }, ada);
  await call.openBridge();
  await hear("PageCancelled", "p2");
  expect(await buttons("linus")).toContain("Call me in");
  await call.order({ type: "EndBridge" }, ada);
  await hear("BridgeEnded");
  expect(await buttons("linus")).toEqual(["Command post"]);
});

test("a card that was on its way while the bridge opened can be used to join when it has arrived", async () => {
  const { post } = house.chat;
  let isFirst = true;
  house.chat.post = async (place, message) => {
    if (isFirst) await call.openBridge();
    isFirst = false;
    return post(place, message);
  };
  await house.carryAll(call);
  expect(await buttons("ada")).not.toContain("Call me in");
  await handed();
  expect(await buttons("ada")).toContain("Call me in");
});

test("what a card shows already when it is handed over is not shown again", async () => {
  await house.carryAll(call);
  await handed();
  expect(house.teams.requests().filter(({ route }) => route === "update")).toEqual([]);
});

test("what became worse is worse on the cards of whoever works on it, and on those that still ask", async () => {
  await house.close();
  house = await aChatHouse();
  call = await house.page("No sales", "warning");
  await house.carryAll(call);
  await call.order({ type: "Acknowledge", page: "p1" }, ada);
  const worse = {
    type: "JoinAlerts",
    service: "checkout",
    correlation: "checkout-1",
    source: "anything",
    title: "No sales",
    severity: "critical",
    since: 0,
    count: 1,
    samples: [],
  } as const;
  await call.order(worse);
  expect(await words("ada")).toContain("WARNING");
  await hear("SeverityRaised");
  expect(await words("ada")).toContain("CRITICAL");
  expect(await words("ada")).not.toContain("WARNING");
});
