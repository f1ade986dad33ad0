// What was decided about a room is carried out in it, or fails where everybody sees it.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { EventRef } from "../../functions/core/bus.ts";
import type { Actor } from "../../functions/core/command.ts";
import type { IncidentEvent } from "../../functions/core/incident/events.ts";
import { minutes } from "../../functions/core/time.ts";
import type { Caller, RoomOutcome } from "../../functions/ports.ts";
import { make } from "../../functions/run-bridge/handler.ts";
import { aCallHouse, type CallHouse, type PagedCall } from "../support/a-call.ts";
import { listening, records } from "../support/intake.ts";

let house: CallHouse;
let call: PagedCall;
let room: string;
let done: string[];
let said: ReturnType<typeof listening>;
/** What the provider answers, one after the other; then it does what it is asked. */
let answers: RoomOutcome[];
let taken: Awaited<ReturnType<Caller["takeBack"]>>;
beforeEach(async () => {
  house = await aCallHouse();
  call = await house.page();
  room = await call.openBridge();
  await call.comesIn("CA1", "pin", "ada", "CF1");
  await call.comesIn("CA2", "pin", "linus", "CF1");
  done = [];
  answers = [];
  taken = "taken-back";
  said = listening();
});
afterEach(() => house.close());

const web = (id: string): Actor => ({ kind: "person", id, via: "web", assurance: "signed-in" });
const ada = web("ada");
const unasked = () => Promise.reject(new Error("not asked for"));
const act = (what: string): Promise<RoomOutcome> => {
  done.push(what);
  return Promise.resolve(answers.shift() ?? { outcome: "done" });
};

/** The newest event of this kind, as the bus brings it. */
async function carryOut(type: IncidentEvent["type"], nth = -1) {
  const history = await house.ports.journal.history(call.stream, 0, 200);
  const found = history.filter(({ event }) => (event as IncidentEvent).type === type).at(nth);
  if (found === undefined) throw new Error(`There was no ${type}`);
  const event = found.event as Partial<Record<"control" | "announcement", string>>;
  const ref = event.control ?? event.announcement;
  const detail: EventRef = {
    stream: call.stream,
    version: found.version,
    index: found.index,
    drill: false,
    ...(ref === undefined ? {} : { ref }),
  };
  const takeBack: Caller["takeBack"] = (receipt) => {
    done.push(`take back ${receipt}`);
    return Promise.resolve(taken);
  };
  const ports = {
    ...house.ports,
    channels: { voice: { send: unasked, find: unasked, takeBack } },
    rooms: {
      control: (conference: string, sid: string, what: string) => act(`${what} ${sid} in ${conference}`),
      announce: (conference: string, at: string) => act(`say ${at} in ${conference}`),
      lead: (sid: string, at: string) => act(`lead ${sid} to ${at}`),
      close: (name: string) => act(`close ${name === room ? "the room" : name}`),
    },
  };
  return (await make(ports)(records({ "detail-type": type, detail }), said.tools)).batchItemFailures.length;
}
const told = async () =>
  (await house.ports.journal.history(call.stream, 0, 200))
    .map(({ event }) => event as IncidentEvent)
    .flatMap((event) => (/(Control|Announcement)Failed$|^CallerLeft/.test(event.type) ? [event] : []));

describe("a call that waits", () => {
  const waits = (id: string) =>
    call.order({ type: "AdmitCaller", call: id, way: "call-for-help", number: id, ending: "0171" });
  const letInPath = () => `/twilio/line/let-in/${call.stream.slice("incident/".length)}`;
  const takes = () => call.order({ type: "Acknowledge" }, ada);

  test("is led into the room once a responder lets it in", async () => {
    await takes();
    await waits("CA7");
    await call.order({ type: "LetIn", call: "CA7" }, ada);
    expect(await carryOut("CallerControlWanted")).toBe(0);
    expect(done).toEqual([`lead CA7 to ${letInPath()}`]);
  });

  test("is led in when the bridge opens, where there was none", async () => {
    await takes();
    await call.order({ type: "EndBridge" }, ada);
    await waits("CA7");
    await waits("CA8");
    await call.order({ type: "LetIn", call: "CA7" }, ada);
    await carryOut("CallerControlWanted");
    expect(done).toEqual([]);
    await call.openBridge(2);
    await carryOut("BridgeOpened");
    expect(done).toEqual([`lead CA7 to ${letInPath()}`]);
  });

  test("is sent away by the commander", async () => {
    await takes();
    await waits("CA7");
    await call.order({ type: "ControlCaller", call: "CA7", act: "remove" }, ada);
    await carryOut("CallerControlWanted");
    expect(done).toEqual([`lead CA7 to ${letInPath()}`]);
  });

  test("hears when the incident ends", async () => {
    await takes();
    await waits("CA7");
    await call.order({ type: "StandDown" }, ada);
    await carryOut("IncidentStoodDown");
    expect(done).toEqual([`lead CA7 to ${letInPath()}`]);
  });

  test("of which the provider knows nothing any more waits no longer", async () => {
    await takes();
    await waits("CA7");
    await call.order({ type: "LetIn", call: "CA7" }, ada);
    answers = [{ outcome: "gone" }];
    await carryOut("CallerControlWanted");
    expect((await call.state()).bridge.callers["CA7"]?.presence).toBe("left");
  });

  test("that can't be led in fails on the timeline", async () => {
    await takes();
    await waits("CA7");
    await call.order({ type: "LetIn", call: "CA7" }, ada);
    answers = [
      { outcome: "retry", reason: "provider-unreachable" },
      { outcome: "retry", reason: "provider-unreachable" },
    ];
    await carryOut("CallerControlWanted");
    expect(await told()).toMatchObject([{ type: "CallerControlFailed" }]);
  });
});

