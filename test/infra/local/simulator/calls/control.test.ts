// The hand on the phone, by the control routes that the page and other tests use.
import { afterEach, beforeEach, expect, test } from "vitest";
import type { PhoneCall } from "../../../../../infra/local/simulator/twilio/calls/call.ts";
import { ada, ours, type ScriptedHub, scriptedHub, seconds } from "../../../../support/scripted-hub.ts";

let hub: ScriptedHub;
beforeEach(async () => {
  hub = await scriptedHub();
  hub.says("/answer", "<Gather numDigits='1' action='/key'><Say>Press 4.</Say></Gather>");
  hub.says("/key", "<Say>You have it.</Say>");
});
afterEach(() => hub.close());

const post = async (path: string, body?: unknown) => {
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(`${hub.address}/simulator/${path}`, { method: "POST", ...content });
  await hub.rest();
  return { status: answer.status, body: await answer.json() };
};
interface Seen {
  readonly calls: readonly PhoneCall[];
  readonly phones: readonly { readonly calls: readonly PhoneCall[] }[];
}
const get = async (path: string) => (await (await fetch(`${hub.address}/simulator/${path}`)).json()) as Seen;

test("a phone is answered, hears, presses a key, and all of it stands on the phone", async () => {
  const sid = await hub.call();
  expect((await get(`phones/${ada}`)).calls).toMatchObject([
    { sid, status: "ringing", spoken: [], from: ours },
  ]);
  expect(await post(`calls/${sid}/answer`)).toEqual({ status: 200, body: { sid, status: "in-progress" } });
  expect((await get(`phones/${ada}`)).calls[0]).toMatchObject({ spoken: ["Press 4."], listening: true });
  expect((await post(`calls/${sid}/press`, { digits: "4" })).status).toBe(200);
  expect((await get("phones")).phones[0]?.calls[0]).toMatchObject({
    status: "completed",
    spoken: ["Press 4.", "You have it."],
    transcript: [{ who: "voice" }, { who: "key", text: "4" }, { who: "voice" }],
  });
});

test("to hang up while it rings is to decline", async () => {
  const sid = await hub.call();
  expect((await post(`calls/${sid}/hangup`)).body).toEqual({ sid, status: "busy" });
});

test.each([
  ["answer", undefined],
  ["press", { digits: "1" }],
  ["hangup", undefined],
])("%s on a call that is over changes nothing and says so", async (action, body) => {
  const sid = await hub.call();
  await post(`calls/${sid}/hangup`);
  expect(await post(`calls/${sid}/${action}`, body)).toMatchObject({ status: 409, body: { call: "busy" } });
});

test.each([
  ["calls/CA1/answer", {}, 404],
  [`phones/${ada}/callee`, { kind: "ghost" }, 400],
  [`phones/${ada}/callee`, { kind: "human", presses: [{ on: "(" }] }, 400],
  [`phones/${ada}/call`, { to: "anywhere" }, 400],
])("%s with %o is refused with %i", async (path, body, status) => {
  expect((await post(path, body)).status).toBe(status);
});

test("keys that no phone has are refused", async () => {
  const sid = await hub.call();
  expect((await post(`calls/${sid}/press`, { digits: "A" })).status).toBe(400);
});

test("the owner of a phone gets a script, and it is heeded from the next call", async () => {
  await post(`phones/${ada}/callee`, { kind: "human", presses: [{ on: "press" }] });
  expect(await get(`phones/${ada}/callee`)).toMatchObject({ kind: "human", answersIn: 2_000 });
  await hub.call();
  await hub.pass(seconds(3));
  expect(hub.asksAt("/key")[0]?.form["Digits"]).toBe("4");
});

test("a phone calls the hub", async () => {
  hub.says("/twilio/line", "<Say>This is Muster.</Say>");
  expect((await post(`phones/${ada}/call`)).status).toBe(201);
  expect(hub.lastCall()).toMatchObject({ direction: "inbound", spoken: ["This is Muster."] });
});

test("whoever watches hears of every step", async () => {
  const sid = await hub.call();
  hub.simulator.answer(sid);
  await hub.rest();
  hub.simulator.press(sid, "4");
  await hub.rest();
  const steps = hub.events.flatMap((event) => {
    if (event.type === "call") return [event.status];
    return event.type === "line" ? [`${event.who}: ${event.text}`] : [];
  });
  expect(steps.filter((step, n) => step !== steps[n - 1])).toEqual([
    "queued",
    "ringing",
    "in-progress",
    "voice: Press 4.",
    "key: 4",
    "in-progress",
    "voice: You have it.",
    "completed",
  ]);
});
