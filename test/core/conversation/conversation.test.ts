// What is known of a conversation: learned as often as it is told, and lost when the app is taken away.
import { expect, test } from "vitest";
import type { Decision } from "../../../functions/core/aggregate.ts";
import { byHub } from "../../../functions/core/command.ts";
import { type Conversation, conversation } from "../../../functions/core/conversation/conversation.ts";
import type {
  ConversationEvent,
  ConversationOrder,
  Learned,
} from "../../../functions/core/conversation/facts.ts";

const decide = (state: Conversation, order: ConversationOrder): Decision<ConversationEvent> =>
  conversation.decide(state, { ...byHub("chat", "a1", 5), ...order }, { configVersion: "v1" });
const after = (...orders: readonly ConversationOrder[]): Conversation =>
  orders.reduce(
    (state, order) => decide(state, order).events.reduce(conversation.evolve, state),
    conversation.initial,
  );
const told: Learned = {
  tenant: "t1",
  serviceUrl: "https://chat.example.com/emea/",
  conversation: "a:1",
  person: { id: "29:1", name: "ada@test.example" },
};
const learn = (learned: Partial<Learned> = {}): ConversationOrder => ({ type: "Learn", ...told, ...learned });
const lose: ConversationOrder = { type: "Lose", why: "uninstalled" };

test("what is told a second time leaves no trace", () => {
  expect(decide(after(learn()), learn()).events).toEqual([]);
});

test("an address that changed is learned, and what is not told now stays as it was", () => {
  const { events } = decide(after(learn()), {
    type: "Learn",
    tenant: "t1",
    serviceUrl: "https://chat.example.com/amer/",
    person: { id: "29:1" },
  });
  expect(events).toMatchObject([
    { ...told, type: "ConversationLearned", serviceUrl: "https://chat.example.com/amer/" },
  ]);
});

test("a name leads to one account: it is taken with the first word of it, and given back for another", () => {
  expect(decide(after(), learn()).claims).toEqual([
    { key: "chat-name/ada@test.example", change: "take", yields: true },
  ]);
  expect(
    decide(after(learn()), learn({ person: { id: "29:1", name: "ada.o@test.example" } })).claims,
  ).toEqual([
    { key: "chat-name/ada@test.example", change: "release" },
    { key: "chat-name/ada.o@test.example", change: "take", yields: true },
  ]);
});

test("a name that another account bears now is given up", () => {
  const state = after(learn(), { type: "GiveUpName" });
  expect(state.known?.person).toEqual({ id: "29:1" });
  expect(decide(state, { type: "GiveUpName" }).events).toEqual([]);
});

test("where the app was taken away nobody is reached until it is learned anew", () => {
  const lost = after(learn(), lose);
  expect(lost.lost).toBe("uninstalled");
  expect(decide(lost, lose).events).toEqual([]);
  expect(after(learn(), lose, learn())).toEqual(after(learn()));
});

test("a conversation that was lost is not brought back by a word in a channel: it may be another one", () => {
  const state = after(learn(), lose, {
    type: "Learn",
    tenant: "t1",
    serviceUrl: told.serviceUrl,
    person: { id: "29:1" },
  });
  expect(state.lost).toBeUndefined();
  expect(state.known?.conversation).toBeUndefined();
  expect(state.known?.person?.name).toBe("ada@test.example");
});

test("what nobody knows can't be lost", () => {
  expect(decide(after(), lose).events).toEqual([]);
  expect(conversation.nextDue(after(learn()))).toBeUndefined();
});