describe("an order about one call", () => {
  const order = (what: "mute" | "unmute" | "remove") =>
    call.order({ type: "ControlCaller", call: "CA2", act: what }, ada);

  test.each(["mute", "remove"] as const)("%s", async (what) => {
    await order(what);
    expect(await carryOut("CallerControlWanted")).toBe(0);
    expect(done).toEqual([`${what} CA2 in CF1`]);
    expect(await told()).toEqual([]);
  });

  test("a passing failure is tried again at once", async () => {
    await order("mute");
    answers = [{ outcome: "unknown", reason: "timed-out" }];
    await carryOut("CallerControlWanted");
    expect(done).toHaveLength(2);
    expect(await told()).toEqual([]);
  });

  test.each<[RoomOutcome, number, number]>([
    [{ outcome: "retry", reason: "provider-unreachable" }, 2, 0],
    [{ outcome: "unknown", reason: "timed-out" }, 2, 0],
    [{ outcome: "giveUp", reason: "account-refused" }, 1, 1],
  ])("that the provider does not carry out (%j) fails on the timeline", async (answer, tries, alarms) => {
    await order("mute");
    answers = [answer, answer];
    expect(await carryOut("CallerControlWanted")).toBe(0);
    expect(done).toHaveLength(tries);
    expect(await told()).toMatchObject([{ type: "CallerControlFailed", control: "x1" }]);
    expect(said.counted).toHaveLength(alarms);
  });

  test("of which the provider knows nothing any more has left", async () => {
    await order("mute");
    answers = [{ outcome: "gone" }];
    await carryOut("CallerControlWanted");
    expect(await told()).toMatchObject([{ type: "CallerLeft", call: "CA2" }]);
  });

  test("that comes after it left is dropped", async () => {
    await order("remove");
    const happened = { what: "leave", call: "CA2" } as const;
    await call.order({ type: "RecordRoom", conference: "CF1", sequence: 9, happened });
    await carryOut("CallerControlWanted");
    expect(done).toEqual([]);
  });

  test("that comes late does not undo the one that followed it", async () => {
    await order("mute");
    const happened = { what: "mute", call: "CA2" } as const;
    await call.order({ type: "RecordRoom", conference: "CF1", sequence: 9, happened });
    await order("unmute");
    await carryOut("CallerControlWanted");
    await carryOut("CallerControlWanted", -2);
    expect(done).toEqual(["unmute CA2 in CF1"]);
  });
});

