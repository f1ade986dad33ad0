// Into a bridge by the hub's number and a PIN.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hours, minutes } from "../../functions/core/time.ts";
import { lineWords } from "../../functions/wording/line.ts";
import { aCallHouse, adasPhone, type CallHouse, callConfig, type PagedCall } from "../support/a-call.ts";
import { aCaller, someRecording, strangersPhone } from "../support/a-line.ts";

const words = lineWords();
let house: CallHouse;
let incident: PagedCall;
let room: string;
let pin: string;
beforeEach(async () => {
  house = await aCallHouse(
    callConfig.replace(
      "policies:",
      `  twin: { name: Twin, time_zone: Europe/London, sms: "+46701740605" }\npolicies:`,
    ),
  );
  incident = await house.page();
  room = await incident.openBridge();
  pin = await house.ports.dialIn.pin(incident.stream, 1);
});
afterEach(() => house.close());

const bridge = async () => (await incident.state()).bridge;
const news = "https://pager.example.com/twilio/rooms/i1";
/** Opens nothing, and is nobody's. */
const wrong = (n = 0): string => String((Number(pin) + 7 + n) % 1_000_000).padStart(6, "0");
const lineEvents = async () => (await house.ports.journal.history("line/dial-in", 0, 1_000)).length;

describe("whoever is known by the number", () => {
  test("is in the room after two answers, by name", async () => {
    const caller = aCaller(house);
    const first = await caller.begin();
    expect(first.spoken).toBe(
      "This is Muster, for Test Works. Press 1 to join a bridge. Press 2 to call for help.",
    );
    const script = await caller.dialIn(pin);
    expect([script.faults, script.room, script.newsTo]).toEqual([[], room, news]);
    expect((await bridge()).callers[caller.sid]).toMatchObject({ way: "pin", person: "ada" });
  });

  test("costs the line no write", async () => {
    await aCaller(house).dialIn(pin);
    expect(await lineEvents()).toBe(0);
  });

  test("of a number that several share nobody is known", async () => {
    const script = await aCaller(house, "+46701740605").dialIn(pin);
    expect(script.spoken).toBe(words.askName);
  });
});

describe("whoever is not known", () => {
  test.each([
    [strangersPhone, "0999"],
    ["anonymous", undefined],
    ["+266696687", undefined],
    ["", undefined],
    ["sip:mallory@example.com", undefined],
  ])("by %s says a name after the tone, and is shown with the ending %s", async (from, ending) => {
    const caller = aCaller(house, from);
    const asked = await caller.dialIn(pin);
    expect([asked.faults, asked.spoken, asked.room]).toEqual([[], words.askName, undefined]);
    const script = await caller.say(asked);
    expect([script.faults, script.room, script.newsTo]).toEqual([[], room, news]);
    const { person, ...shown } = (await bridge()).callers[caller.sid] ?? {};
    expect(shown).toMatchObject({ way: "pin", ending, nameRecording: someRecording });
    expect(person).toBeUndefined();
  });

  test("and says nothing is let in all the same: the commander sees that nobody knows who it is", async () => {
    const caller = aCaller(house, strangersPhone);
    const script = await caller.goOn(await caller.dialIn(pin));
    expect(script.room).toBe(room);
    expect((await bridge()).callers[caller.sid]?.nameRecording).toBeUndefined();
  });

  test("and hangs up over the name is not let in", async () => {
    const caller = aCaller(house, strangersPhone);
    const asked = await caller.dialIn(pin);
    await caller.hear(caller.next(asked), "hangup", { RecordingSid: someRecording, CallStatus: "completed" });
    expect((await bridge()).callers).toEqual({});
  });

  test("and says a name while the bridge ends and another opens needs the other one's PIN", async () => {
    const caller = aCaller(house, strangersPhone);
    const asked = await caller.dialIn(pin);
    const ada = { kind: "person", id: "ada", via: "web", assurance: "signed-in" } as const;
    await incident.order({ type: "EndBridge" }, ada);
    await incident.openBridge(2);
    const script = await caller.say(asked);
    expect([script.room, script.spoken]).toEqual([undefined, words.bridgeOver]);
    expect((await bridge()).callers).toEqual({});
  });

  test("and types the right one is not counted: twenty who belong there keep nobody out", async () => {
    for (let n = 0; n < 21; n++) {
      const script = await aCaller(house, n % 2 === 0 ? "anonymous" : `+4477009002${n}`).dialIn(pin);
      expect(script.spoken).toBe(words.askName);
    }
  });

  test("leaves the whole number nowhere", async () => {
    const caller = aCaller(house, strangersPhone);
    await caller.say(await caller.dialIn(pin));
    const told = [
      ...(await house.ports.journal.history(incident.stream, 0, 1_000)),
      ...(await house.ports.journal.history("line/dial-in", 0, 1_000)),
    ];
    expect(JSON.stringify([told, house.said.lines])).not.toContain(strangersPhone.slice(1));
  });
});

