// A caller whose number the config does not know: hears the service and nothing else, waits in a room of its own, and comes in
// when a responder says so. What such callers can bring about is limited.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { StreamId } from "../../functions/core/aggregate.ts";
import type { Actor } from "../../functions/core/command.ts";
import { held, heldStream } from "../../functions/core/limits/held.ts";
import { hours, minutes } from "../../functions/core/time.ts";
import { streamNow } from "../../functions/stream-now.ts";
import { lineWords } from "../../functions/wording/line.ts";
import { aCallHouse, adasPhone, type CallHouse, type PagedCall } from "../support/a-call.ts";
import { aCaller, type LineCaller, strangersPhone } from "../support/a-line.ts";
import type { ReadScript } from "../support/twiml-table.ts";

const words = lineWords();
let house: CallHouse;
beforeEach(async () => {
  house = await aCallHouse();
});
afterEach(() => house.close());

const linus: Actor = { kind: "person", id: "linus", via: "web", assurance: "signed-in" };
const ada: Actor = { ...linus, id: "ada" };
const number = (n: number) => `+44770090${String(1000 + n)}`;

/** As far as the subject: who is not known confirms with a key of its own on the way. */
async function subjectAsked(caller: LineCaller): Promise<ReadScript> {
  const asked = await caller.press(await caller.begin(), "2");
  const key = /press (\d):/.exec(asked.spoken)?.[1];
  if (asked.action?.includes("/sure/") !== true) return asked;
  if (key === undefined) throw new Error(`no key in ${asked.spoken}`);
  return caller.press(asked, key);
}

/** An outage that somebody has. */
async function outage(title = "Payments time out", owner = linus): Promise<PagedCall> {
  const incident = await house.page(title);
  await incident.order({ type: "Acknowledge" }, owner);
  return incident;
}

const heldNow = () => streamNow(held, house.ports.journal, heldStream);

/** Asks for the people on the first service, and waits for them. */
async function waits(from = strangersPhone): Promise<readonly [LineCaller, ReadScript]> {
  const caller = aCaller(house, from);
  const offered = await caller.press(await subjectAsked(caller), "1");
  return [caller, await caller.press(offered, "1")];
}

const callerOf = async (incident: PagedCall, { sid }: LineCaller) =>
  (await incident.state()).bridge.callers[sid];

let sequence = 0;
const hangsUp = (incident: PagedCall, { sid }: LineCaller) =>
  house.post(`/twilio/waiting/${incident.stream.slice("incident/".length)}`, {
    ConferenceSid: `CF${sid}`,
    SequenceNumber: String(++sequence),
    StatusCallbackEvent: "participant-leave",
    CallSid: sid,
  });

