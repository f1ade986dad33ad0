// What the hub has learned of a person's contact methods.
import { expect, test } from "vitest";
import { byHub } from "../../functions/core/command.ts";
import { usableSteps } from "../../functions/core/contact.ts";
import type { PersonOrder } from "../../functions/core/person/facts.ts";
import { closedBecause, type PersonState, person } from "../../functions/core/person/person.ts";
import { contact } from "../support/on-call.ts";

const about = { method: "mobile", address: "digest-1" } as const;
const bounced: PersonOrder = { type: "CloseMethod", ...about, why: "bounced" };
const optedOut: PersonOrder = { type: "CloseMethod", ...about, why: "opted-out" };
const reopened: PersonOrder = { type: "ReopenMethod", ...about };

const decided = (state: PersonState, order: PersonOrder) =>
  person.decide(state, { ...byHub("receive-reply", "sid", 0), ...order }, { configVersion: "v1" }).events;
const after = (...orders: readonly PersonOrder[]): PersonState =>
  orders.reduce((state, order) => decided(state, order).reduce(person.evolve, state), person.initial);

test("a number that bounced is not used until it is mended", () => {
  expect(closedBecause(after(bounced), "mobile", "digest-1")).toBe("bounced");
  expect(closedBecause(after(bounced), "mobile", "digest-2")).toBeUndefined();
  expect(closedBecause(after(bounced), "work", "digest-1")).toBeUndefined();
});

test("whoever opted out is reached again after opting in", () => {
  expect(closedBecause(after(optedOut), "mobile", "digest-1")).toBe("opted-out");
  expect(closedBecause(after(optedOut, reopened), "mobile", "digest-1")).toBeUndefined();
});

test("what is known already is not written again", () => {
  expect(decided(after(bounced), bounced)).toEqual([]);
  expect(decided(person.initial, reopened)).toEqual([]);
  expect(decided(after(bounced), optedOut)).toMatchObject([{ type: "MethodClosed", why: "opted-out" }]);
});

test("a page uses the ways of its urgency that are open, in the order of the person's rule", () => {
  const steps = [
    { method: "work", channel: "sms", after: 60_000 },
    { method: "mobile", channel: "sms", after: 0 },
  ] as const;
  expect(usableSteps(contact("ada", steps, []), "high")).toEqual(steps);
});

test("a rule whose ways are all closed does not silence those that are open", () => {
  const ada = {
    ...contact("ada", [{ method: "mobile", channel: "sms", after: 0 }]),
    methods: [
      { id: "mobile", channel: "sms", unusable: "bounced" },
      { id: "work", channel: "sms" },
    ],
  } as const;
  expect(usableSteps(ada, "high")).toEqual([{ method: "work", channel: "sms", after: 0 }]);
});

test("nobody is reached whom the config does not know, or whose every way is closed", () => {
  expect(usableSteps(undefined, "high")).toEqual([]);
  const closed = {
    ...contact("ada"),
    methods: [{ id: "mobile", channel: "sms", unusable: "opted-out" }],
  } as const;
  expect(usableSteps(closed, "high")).toEqual([]);
});
