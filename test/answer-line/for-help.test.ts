// Anybody calls the hub's number for help: an alert like any other, and a place in the room with whoever answers.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { StreamId } from "../../functions/core/aggregate.ts";
import { byHub } from "../../functions/core/command.ts";
import type { IncidentOrder } from "../../functions/core/incident/commands.ts";
import { held, heldStream } from "../../functions/core/limits/held.ts";
import { streamNow } from "../../functions/stream-now.ts";
import { lineWords } from "../../functions/wording/line.ts";
import { aCallHouse, type CallHouse, publicUrl } from "../support/a-call.ts";
import { aCaller, type LineCaller, someRecording, strangersPhone } from "../support/a-line.ts";
import type { ReadScript } from "../support/twiml-table.ts";

const words = lineWords();
let house: CallHouse;
beforeEach(async () => {
  house = await aCallHouse();
});
afterEach(() => house.close());

const confirmKey = ({ spoken }: ReadScript): string => /press (\d):/.exec(spoken)?.[1] ?? "not spoken";
const heldNow = () => streamNow(held, house.ports.journal, heldStream);
const orderAsLinus = async (stream: StreamId, given: IncidentOrder) => {
  const actor = { kind: "person", id: "linus", via: "web", assurance: "signed-in" } as const;
  const id = `linus ${given.type}`;
  const envelope = { id, causeId: id, at: house.ports.clock.now(), actor, drill: false };
  return house.house.incidents.dispatch(stream, { ...envelope, ...given });
};
const stateOf = async (stream: string) => (await house.house.incidents.load(stream as StreamId)).state;

async function askedForSubject(caller: LineCaller): Promise<ReadScript> {
  return caller.press(await caller.begin(), "2");
}

async function setUpBridge(stream: StreamId): Promise<string> {
  const pin = await house.ports.dialIn.pin(stream, 1);
  const envelope = byHub("open-bridge", `${stream}.1`, house.ports.clock.now());
  const pinKey = await house.ports.dialIn.claimOf(pin);
  await house.house.incidents.dispatch(stream, { ...envelope, type: "SetUpBridge", round: 1, pinKey });
  return house.ports.dialIn.roomOf(pin);
}

test("a known caller: subject, report, waiting, room; people are paged before a word of it was said", async () => {
  const caller = aCaller(house);
  const asked = await askedForSubject(caller);
  expect(asked.spoken).toBe(
    "What is it about? Press 1 for Checkout. Press 2 for Website. Press 9 for anything else.",
  );
  let script = await caller.press(asked, "1");
  expect([script.faults, script.spoken]).toEqual([[], words.paging]);
  expect(await caller.alert()).toMatchObject({
    title: "Call for help from Ada: Checkout",
    service: "checkout",
    source: "phone",
    severity: "critical",
    status: "firing",
    drill: false,
  });
  // Nothing was read from the feed yet.
  script = await caller.goOn(script);
  expect(script.spoken).toBe(words.oneMoment);
  const stream = (await caller.settle()) as StreamId;
  expect((await stateOf(stream)).paging.pages["p1"]?.person).toBe("ada");
  script = await caller.goOn(script);
  expect([script.faults, script.spoken]).toEqual([[], words.askWhat]);
  script = await caller.say(script);
  expect((await stateOf(stream)).bridge.callers[caller.sid]?.helpRecording).toBe(someRecording);
  const waiting = await caller.goOn(script);
  expect([waiting.faults, waiting.spoken]).toEqual([[], words.waiting]);
  // A number can be forged: no room is opened for it.
  expect((await stateOf(stream)).bridge.name).toBe("none");
  await orderAsLinus(stream, { type: "Acknowledge" });
  await orderAsLinus(stream, { type: "LetIn" });
  const room = await setUpBridge(stream);
  script = await caller.goOn(waiting);
  expect([script.faults, script.room, script.newsTo]).toEqual([
    [],
    room,
    `${publicUrl}/twilio/rooms/${stream.slice("incident/".length)}`,
  ]);
  expect((await stateOf(stream)).bridge.callers[caller.sid]).toMatchObject({
    way: "call-for-help",
    person: "ada",
  });
});