describe("an incident of the service goes on", () => {
  test("a stranger hears the service's name, and neither title nor commander", async () => {
    await outage("Ransom note on the file server");
    const caller = aCaller(house, strangersPhone);
    const offered = await caller.press(await subjectAsked(caller), "1");
    expect(offered.spoken).toBe(words.knownService("Checkout"));
    expect(offered.spoken).not.toMatch(/Ransom|Linus/);
  });

  test("a stranger waits alone, and opens no bridge", async () => {
    const incident = await outage();
    const [caller, script] = await waits();
    expect([script.faults, script.spoken]).toEqual([[], words.waiting]);
    const [, other] = await waits(number(2));
    expect(script.room).toBeDefined();
    expect(other.room).not.toBe(script.room);
    const { bridge } = await incident.state();
    expect([bridge.name, bridge.callers[caller.sid]?.presence]).toEqual(["none", "waiting"]);
  });

  test("the responders' phones ring once for those who wait, however many there are", async () => {
    const incident = await outage("Payments time out", ada);
    for (let n = 0; n < 4; n++) await waits(number(n));
    const callIns = async () => Object.values((await incident.state()).bridge.callIns);
    expect(await callIns()).toMatchObject([{ person: "ada", cause: "caller-waits" }]);
    house.pass(minutes(9));
    await waits(number(4));
    expect(await callIns()).toHaveLength(1);
  });

  test("five wait at once; the next one is reported, and asked to hang up when people know", async () => {
    const incident = await outage();
    for (let n = 0; n < 5; n++) await waits(number(n));
    const [sixth, script] = await waits(number(6));
    expect(script.spoken).toBe(words.paging);
    expect((await sixth.alert())?.correlation).not.toContain("call=");
    const last = await sixth.hear(`/twilio/line/room/${incident.stream.slice("incident/".length)}/1`);
    expect([last.spoken, last.hangsUp]).toEqual([words.tooManyWaiting, true]);
    expect((await heldNow()).calls).toEqual([]);
  });

  test("a responder lets the caller in: a bridge is opened, and the caller comes into its room", async () => {
    const incident = await outage();
    const [caller, waiting] = await waits();
    await incident.order({ type: "LetIn", call: caller.sid }, linus);
    expect((await incident.state()).bridge).toMatchObject({ name: "wanted", reason: "caller" });
    const room = await incident.openBridge();
    const script = await caller.goOn(waiting);
    expect([script.faults, script.room]).toEqual([[], room]);
    expect(await callerOf(incident, caller)).toMatchObject({ presence: "admitted", letIn: true });
  });

  test("nobody but a responder lets a caller in", async () => {
    const incident = await outage();
    const [caller] = await waits();
    const joan: Actor = { kind: "person", id: "joan", via: "web", assurance: "signed-in" };
    await expect(incident.order({ type: "LetIn", call: caller.sid }, joan)).rejects.toThrow("refused");
    expect((await callerOf(incident, caller))?.letIn).toBe(false);
  });

  test("a caller who is sent away while waiting hears so, and is not let in by calling again", async () => {
    const incident = await outage();
    const [caller, waiting] = await waits();
    await incident.order({ type: "ControlCaller", call: caller.sid, act: "remove" }, linus);
    const last = await caller.goOn(waiting);
    expect([last.spoken, last.hangsUp]).toEqual([words.removed, true]);
    const [again, second] = await waits();
    expect(second.spoken).toBe(words.waiting);
    await expect(
      incident.order({ type: "LetIn" }, { ...linus, via: "voice", assurance: "number" }),
    ).resolves.toBeDefined();
    expect((await callerOf(incident, again))?.letIn).toBe(false);
  });

  test.each([strangersPhone, adasPhone])(
    "nobody is told that %s waits, who was sent away before: the new call is held",
    async (from) => {
      const incident = await outage();
      const [caller] = await waits(from);
      expect((await callerOf(incident, caller))?.presence).toBe("waiting");
      await incident.order({ type: "ControlCaller", call: caller.sid, act: "remove" }, linus);
      const [again, script] = await waits(from);
      expect(script.spoken).toBe(words.waiting);
      expect((await heldNow()).calls).toMatchObject([{ call: again.sid }]);
    },
  );

  test("one number waits twice at most, and callers who were removed take no place from others", async () => {
    const incident = await outage();
    await waits(number(1));
    expect((await waits(number(1)))[1].spoken).toBe(words.waiting);
    expect((await waits(number(1)))[1].spoken).toBe(words.paging);
    const [removed] = await waits(number(2));
    await incident.order({ type: "ControlCaller", call: removed.sid, act: "remove" }, linus);
    const [, again] = await waits(number(2));
    expect(again.spoken).toBe(words.waiting);
    for (const n of [3, 4, 5]) expect((await waits(number(n)))[1].spoken).toBe(words.waiting);
  });

  test("a caller who is let in and then sent away, before there is a room, stays out", async () => {
    const incident = await outage();
    const [caller, waiting] = await waits();
    await incident.order({ type: "LetIn", call: caller.sid }, linus);
    await incident.order({ type: "ControlCaller", call: caller.sid, act: "remove" }, linus);
    await incident.openBridge();
    const last = await caller.goOn(waiting);
    expect([last.spoken, last.room]).toEqual([words.removed, undefined]);
  });

  test("a caller who hangs up waits no longer", async () => {
    const incident = await outage();
    const [caller] = await waits();
    await hangsUp(incident, caller);
    expect((await callerOf(incident, caller))?.presence).toBe("left");
  });

  test("whoever waits when the incident ends hears that", async () => {
    const incident = await outage();
    const [caller, waiting] = await waits();
    await incident.order({ type: "StandDown" }, linus);
    const last = await caller.goOn(waiting);
    expect([last.spoken, last.hangsUp]).toEqual([words.overMeanwhile, true]);
  });
});

