// Calls over Twilio's REST API, asked by Twilio's own client.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  ada,
  grace,
  ours,
  type ScriptedHub,
  scriptedHub,
  seconds,
} from "../../../../support/scripted-hub.ts";

let hub: ScriptedHub;
beforeEach(async () => {
  hub = await scriptedHub();
  hub.says("/answer", "<Say>Hello</Say><Pause length='60'/>");
});
afterEach(() => hub.close());

const refusedWith = async (work: Promise<unknown>): Promise<[number, number]> => {
  const error = await work.then(
    () => ({ status: 0, code: 0 }),
    (thrown: { status: number; code: number }) => thrown,
  );
  return [error.status, error.code];
};

describe("placing a call", () => {
  test("is answered as queued, before anything rings", async () => {
    const call = await hub.client.calls.create({ to: ada, from: ours, url: `${hub.url}/answer` });
    expect(call.sid).toMatch(/^CA[0-9a-f]{32}$/);
    expect(call).toMatchObject({ status: "queued", to: ada, from: ours, direction: "outbound-api" });
    expect([call.startTime, call.endTime, call.duration]).toEqual([null, null, null]);
  });

  test("and then it rings, and the phone shows who calls", async () => {
    const sid = await hub.call();
    expect(hub.lastCall()).toMatchObject({ sid, status: "ringing", from: ours, spoken: [] });
    const seen = await hub.client.calls(sid).fetch();
    expect(seen.status).toBe("ringing");
    expect(seen.startTime?.getTime()).toBe(hub.now());
  });

  test.each([
    ["+15005550001", 21217],
    ["+15005550002", 21214],
    ["+15005550003", 21215],
    ["+15005550004", 21216],
    ["12345", 21211],
  ])("to %s is refused with %i", async (to, code) => {
    expect(await refusedWith(hub.call({ to }))).toEqual([400, code]);
  });

  test.each([
    ["+15005550001", 21212],
    ["+12025550177", 21210],
  ])("from %s is refused with %i", async (from, code) => {
    expect(await refusedWith(hub.call({ from }))).toEqual([400, code]);
  });

  test.each([
    ["an address that is none", { url: "answer" }, 21205],
    ["a report to nowhere", { statusCallback: "status" }, 21609],
    ["ringing for eleven minutes", { timeout: 660 }, 21208],
    ["TwiML that is no XML", { url: undefined as never, twiml: "<Response>" }, 12100],
  ])("with %s is refused", async (_, more, code) => {
    expect(await refusedWith(hub.call(more))).toEqual([400, code]);
  });

  test("with a wrong password is refused with 20003", async () => {
    const { twilioClient } = await import("../../../../support/twilio-client.ts");
    const stranger = twilioClient(hub.address, "wrong");
    expect(await refusedWith(stranger.calls.create({ to: ada, from: ours, url: hub.url }))).toEqual([
      401, 20003,
    ]);
  });

  test("with its script inline needs no hub; with an address as well, the inline script is ignored", async () => {
    const inline = await hub.call({
      url: undefined as never,
      twiml: "<Response><Say>Inline</Say></Response>",
    });
    hub.simulator.answer(inline);
    await hub.rest();
    expect(hub.lastCall()).toMatchObject({ spoken: ["Inline"], status: "completed" });
    await hub.pass(seconds(1));
    const both = await hub.call({ twiml: "<Response><Say>Inline</Say></Response>" });
    hub.simulator.answer(both);
    await hub.rest();
    expect(hub.lastCall().spoken).toEqual(["Hello"]);
  });

  test("several events in one field are warned of, and none of them is reported", async () => {
    await hub.call({ statusCallbackEvent: ["initiated ringing"] });
    expect(hub.events).toContainEqual(expect.objectContaining({ type: "call-problem", code: 21626 }));
    expect(hub.reports()).toEqual([]);
  });
});

