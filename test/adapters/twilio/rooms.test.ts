// What is done to a live conference from outside, by Twilio's own client.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { twilioRooms } from "../../../functions/adapters/twilio/rooms.ts";
import type { RoomAct } from "../../../functions/core/incident/bridge/facts.ts";
import type { Rooms } from "../../../functions/ports.ts";
import { simulatedAccount } from "../../../infra/local/simulator/twilio/account.ts";
import type { FaultScript } from "../../../infra/local/simulator/twilio/faults.ts";
import { apiPath } from "../../../infra/local/simulator/twilio/phone-simulator.ts";
import { ada, grace, type ScriptedHub, scriptedHub } from "../../support/scripted-hub.ts";

let hub: ScriptedHub;
let rooms: Rooms;
beforeEach(async () => {
  hub = await scriptedHub({ callsPerSecond: 0 });
  hub.says(
    "/answer",
    '<Dial><Conference statusCallback="/room" statusCallbackEvent="start end join leave mute">meet</Conference></Dial>',
  );
  rooms = at(hub.address + apiPath);
});
afterEach(() => hub.close());

const { accountSid, authToken } = simulatedAccount;
const at = (apiUrl: string, token: string = authToken) =>
  twilioRooms({ accountSid, credentials: { authToken: token }, apiUrl, publicUrl: hub.url, timeoutMs: 300 });

async function joins(to: string): Promise<string> {
  const sid = await hub.call({ to });
  hub.simulator.answer(sid);
  await hub.rest();
  return sid;
}
const people = () => hub.lastCall(ada).conference?.people;
const conference = async () => (await hub.client.conferences.list({ limit: 1 }))[0]?.sid ?? "none";

describe("a caller", () => {
  test("is muted, heard again, and removed", async () => {
    await joins(ada);
    const sid = await joins(grace);
    const room = await conference();
    for (const [act, left] of [
      ["mute", [false, true]],
      ["unmute", [false, false]],
      ["remove", [false]],
    ] as const) {
      expect(await rooms.control(room, sid, act)).toEqual({ outcome: "done" });
      await hub.rest();
      expect(people()?.map(({ muted }) => muted)).toEqual(left);
    }
  });

  test("who left, or whose conference is over, is gone", async () => {
    const sid = await joins(ada);
    await joins(grace);
    const room = await conference();
    hub.simulator.hangUp(sid);
    await hub.rest();
    for (const act of ["mute", "unmute", "remove"] satisfies RoomAct[])
      expect(await rooms.control(room, sid, act)).toEqual({ outcome: "gone" });
    expect(await rooms.announce(`CF${"0".repeat(32)}`, "/say")).toEqual({ outcome: "gone" });
  });
});

describe("a live call is led elsewhere", () => {
  test("out of the room where it waits", async () => {
    const sid = await joins(ada);
    hub.says("/let-in", "<Say>Come in.</Say>");
    expect(await rooms.lead(sid, "/let-in")).toEqual({ outcome: "done" });
    await hub.rest();
    expect(hub.lastCall(ada).spoken).toEqual(["Come in."]);
    expect(hub.asksAt("/let-in").map(({ method, signed }) => [method, signed])).toEqual([["POST", true]]);
  });

  test("unless it is over", async () => {
    const sid = await joins(ada);
    hub.simulator.hangUp(sid);
    await hub.rest();
    expect(await rooms.lead(sid, "/let-in")).toEqual({ outcome: "gone" });
    expect(await rooms.lead(`CA${"0".repeat(32)}`, "/let-in")).toEqual({ outcome: "gone" });
  });
});

test("everybody in the room hears what is announced", async () => {
  await joins(ada);
  await joins(grace);
  hub.says("/say", "<Say>Ada has it.</Say>");
  expect(await rooms.announce(await conference(), "/say")).toEqual({ outcome: "done" });
  await hub.rest();
  expect([hub.lastCall(ada).spoken, hub.lastCall(grace).spoken]).toEqual([["Ada has it."], ["Ada has it."]]);
  expect(hub.asksAt("/say").map(({ method, signed }) => [method, signed])).toEqual([["POST", true]]);
});

describe("a room is closed by its name", () => {
  test.each([1, 2])("while %i are in it", async (many) => {
    for (const phone of [ada, grace].slice(0, many)) await joins(phone);
    expect(await rooms.close("meet")).toEqual({ outcome: "done" });
    await hub.rest();
    expect(hub.lastCall(ada).status).toBe("completed");
    expect(await rooms.close("meet")).toEqual({ outcome: "gone" });
  });

  test("and no other with it", async () => {
    await joins(ada);
    expect(await rooms.close("another")).toEqual({ outcome: "gone" });
    expect(hub.lastCall(ada).status).toBe("in-progress");
  });
});

describe("what the provider refuses is said, and never thrown", () => {
  const everything = async () => {
    const said = [
      await rooms.control("CF1", "CA1", "mute"),
      await rooms.control("CF1", "CA1", "remove"),
      await rooms.announce("CF1", "/say"),
      await rooms.close("meet"),
      await rooms.lead("CA1", "/let-in"),
    ];
    expect(JSON.stringify(said)).not.toContain(authToken);
    return new Set(said.map((each) => JSON.stringify(each)));
  };
  const only = (outcome: object) => new Set([JSON.stringify(outcome)]);

  test.each<[FaultScript, object]>([
    [
      { kind: "status", status: 503, times: 5 },
      { outcome: "retry", reason: "provider-error" },
    ],
    [
      { kind: "status", status: 429, times: 5 },
      { outcome: "retry", reason: "rate-limited" },
    ],
    [
      { kind: "html", status: 502, times: 5 },
      { outcome: "unknown", reason: "provider-error" },
    ],
    [
      { kind: "reset-before", times: 5 },
      { outcome: "unknown", reason: "provider-unreachable" },
    ],
    [
      { kind: "silent-after", times: 5 },
      { outcome: "unknown", reason: "timed-out" },
    ],
  ])("%j", async (fault, outcome) => {
    hub.simulator.fail(fault);
    expect(await everything()).toEqual(only(outcome));
  });

  test("a wrong credential is given up", async () => {
    rooms = at(hub.address + apiPath, "another");
    expect(await everything()).toEqual(only({ outcome: "giveUp", reason: "account-refused" }));
  });

  test("nobody listens", async () => {
    rooms = at("http://127.0.0.1:9");
    expect(await everything()).toEqual(only({ outcome: "retry", reason: "provider-unreachable" }));
  });
});