test("a forged number has its owner's phone ring three times in ten minutes at most", async () => {
  const incident = await outage();
  await incident.openBridge();
  const rings = async () => Object.values((await incident.state()).bridge.callIns);
  for (let n = 0; n < 8; n++) {
    const caller = aCaller(house, adasPhone);
    const subject = await caller.press(await caller.begin(), "2");
    await caller.press(await caller.press(subject, "1"), "1");
    for (const [callIn, { state }] of Object.entries((await incident.state()).bridge.callIns))
      if (state === "wanted")
        await incident.order({
          type: "RecordCallIn",
          callIn,
          evidence: { outcome: "giveUp", reason: "not-answered", operator: false },
        });
  }
  expect((await rings()).filter(({ cause }) => cause === "asked-for")).toHaveLength(3);
  expect((await rings()).length).toBeLessThanOrEqual(6);
});

describe("a sensitive incident", () => {
  const sensitive = async () => {
    const incident = await outage("Leaked key");
    await incident.order({ type: "Declare", sensitive: true }, linus);
    return incident;
  };

  test.each([strangersPhone, adasPhone])("is never offered to %s", async (from) => {
    const incident = await sensitive();
    const caller = aCaller(house, from);
    const subject =
      from === adasPhone ? await caller.press(await caller.begin(), "2") : await subjectAsked(caller);
    expect((await caller.press(subject, "1")).spoken).toBe(words.paging);
    expect((await incident.state()).bridge.callers).toEqual({});
  });

  test("that the call has joined has no room for its caller", async () => {
    const incident = await sensitive();
    const caller = aCaller(house, adasPhone);
    const subject = await caller.press(await caller.begin(), "2");
    await caller.press(subject, "1");
    const id = incident.stream.slice("incident/".length);
    const script = await caller.hear(`/twilio/line/room/${id}/1`);
    expect([script.spoken, script.room]).toEqual([words.hangUp(true), undefined]);
  });
});

describe("a caller who was removed", () => {
  const removed = async (from: string, person?: string) => {
    const incident = await outage();
    await incident.openBridge();
    const pin = await house.ports.dialIn.pin(incident.stream, (await incident.state()).bridge.round);
    const dialIn = async () => {
      const caller = aCaller(house, from);
      const script = await caller.dialIn(pin);
      return [caller, person === undefined ? await caller.say(script) : script] as const;
    };
    const [caller, script] = await dialIn();
    expect(script.spoken).toContain(words.entering);
    const happened = { what: "join", call: caller.sid } as const;
    await incident.order({ type: "RecordRoom", conference: "CF1", sequence: 1, happened });
    await incident.order({ type: "ControlCaller", call: caller.sid, act: "remove" }, linus);
    return { incident, dialIn, pin };
  };

  test.each([
    [strangersPhone, undefined],
    [adasPhone, "ada"],
  ])("stays out, three redials of three: %s", async (from, person) => {
    const { incident, dialIn } = await removed(from, person);
    for (let n = 0; n < 3; n++) {
      const [caller, script] = await dialIn();
      expect(script.spoken).toBe(words.waiting);
      expect((await callerOf(incident, caller))?.presence).toBe("waiting");
      await hangsUp(incident, caller);
    }
    expect((await incident.state()).bridge.callIns).toEqual({});
  });

  test.each([
    [strangersPhone, undefined],
    [adasPhone, "ada"],
  ])("makes the PIN too little for other unknown callers: %s", async (from, person) => {
    const { pin } = await removed(from, person);
    const hidden = aCaller(house, "anonymous");
    expect((await hidden.say(await hidden.dialIn(pin))).spoken).toBe(words.waiting);
    if (person === undefined)
      expect((await aCaller(house, adasPhone).dialIn(pin)).spoken).toBe(words.entering);
  });

  test("comes in again when the commander says so, by name", async () => {
    const { incident, dialIn } = await removed(strangersPhone);
    const [caller, waiting] = await dialIn();
    await incident.order({ type: "LetIn", call: caller.sid }, linus);
    expect((await caller.goOn(waiting)).room).toBeDefined();
  });

  test("a removed person rings back in by no order but the commander's", async () => {
    const { incident } = await removed(adasPhone, "ada");
    const caller = Object.keys((await incident.state()).bridge.callers)[0] ?? "";
    const happened = { what: "leave", call: caller } as const;
    await incident.order({ type: "RecordRoom", conference: "CF1", sequence: 2, happened });
    const byText: Actor = { ...ada, via: "sms", assurance: "number" };
    await expect(incident.order({ type: "CallIn" }, byText)).rejects.toThrow("refused");
    await incident.order({ type: "CallIn", person: "ada" }, linus);
    expect((await incident.state()).bridge.barred.people).toEqual([]);
  });
});