describe("a PIN", () => {
  test("that opens nothing names no incident, and is asked for again: three times in a call", async () => {
    const caller = aCaller(house);
    let script = await caller.dialIn(wrong());
    for (const n of [1, 2]) {
      expect(script.spoken).toBe(`${words.wrongPin} ${words.askPin}`);
      script = await caller.press(script, wrong(n));
    }
    expect([script.spoken, script.hangsUp, script.action]).toEqual([words.noMorePins, true, undefined]);
    expect((await bridge()).callers).toEqual({});
  });

  test.each(["", "12345", "1", "*****#", "abcdef", "1234567"])(
    "of other digits (%s) is no guess",
    async (digits) => {
      const script = await aCaller(house).dialIn(digits);
      expect(script.spoken).toContain(words.askPin);
      expect(await lineEvents()).toBe(0);
    },
  );

  test("of an incident that is over says so, and is no guess", async () => {
    await incident.order(
      { type: "StandDown" },
      { kind: "person", id: "ada", via: "web", assurance: "signed-in" },
    );
    expect((await aCaller(house).dialIn(pin)).spoken).toBe(words.over);
    expect(await lineEvents()).toBe(0);
  });

  test("of a bridge that ended opens nothing, though the incident has another one", async () => {
    const { dialIn } = house.ports;
    await incident.order(
      { type: "EndBridge" },
      { kind: "person", id: "ada", via: "web", assurance: "signed-in" },
    );
    expect((await aCaller(house).dialIn(pin)).spoken).toBe(words.bridgeOver);
    const second = await incident.openBridge(2);
    expect((await aCaller(house).dialIn(pin)).spoken).toBe(words.bridgeOver);
    expect((await aCaller(house).dialIn(await dialIn.pin(incident.stream, 2))).room).toBe(second);
  });

  test("of a command role opens the emergency room, for anybody, and the operator hears of it", async () => {
    const { dialIn } = house.ports;
    const emergency = await dialIn.emergency(await dialIn.rolePin("tl"));
    for (const from of [adasPhone, strangersPhone, "anonymous"]) {
      const script = await aCaller(house, from).dialIn(await dialIn.rolePin("tl"));
      expect([script.faults, script.room, script.newsTo]).toEqual([
        [],
        emergency?.room,
        "https://pager.example.com/twilio/rooms/emergency",
      ]);
    }
  });
});

describe("a PIN guessed by force", () => {
  const guess = async (from: string, count: number): Promise<readonly string[]> => {
    const answers: string[] = [];
    for (let n = 0; n < count; n++) answers.push((await aCaller(house, from).dialIn(wrong(n))).spoken);
    return answers;
  };

  test("one number has six tries an hour, and then not even the right one opens", async () => {
    expect((await guess(strangersPhone, 8)).filter((text) => text === words.closed)).toHaveLength(2);
    expect((await aCaller(house, strangersPhone).dialIn(pin)).spoken).toBe(words.closed);
    house.pass(hours(1));
    expect((await aCaller(house, strangersPhone).dialIn(pin)).spoken).toBe(words.askName);
  });

  test("a forged number does not lock its owner out: the owner is called back, and the forger hears the same", async () => {
    await guess(adasPhone, 6);
    const right = await aCaller(house).dialIn(pin);
    const another = await aCaller(house).dialIn(wrong(7));
    expect([right.spoken, right.room, another.spoken]).toEqual([words.callBack, undefined, words.callBack]);
    const { callIns } = (await incident.state()).bridge;
    expect(Object.values(callIns)).toMatchObject([{ person: "ada", cause: "asked-for" }]);
  });

  test("after twenty from anywhere strangers ask for a call-in, and known numbers still get in", async () => {
    for (let n = 0; n < 20; n++) await guess(n % 2 === 0 ? "anonymous" : `+4477009001${n}`, 1);
    expect((await aCaller(house, "anonymous").dialIn(pin)).spoken).toBe(words.closed);
    expect((await aCaller(house, strangersPhone).dialIn(pin)).spoken).toBe(words.closed);
    expect((await aCaller(house).dialIn(pin)).room).toBe(room);
    house.pass(minutes(10));
    expect((await aCaller(house, strangersPhone).dialIn(pin)).spoken).toBe(words.askName);
  });

  test("however many call at once: strangers' tries are counted before they are looked at", async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) => aCaller(house, "anonymous").dialIn(wrong(n))),
    );
    expect(answers.filter(({ spoken }) => spoken.startsWith(words.wrongPin))).toHaveLength(20);
  });

  test("the operator's alarm goes off once, and names no number", async () => {
    for (let n = 0; n < 40; n++) await guess("anonymous", 1);
    expect(house.said.counted).toEqual(["OperatorAlarm"]);
    expect(house.said.lines.join()).toContain("limit reached");
    expect(house.said.lines.join()).not.toContain(pin);
  });
});