describe("a stranger", () => {
  test("confirms by the key that is spoken, another one in each call", async () => {
    const keys = new Set<string>();
    for (let n = 0; n < 12; n++) {
      const caller = aCaller(house, `+4477009009${String(n).padStart(2, "0")}`);
      const asked = await askedForSubject(caller);
      const key = confirmKey(asked);
      keys.add(key);
      const other = key === "4" ? "5" : "4";
      expect((await caller.press(asked, other)).spoken).toContain(`Key ${other} means nothing here.`);
      expect((await caller.press(asked, key)).spoken).toContain("What is it about?");
    }
    expect(keys.size).toBeGreaterThan(3);
  });

  test("who presses nothing rings nobody at once: the call is held", async () => {
    const caller = aCaller(house, strangersPhone);
    let script = await askedForSubject(caller);
    for (let n = 0; n < 3; n++) script = await caller.press(script, "");
    expect([script.spoken, script.hangsUp, script.action]).toEqual([words.unconfirmed, true, undefined]);
    expect(await caller.alert()).toBeUndefined();
    expect((await heldNow()).calls).toMatchObject([{ call: caller.sid, ending: "0999" }]);
  });

  test("who needs no help says so, and nothing is held", async () => {
    const caller = aCaller(house, strangersPhone);
    const script = await caller.press(await askedForSubject(caller), "0");
    expect([script.spoken, (await heldNow()).calls]).toEqual([words.noHelp, []]);
  });

  test("who hangs up instead of confirming is held; who confirms is not", async () => {
    await askedForSubject(aCaller(house, strangersPhone));
    expect((await heldNow()).calls).toHaveLength(1);
    const caller = aCaller(house, "+447700900998");
    const asked = await askedForSubject(caller);
    await caller.press(await caller.press(asked, confirmKey(asked)), "2");
    expect((await heldNow()).calls).toHaveLength(1);
  });

  test.each([
    [strangersPhone, "Call for help from a number ending in 0999: Website"],
    ["anonymous", "Call for help from a hidden number: Website"],
  ])("from %s is told of by no more than the last digits", async (from, title) => {
    const caller = aCaller(house, from);
    const asked = await askedForSubject(caller);
    await caller.press(await caller.press(asked, confirmKey(asked)), "2");
    expect((await caller.alert())?.title).toBe(title);
  });
});

describe("nobody's hang-up loses it", () => {
  const reported = async (caller: LineCaller) => {
    const script = await caller.press(await askedForSubject(caller), "1");
    return [script, (await caller.settle()) as StreamId] as const;
  };

  test("after the subject: the alert was taken before the caller waits", async () => {
    const caller = aCaller(house);
    const [, stream] = await reported(caller);
    expect((await stateOf(stream)).signal.lead.title).toBe("Call for help from Ada: Checkout");
  });

  test("in the middle of the report: what was said so far is on the timeline, and nobody is let in", async () => {
    const caller = aCaller(house);
    const [script, stream] = await reported(caller);
    const tone = await caller.goOn(script);
    await caller.hear(caller.next(tone), "hangup", { RecordingSid: someRecording, CallStatus: "completed" });
    expect((await stateOf(stream)).bridge.callers[caller.sid]).toMatchObject({
      helpRecording: someRecording,
      way: undefined,
    });
  });

  test("who says nothing waits as well", async () => {
    const caller = aCaller(house);
    const [script] = await reported(caller);
    const silent = await caller.goOn(await caller.goOn(script));
    expect((await caller.goOn(silent)).spoken).toBe(words.waiting);
  });

  test("who speaks while the incident is ended hears that, and what to do", async () => {
    const caller = aCaller(house);
    const [script, stream] = await reported(caller);
    const tone = await caller.goOn(script);
    await orderAsLinus(stream, { type: "StandDown" });
    const last = await caller.goOn(await caller.say(tone));
    expect([last.spoken, last.hangsUp]).toEqual([words.overMeanwhile, true]);
  });

  test("a webhook that comes twice makes one alert", async () => {
    const caller = aCaller(house);
    const asked = await askedForSubject(caller);
    await caller.press(asked, "1");
    await caller.press(asked, "1");
    const stream = await caller.settle();
    expect((await stateOf(stream)).signal.alerts).toBe(1);
  });
});

describe("what nobody answers in half a minute", () => {
  test.each([
    ["+447700900001", "we have your number"],
    ["anonymous", "call again"],
  ])("is paged all the same, and %s may hang up", async (from, wording) => {
    const caller = aCaller(house, from);
    let script = await askedForSubject(caller);
    if (from === "anonymous") script = await caller.press(script, confirmKey(script));
    script = await caller.press(script, "1");
    let waits = 0;
    for (; script.goesOn !== undefined; waits++) script = await caller.goOn(script);
    expect(waits).toBe(10);
    expect(script.spoken).toContain(wording);
    expect(script.hangsUp).toBe(true);
  });
});

