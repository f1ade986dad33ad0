// STOP is a word about texts: the same phone goes on being called.
import { afterEach, beforeEach, expect, test } from "vitest";
import { aCallHouse, adasPhone, type CallHouse } from "../support/a-call.ts";

let house: CallHouse;
let texts = 0;
beforeEach(async () => {
  house = await aCallHouse();
});
afterEach(() => house.close());

const text = (Body: string) =>
  house.post("/twilio/messages", { From: adasPhone, Body, MessageSid: `SM${(texts += 1)}` });
const closed = async () => Object.keys((await house.house.people.load("person/ada")).state.closed);

test("STOP closes texting and leaves calling open", async () => {
  await text("STOP");
  expect(await closed()).toEqual(["sms"]);
  const { address, pageNow } = await house.page();
  expect((await pageNow())?.deliveries.map(({ channel }) => channel)).toEqual(["voice"]);
  expect(address).toContain("p1.1.1");
});

test("a number that is texted and called is one person: a bare 1 answers the page", async () => {
  const call = await house.page();
  const { body } = await text("1");
  expect(body).toContain("You have it");
  expect(await call.owner()).toBe("ada");
});

test("whoever writes can be texted again, and a number that no call reaches stays closed for calls", async () => {
  const call = await house.page();
  await call.report("page", { CallStatus: "failed", ErrorCode: "21217" });
  expect(await closed()).toEqual(["voice"]);
  await text("who is on this?");
  expect(await closed()).toEqual(["voice"]);
});
