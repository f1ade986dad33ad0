// What carriers say of a person's ways is an aid: it costs nothing on a healthy night, and nothing that fails here keeps a page.
import { expect, test } from "vitest";
import { person } from "../functions/core/person/person.ts";
import type { People } from "../functions/decisions.ts";
import { noteRefusal, type SendOutcome } from "../functions/refusals.ts";
import { listening } from "./support/intake.ts";

const outcome: SendOutcome = {
  by: "send-page",
  name: "incident/i1.p1.0.1",
  person: "ada",
  method: { id: "sms", channel: "sms", address: "+447700900001" },
  carrier: "twilio",
  when: "answered",
  evidence: { outcome: "done" },
};
const refused: SendOutcome = {
  ...outcome,
  evidence: { outcome: "giveUp", reason: "region-not-permitted", operator: true },
};
const broken: People = {
  load: () => Promise.reject(new Error("the store is down")),
  dispatch: () => Promise.reject(new Error("the store is down")),
};
const clock = { now: () => 0 };

test("a message that went through to somebody to whom they always did reads nothing and writes nothing", async () => {
  const said = listening();
  await noteRefusal({ people: broken, clock }, { ...outcome, learned: person.initial }, said.tools);
  expect(said.lines).toEqual([]);
});

test("a store that is down is logged, with ids and without the number", async () => {
  const said = listening();
  await noteRefusal({ people: broken, clock }, refused, said.tools);
  expect(said.lines).toEqual([expect.stringContaining("refusal not recorded")]);
  expect(said.lines.join()).toMatch(/"person":"ada","method":"sms","carrier":"twilio"/);
  expect(said.lines.join()).not.toContain("447700900001");
});