describe("calls for help that open incidents", () => {
  const report = async (from: string, key = "1"): Promise<readonly [LineCaller, ReadScript]> => {
    const caller = aCaller(house, from);
    let script = await caller.press(await subjectAsked(caller), key);
    // What is known is called something else.
    if (script.spoken === words.knownService("Checkout")) script = await caller.press(script, "2");
    return [caller, script];
  };
  const ended = async (caller: LineCaller) => {
    const stream = (await caller.settle()) as StreamId;
    const envelope = { id: `end ${stream}`, causeId: "end", at: house.ports.clock.now(), actor: linus };
    await house.house.incidents.dispatch(stream, { ...envelope, drill: false, type: "StandDown" });
  };

  test("one number opens one an hour; the next call is held, and nothing is lost", async () => {
    const [first, script] = await report(strangersPhone);
    expect(script.spoken).toBe(words.paging);
    await ended(first);
    const [second, next] = await report(strangersPhone);
    expect([next.spoken, next.hangsUp, await second.alert()]).toEqual([words.held, true, undefined]);
    expect((await heldNow()).calls).toMatchObject([{ call: second.sid, ending: "0999" }]);
    house.pass(hours(1));
    expect((await report(strangersPhone))[1].spoken).toBe(words.paging);
  });

  test("strangers together open three an hour, whatever numbers they show", async () => {
    const spoken: string[] = [];
    for (let n = 0; n < 15; n++) {
      const [caller, script] = await report(n % 2 === 0 ? number(n) : "anonymous");
      spoken.push(script.spoken);
      if (script.spoken === words.paging) await ended(caller);
    }
    expect(spoken.filter((text) => text === words.paging)).toHaveLength(3);
    expect(house.said.counted).toEqual(["OperatorAlarm"]);
    expect((await heldNow()).calls).toHaveLength(12);
  });

  test("beyond them, something else is told to those who have the incident that is open", async () => {
    for (let n = 0; n < 3; n++) await ended((await report(number(n)))[0]);
    const incident = await outage();
    const [caller, script] = await report(number(9));
    expect(script.spoken).toBe(words.paging);
    expect((await caller.alert())?.correlation).not.toContain("call=");
    expect((await incident.state()).bridge.name).toBe("none");
  });

  test("a known person is not held back by strangers", async () => {
    for (let n = 0; n < 6; n++) await report(number(n));
    const ada = aCaller(house, adasPhone);
    expect((await ada.press(await ada.press(await ada.begin(), "2"), "2")).spoken).toBe(words.paging);
  });
});

test("a number that calls on and on is not answered with the menu any more", async () => {
  const spoken: string[] = [];
  for (let n = 0; n < 14; n++) spoken.push((await aCaller(house, strangersPhone).begin()).spoken);
  expect(spoken.filter((text) => text === words.tooManyCalls)).toHaveLength(2);
  expect((await aCaller(house, adasPhone).begin()).spoken).toContain("Press 1 to join a bridge");
});

test("a number whose signature does not fit is nobody's", async () => {
  await outage();
  const caller = aCaller(house, adasPhone);
  const asked = await caller.hear("/twilio/line/menu/1", "2", { StirVerstat: "TN-Validation-Failed-C" });
  expect(asked.spoken).toContain("We don't recognise your number.");
});
