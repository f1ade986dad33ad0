// When our own answer can't be had the phone is not silent.
import { expect, test } from "vitest";
import { subscriptions } from "../../functions/subscriptions.ts";
import { aCallHouse } from "../support/a-call.ts";
import { readScript } from "../support/twiml-table.ts";

test("whoever picked up hears that there is a page, twice, and the operator is alarmed", async () => {
  const house = await aCallHouse();
  const { status, body } = await house.post("/twilio/fallback", { CallSid: "CA1", ErrorCode: "11200" });
  expect(status).toBe(200);
  const { faults, verbs, spoken } = readScript(body);
  expect([faults, verbs]).toEqual([[], ["Say", "Pause", "Say", "Hangup"]]);
  expect(spoken).toMatch(/There is a page for you.*answer it by text message, or open the command post/);
  expect(house.said.counted).toEqual(["OperatorAlarm"]);
  expect(house.said.lines.join()).toContain("11200");
});

test("it needs nothing that could be broken together with the page", () => {
  expect(subscriptions["fallback-call"].uses).toEqual(["twilioSignature", "callScripts"]);
});