describe("an announcement", () => {
  beforeEach(async () => {
    house.pass(minutes(30));
    await call.order({ type: "PassTime" });
  });

  test("is said once in the room, however often it is ordered", async () => {
    await carryOut("AnnouncementWanted");
    await carryOut("AnnouncementWanted");
    expect(done).toEqual(["say /twilio/announcements/i1/a1 in CF1"]);
  });

  test("that the provider does not make fails on the timeline", async () => {
    answers = [
      { outcome: "retry", reason: "provider-error" },
      { outcome: "retry", reason: "provider-error" },
    ];
    expect(await carryOut("AnnouncementWanted")).toBe(0);
    expect(await told()).toMatchObject([{ type: "AnnouncementFailed", announcement: "a1" }]);
  });

  test("is not made to an empty room", async () => {
    await call.order({ type: "RecordRoom", conference: "CF1", sequence: 9, happened: { what: "end" } });
    await carryOut("AnnouncementWanted");
    expect(done).toEqual([]);
  });

  test("into a room that the provider does not know any more: everybody has left it", async () => {
    answers = [{ outcome: "gone" }];
    expect(await carryOut("AnnouncementWanted")).toBe(0);
    expect(await told()).toMatchObject([
      { type: "CallerLeft", call: "CA1" },
      { type: "CallerLeft", call: "CA2" },
    ]);
  });

  test("of a decision is made though how things stand was announced after it", async () => {
    await call.order({ type: "ReturnToChat" }, ada);
    house.pass(minutes(30));
    await call.order({ type: "PassTime" });
    await carryOut("AnnouncementWanted", -2);
    await carryOut("AnnouncementWanted");
    expect(done).toEqual([
      "say /twilio/announcements/i1/a2 in CF1",
      "say /twilio/announcements/i1/a3 in CF1",
    ]);
  });

  test("of several that waited the newest says it all", async () => {
    house.pass(minutes(30));
    await call.order({ type: "PassTime" });
    await carryOut("AnnouncementWanted", -2);
    await carryOut("AnnouncementWanted");
    expect(done).toEqual(["say /twilio/announcements/i1/a2 in CF1"]);
  });
});

describe("the end of a bridge", () => {
  const rings = async (receipt: string) => {
    await call.order({ type: "CallIn" }, ada);
    await call.order({
      type: "RecordCallIn",
      callIn: "c1",
      evidence: { outcome: "handed", receipt },
    });
  };
  const leaves = () =>
    call.order({
      type: "RecordRoom",
      conference: "CF1",
      sequence: 9,
      happened: { what: "leave", call: "CA1" },
    });

  test("by order closes its room, by name, and takes back what still rings", async () => {
    await leaves();
    await rings("CA7");
    await call.order({ type: "EndBridge" }, ada);
    expect(await carryOut("BridgeEnded")).toBe(0);
    expect(done).toEqual(["close the room", "take back CA7"]);
  });

  test("with its incident leaves people a word more, and rings nobody", async () => {
    await leaves();
    await rings("CA7");
    await call.order({ type: "StandDown" }, ada);
    await carryOut("BridgeEnded");
    expect(done).toEqual(["take back CA7"]);
  });

  test("does not ring off whoever was let in by that call", async () => {
    await leaves();
    await rings("CA7");
    await call.comesIn("CA7", "call-in", "ada", "CF1");
    await call.order({ type: "EndBridge" }, ada);
    await carryOut("BridgeEnded");
    expect(done).toEqual(["close the room"]);
  });

  test.each<[RoomOutcome, number]>([
    [{ outcome: "retry", reason: "provider-error" }, 1],
    [{ outcome: "unknown", reason: "timed-out" }, 1],
    [{ outcome: "giveUp", reason: "account-refused" }, 0],
    [{ outcome: "gone" }, 0],
  ])(
    "that the provider does not carry out (%j) is tried again, or told to the operator",
    async (answer, failed) => {
      await call.order({ type: "EndBridge" }, ada);
      answers = [answer, answer];
      expect(await carryOut("BridgeEnded")).toBe(failed);
      const failures = Array.from({ length: failed }, () => "RecordFailed");
      expect(said.counted).toEqual(answer.outcome === "giveUp" ? ["OperatorAlarm"] : failures);
    },
  );

  test("while nobody knows whether a phone still rings it is asked again, and the room is closed", async () => {
    await leaves();
    await rings("CA7");
    await call.order({ type: "EndBridge" }, ada);
    taken = "unknown";
    expect(await carryOut("BridgeEnded")).toBe(1);
    expect(done.slice(0, 2)).toEqual(["close the room", "take back CA7"]);
  });

  test("that was opened anew since still closes the room that ended, and no other", async () => {
    await call.order({ type: "EndBridge" }, ada);
    await call.openBridge(2);
    await carryOut("BridgeEnded");
    expect(done).toEqual(["close the room"]);
  });

  test("that was opened anew and ended again closes both", async () => {
    await call.order({ type: "EndBridge" }, ada);
    const second = await call.openBridge(2);
    await call.order({ type: "EndBridge" }, ada);
    await carryOut("BridgeEnded", 0);
    await carryOut("BridgeEnded", 1);
    expect(done).toEqual(["close the room", `close ${second}`]);
  });

  test("that was only wanted has no room", async () => {
    await call.order({ type: "EndBridge" }, ada);
    await call.order({ type: "OpenBridge" }, ada);
    await call.order({ type: "EndBridge" }, ada);
    await carryOut("BridgeEnded");
    expect(done).toEqual([]);
  });
});
