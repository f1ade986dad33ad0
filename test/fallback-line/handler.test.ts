// While nothing can be looked up, people still meet: the PIN itself names the room.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { make as answerLine } from "../../functions/answer-line/handler.ts";
import { hours } from "../../functions/core/time.ts";
import { lambda } from "../../functions/lambda.ts";
import { subscriptions } from "../../functions/subscriptions.ts";
import { lineWords } from "../../functions/wording/line.ts";
import { aCallHouse, adasPhone, type CallHouse } from "../support/a-call.ts";
import { aCaller, strangersPhone } from "../support/a-line.ts";

const words = lineWords();
let house: CallHouse;
beforeEach(async () => {
  house = await aCallHouse();
});
afterEach(() => house.close());

const begin = (from?: string) => {
  const caller = aCaller(house, from);
  return [caller, caller.hear("/twilio/line-fallback", undefined, { ErrorCode: "11200" })] as const;
};

test("it needs nothing that could be broken together with the line: neither store nor config", () => {
  expect(subscriptions["fallback-line"].uses).toEqual(["clock", "twilioSignature", "callScripts", "dialIn"]);
});

describe("PINs are counted without a store", () => {
  const tries = async (from: string, count: number) => {
    const spoken: string[] = [];
    for (let n = 0; n < count; n++) {
      const [caller, asked] = begin(from);
      spoken.push((await caller.press(await asked, String(100_000 + n))).spoken);
    }
    return spoken;
  };

  test("one number has six tries an hour", async () => {
    const spoken = await tries(strangersPhone, 8);
    expect(spoken.filter((text) => text === words.entering)).toHaveLength(6);
    expect(spoken.slice(6)).toEqual([words.closed, words.closed]);
    house.pass(hours(1));
    expect(await tries(strangersPhone, 1)).toEqual([words.entering]);
  });

  test("all numbers together have sixty in ten minutes", async () => {
    const spoken: string[] = [];
    for (let n = 0; n < 70; n++) spoken.push(...(await tries(`+4477009003${n}`, 1)));
    expect(spoken.filter((text) => text === words.entering)).toHaveLength(60);
  });
});

test("whoever types the PIN of an incident meets whoever typed it while all was well", async () => {
  const incident = await house.page();
  const room = await incident.openBridge();
  const pin = await house.ports.dialIn.pin(incident.stream, 1);
  const before = await aCaller(house, adasPhone).dialIn(pin);
  await house.ports.close();
  const [caller, asked] = begin(strangersPhone);
  const first = await asked;
  expect([first.faults, first.spoken]).toEqual([[], words.fallback]);
  const script = await caller.press(first, pin);
  expect([script.faults, script.room, before.room]).toEqual([[], room, room]);
  expect(script.spoken).toBe(words.entering);
  // Nothing is known of the incident; whoever hears who comes finds it by the claim of the PIN.
  const claim = await house.ports.dialIn.claimOf(pin);
  expect(script.newsTo).toMatch(new RegExp(`/twilio/rooms/${claim.replace("/", "-")}$`));
});

test("the PIN of a command role opens the emergency room", async () => {
  const { dialIn } = house.ports;
  await house.ports.close();
  const [caller, asked] = begin();
  const script = await caller.press(await asked, await dialIn.rolePin("scribe"));
  expect(script.room).toBe((await dialIn.emergency(await dialIn.rolePin("scribe")))?.room);
});

describe("six digits are one try", () => {
  test("whatever they are they lead into a room, where nobody waits unless they are right", async () => {
    const [caller, asked] = begin();
    const script = await caller.press(await asked, "000000");
    expect([script.room?.length, script.action]).toEqual([24, undefined]);
  });

  test("fewer are asked for again, three times in all", async () => {
    const [caller, asked] = begin();
    let script = await asked;
    for (const digits of ["", "123"]) script = await caller.press(script, digits);
    expect(script.spoken).toBe(words.fallback);
    script = await caller.press(script, "");
    expect([script.spoken, script.hangsUp, script.action]).toEqual([words.fallbackEnd, true, undefined]);
  });
});

test("the operator is alarmed once a call, with Twilio's own reason", async () => {
  const [caller, asked] = begin();
  await caller.press(await asked, "123");
  expect(house.said.counted).toEqual(["OperatorAlarm"]);
  expect(house.said.lines.join()).toContain("11200");
});

test("with the store gone the line itself answers 500, which leads Twilio to the fallback", async () => {
  const path = "/twilio/line/pin/1";
  const handler = lambda("answer-line", answerLine(house.ports), house.said.tools);
  let signed = {};
  await house.post(path, { CallSid: "CA1", From: adasPhone, Digits: "417203" }, (event) => {
    signed = event;
    return event;
  });
  await house.ports.close();
  expect(await handler(signed as never, {} as never)).toMatchObject({ statusCode: 500 });
});