describe("one call a second", () => {
  const status = async (sid: string) => (await hub.client.calls(sid).fetch()).status;

  test("the others wait at the provider, and make no sound", async () => {
    const sids = [await hub.call(), await hub.call({ to: grace }), await hub.call()];
    const all = () => Promise.all(sids.map(status));
    expect(await all()).toEqual(["ringing", "queued", "queued"]);
    expect(hub.simulator.phone(grace).calls).toEqual([]);
    await hub.pass(seconds(1));
    expect(await all()).toEqual(["ringing", "ringing", "queued"]);
    await hub.pass(seconds(1));
    expect(await all()).toEqual(["ringing", "ringing", "ringing"]);
  });

  test("one that waits can be taken back; it never rings, and that is reported", async () => {
    await hub.call();
    const sid = await hub.call({ to: grace });
    expect((await hub.client.calls(sid).update({ status: "canceled" })).status).toBe("canceled");
    await hub.pass(seconds(5));
    expect(hub.simulator.phone(grace).calls).toEqual([]);
    expect(
      hub.asked.filter(({ form }) => form["CallSid"] === sid).map(({ form }) => form["CallStatus"]),
    ).toEqual(["canceled"]);
  });

  test("can be switched off", async () => {
    await hub.close();
    hub = await scriptedHub({ callsPerSecond: 0 });
    const sids = [await hub.call(), await hub.call(), await hub.call()];
    expect(await Promise.all(sids.map(status))).toEqual(["ringing", "ringing", "ringing"]);
  });
});

describe("a call that rings or speaks", () => {
  test("stops ringing when it is canceled", async () => {
    const sid = await hub.call();
    expect((await hub.client.calls(sid).update({ status: "canceled" })).status).toBe("canceled");
    await hub.rest();
    expect(hub.reports()).toEqual(["initiated", "ringing", "canceled"]);
    expect(hub.simulator.answer(sid)).toBe(false);
  });

  test("can't be canceled once somebody picked up, but it can be ended", async () => {
    const sid = await hub.call();
    hub.simulator.answer(sid);
    await hub.rest();
    expect(await refusedWith(hub.client.calls(sid).update({ status: "canceled" }))).toEqual([400, 21220]);
    await hub.pass(seconds(12));
    expect((await hub.client.calls(sid).update({ status: "completed" })).status).toBe("completed");
    expect((await hub.client.calls(sid).fetch()).duration).toBe("12");
  });

  test("is led elsewhere in mid-sentence", async () => {
    hub.says("/elsewhere", "<Say>Something else</Say>");
    const sid = await hub.call();
    hub.simulator.answer(sid);
    await hub.rest();
    await hub.client.calls(sid).update({ url: `${hub.url}/elsewhere` });
    await hub.rest();
    expect(hub.lastCall()).toMatchObject({ spoken: ["Hello", "Something else"], status: "completed" });
  });

  test("that is over takes no orders", async () => {
    const sid = await hub.call();
    hub.simulator.hangUp(sid);
    for (const order of [{ status: "completed" }, { status: "canceled" }, { url: hub.url }] as const)
      expect(await refusedWith(hub.client.calls(sid).update(order))).toEqual([400, 21220]);
  });
});

describe("the list of calls", () => {
  test("is filtered by number, state and day of dialling: one that waits has no start", async () => {
    const rings = await hub.call();
    const waits = await hub.call();
    const other = await hub.call({ to: grace });
    const sids = async (filter: object) => (await hub.client.calls.list(filter)).map(({ sid }) => sid);
    expect(await sids({})).toEqual([other, waits, rings]);
    expect(await sids({ to: ada })).toEqual([waits, rings]);
    expect(await sids({ status: "queued" })).toEqual([other, waits]);
    expect(await sids({ to: ada, startTimeAfter: new Date(hub.now()) })).toEqual([rings]);
    expect(await sids({ startTimeBefore: new Date("2026-11-20T00:00:00Z") })).toEqual([]);
  });

  test("comes in pages", async () => {
    for (let n = 0; n < 5; n++) await hub.call();
    const all = await hub.client.calls.list({ pageSize: 2 });
    expect(new Set(all.map(({ sid }) => sid)).size).toBe(5);
  });

  test("an unknown call is 20404", async () => {
    expect(await refusedWith(hub.client.calls(`CA${"0".repeat(32)}`).fetch())).toEqual([404, 20404]);
  });
});