describe("an incident of that service is open", () => {
  const outage = async () => {
    const incident = await house.page("Payments time out");
    await incident.order(
      { type: "Acknowledge" },
      { kind: "person", id: "linus", via: "web", assurance: "signed-in" },
    );
    return incident;
  };

  const joined = async () => {
    const caller = aCaller(house);
    const asked = await caller.press(await askedForSubject(caller), "1");
    return [caller, asked, await caller.press(asked, "1")] as const;
  };

  test("it is named with whoever has it, and a key has a known person called back into its bridge", async () => {
    const incident = await outage();
    await incident.openBridge();
    const [caller, asked, script] = await joined();
    expect([asked.faults, asked.spoken]).toEqual([
      [],
      "This is known. The alert reads: Payments time out. End of alert. Command is with Linus. Press 1 to join it. Press 2 to report something else.",
    ]);
    expect([script.faults, script.spoken, script.room]).toEqual([[], words.calledBack, undefined]);
    const { callIns, callers } = (await incident.state()).bridge;
    expect(Object.values(callIns)).toMatchObject([{ person: "ada", cause: "asked-for" }]);
    expect([callers, await caller.alert()]).toEqual([{}, undefined]);
  });

  test("where it has no bridge yet, the caller waits for those who have it", async () => {
    const incident = await outage();
    const [caller, , script] = await joined();
    expect([script.faults, script.spoken]).toEqual([[], words.waiting]);
    const { bridge } = await incident.state();
    expect([bridge.name, bridge.callers[caller.sid]]).toMatchObject([
      "none",
      { person: "ada", presence: "waiting" },
    ]);
  });

  test("and ends before the key that joins it: what is wrong now is something new", async () => {
    const incident = await outage();
    const caller = aCaller(house);
    const asked = await caller.press(await askedForSubject(caller), "1");
    await incident.order(
      { type: "StandDown" },
      { kind: "person", id: "linus", via: "web", assurance: "signed-in" },
    );
    const script = await caller.press(asked, "1");
    expect(script.spoken).toBe(words.paging);
    expect(await caller.settle()).not.toBe(incident.stream);
  });

  test("something else is an incident of its own", async () => {
    const incident = await outage();
    const caller = aCaller(house);
    const asked = await caller.press(await askedForSubject(caller), "1");
    expect((await caller.press(asked, "2")).spoken).toBe(words.paging);
    const stream = await caller.settle();
    expect(stream).not.toBe(incident.stream);
    expect((await stateOf(stream)).signal).toMatchObject({ service: "checkout" });
  });

  test("whoever can't decide is heard", async () => {
    await outage();
    const caller = aCaller(house);
    let script = await caller.press(await askedForSubject(caller), "1");
    for (let n = 0; n < 3; n++) script = await caller.press(script, "");
    expect(script.spoken).toBe(words.paging);
    expect(await caller.alert()).toBeDefined();
  });

  test("that is a drill is not offered: whoever calls is in need", async () => {
    await house.page("Fire drill", "critical", true);
    const caller = aCaller(house);
    expect((await caller.press(await askedForSubject(caller), "1")).spoken).toBe(words.paging);
  });

  test("of another service is not offered", async () => {
    await outage();
    const caller = aCaller(house);
    expect((await caller.press(await askedForSubject(caller), "2")).spoken).toBe(words.paging);
  });
});

test("two who call about the same thing at once are one incident", async () => {
  const [ada, linus] = [aCaller(house), aCaller(house, "+46701740605")];
  const [one, two] = [await askedForSubject(ada), await askedForSubject(linus)];
  await ada.press(one, "2");
  await linus.press(two, "2");
  expect(await linus.settle()).toBe(await ada.settle());
});

test("anything else goes to whom the last route names", async () => {
  const caller = aCaller(house);
  await caller.press(await askedForSubject(caller), "9");
  expect(await caller.alert()).toMatchObject({ title: "Call for help from Ada", service: "website" });
});

test("whoever needs help and finds no key is helped all the same", async () => {
  const caller = aCaller(house);
  let script = await askedForSubject(caller);
  for (const key of ["0", "", "8"]) script = await caller.press(script, key);
  expect(script.spoken).toBe(words.paging);
  expect((await caller.alert())?.service).toBe("website");
});
