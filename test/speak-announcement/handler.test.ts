// What is said into a room: how it stands at the moment at which it is spoken.
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Actor } from "../../functions/core/command.ts";
import { minutes } from "../../functions/core/time.ts";
import { aCallHouse, type CallHouse, type PagedCall } from "../support/a-call.ts";

let house: CallHouse;
let call: PagedCall;
beforeEach(async () => {
  house = await aCallHouse();
  call = await house.page("500s on /pay");
  await call.openBridge();
});
afterEach(() => house.close());

const web = (id: string): Actor => ({ kind: "person", id, via: "web", assurance: "signed-in" });
const said = async (name = "a1") => {
  const script = await call.hear(`/twilio/announcements/i1/${name}`);
  expect(script.faults).toEqual([]);
  // Whatever else stood there Twilio would not play into a room.
  expect(script.verbs.filter((verb) => verb !== "Say")).toEqual([]);
  return script.spoken;
};
const cadence = async () => {
  house.pass(minutes(30));
  await call.order({ type: "PassTime" });
};

test("what it is, how long it goes on, who has it, and how many are there", async () => {
  await call.order({ type: "Acknowledge" }, web("linus"));
  await call.comesIn("CA1", "pin", "ada");
  await call.comesIn("CA2", "pin", "linus");
  await cadence();
  expect(await said()).toBe(
    "How it stands. Checkout, critical. The alert reads: 500s on pay. End of alert. It goes on for 30 minutes. Linus has it. Two are in the room.",
  );
});

test("who is unknown is asked to say a name; and that nobody has it is said as well", async () => {
  await call.comesIn("CA1", "pin");
  await cadence();
  expect(await said()).toMatch(
    /Nobody has it\. One is in the room\. One of them is not known: please say who you are\.$/,
  );
});

test("it is said as it stands when it is spoken, not as it stood when it was ordered", async () => {
  await call.comesIn("CA1", "pin", "ada");
  await cadence();
  await call.order({ type: "Acknowledge" }, web("linus"));
  expect(await said()).toContain("Linus has it.");
});

test("the response goes back to the chat", async () => {
  await call.order({ type: "Acknowledge" }, web("linus"));
  await call.comesIn("CA1", "pin", "ada");
  await call.order({ type: "ReturnToChat" }, web("linus"));
  expect(await said()).toMatch(/^The chat is there again, and the response goes back to it\./);
});

test("the incident is over", async () => {
  await call.comesIn("CA1", "pin", "ada");
  await call.order({ type: "StandDown" }, web("linus"));
  expect(await said()).toMatch(/^The incident of Checkout is over\./);
});

test.each(["a9", "__proto__", "constructor"])(
  "of %s, which nobody ordered, nothing is said",
  async (name) => {
    expect(await said(name)).toBe("");
  },
);

test("of an incident that nobody knows nothing is said", async () => {
  expect((await call.hear("/twilio/announcements/none/a1")).spoken).toBe("");
});
