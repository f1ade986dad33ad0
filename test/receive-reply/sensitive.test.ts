// A sensitive incident in the texts, calls and links of somebody who was asked and does not work on it: its codename alone.
import { afterAll, beforeAll, expect, test } from "vitest";
import { linkedErrand } from "../../functions/answer-link/linked-errand.ts";
import { minutes } from "../../functions/core/time.ts";
import { aCallHouse, adasPhone, type CallHouse } from "../support/a-call.ts";
import { signedIn } from "../support/on-call.ts";

let house: CallHouse;
beforeAll(async () => {
  house = await aCallHouse();
});
afterAll(() => house.close());

/** Ada was paged first, and answered in no time that counts; somebody else has declared it. */
async function aTheft() {
  const theft = await house.page("Money is missing");
  for (const delivery of ["p1.0.1", "p1.1.1"])
    await theft.order({
      type: "RecordDelivery",
      delivery,
      page: "p1",
      evidence: { outcome: "handed", receipt: "SM1" },
    });
  await theft.order({ type: "Declare", sensitive: true }, signedIn("linus"));
  house.pass(minutes(5));
  await theft.order({ type: "PassTime" });
  expect((await theft.pageNow())?.state).toBe("expired");
  return { ...theft, codename: (await theft.state()).declaration?.codename ?? "no codename" };
}

test("whoever did not answer in time hears, reads and opens its codename, and not what it is about", async () => {
  const theft = await aTheft();
  await house.page("Cards refused");
  const { body } = await house.post("/twilio/messages", { From: adasPhone, Body: "1", MessageSid: "SM1" });
  expect(body).toContain("Which page?");
  const { spoken } = await theft.hear();
  const linked = await linkedErrand({ ...house.ports, ...house.house }, { stream: theft.stream, page: "p1" });
  for (const said of [body, spoken, JSON.stringify(linked?.spoken)]) {
    expect(said).toContain(theft.codename);
    expect(said).not.toContain("Money");
  }
});
