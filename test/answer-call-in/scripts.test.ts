// A call into the room, in every state that it can find: only the spoken key leads in.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "../../functions/core/command.ts";
import { roomWords } from "../../functions/wording/voice-room.ts";
import {
  aCallHouse,
  type CallHouse,
  callConfig,
  callSid,
  type PagedCall,
  pathIn,
  publicUrl,
} from "../support/a-call.ts";
import type { ReadScript } from "../support/twiml-table.ts";

let house: CallHouse;
beforeAll(async () => {
  house = await aCallHouse();
});
afterAll(() => house.close());

const web = (id: string): Actor => ({ kind: "person", id, via: "web", assurance: "signed-in" });
const words = roomWords();
const keys = [...Array.from("0123456789*#"), "", "12"];

async function called(title?: string) {
  const call = await house.page(title);
  await call.order({ type: "Acknowledge", page: "p1" }, web("ada"));
  const room = await call.openBridge();
  await call.order({ type: "CallIn", person: "ada" }, web("ada"));
  const id = call.stream.slice("incident/".length);
  return { call, room, address: `/twilio/call-ins/${id}/c1`, news: `${publicUrl}/twilio/rooms/${id}` };
}
const keyIn = ({ spoken }: ReadScript): string =>
  /Press (\d) to (?:get into the room|let the caller in)/.exec(spoken)?.[1] ?? "";
const admitted = async (call: PagedCall) => (await call.state()).bridge.callers[callSid];

/** How the bridge stands when somebody picks up, and whether a key is still asked for. */
const states: Readonly<
  Record<string, { readonly asks: boolean; readonly bring: (call: PagedCall) => Promise<unknown> }>
> = {
  open: { asks: true, bring: async () => {} },
  "open, with somebody in it": { asks: true, bring: (call) => call.comesIn("CA1", "pin", "linus") },
  "open, with this person in it by another phone": {
    asks: true,
    bring: (call) => call.comesIn("CA1", "pin", "ada"),
  },
  "going back to the chat": {
    asks: true,
    bring: async (call) => {
      await call.comesIn("CA1", "pin", "linus");
      await call.order({ type: "ReturnToChat" }, web("ada"));
    },
  },
  ended: { asks: false, bring: (call) => call.order({ type: "EndBridge" }, web("ada")) },
  "wanted anew": {
    asks: false,
    bring: async (call) => {
      await call.order({ type: "EndBridge" }, web("ada"));
      await call.order({ type: "OpenBridge" }, web("ada"));
    },
  },
  "over with its incident": { asks: false, bring: (call) => call.order({ type: "StandDown" }, web("ada")) },
};

function judge(script: ReadScript): void {
  expect(script.faults).toEqual([]);
  expect(script.spoken.length).toBeLessThan(700);
  expect(script.hangsUp).toBe(script.action === undefined);
}

describe.each(Object.entries(states))("a bridge that is %s", (_, { asks, bring }) => {
  test("when somebody picks up", async () => {
    const { call, address } = await called();
    await bring(call);
    const script = await call.hear(address);
    judge(script);
    expect(script.room).toBeUndefined();
    expect(script.action !== undefined).toBe(asks);
    if (!asks) expect(script.spoken).toBe(words.ended);
  });

  test.each([1, 2, 3])("after each key of round %i, and after none", async (round) => {
    for (const key of keys) {
      const { call, room, address, news } = await called();
      let script = await call.hear(address);
      const right = keyIn(script);
      for (let n = 1; n < round; n++) script = await call.hear(pathIn(script), "");
      await bring(call);
      const after = await call.hear(pathIn(script), key);
      judge(after);
      const leadsIn = asks && key === right;
      expect(after.room).toBe(leadsIn ? room : undefined);
      expect(await admitted(call)).toEqual(
        leadsIn
          ? expect.objectContaining({ person: "ada", way: "call-in", presence: "admitted" })
          : undefined,
      );
      if (leadsIn) expect(after).toMatchObject({ spoken: words.entering, newsTo: news, hangsUp: true });
      if (!leadsIn) expect(after.action !== undefined).toBe(asks && round < 3);
    }
  });
});

test("it says which incident, why, and the key; a drill first of all", async () => {
  const { call, address } = await called("500s on /pay");
  const { spoken } = await call.hear(address);
  expect(spoken).toMatch(
    /^This is Muster, calling you into the phone bridge\. Checkout, critical\. The alert reads: 500s on pay\. End of alert\. Press \d to get into the room\.$/,
  );
});

test("whoever is called by order hears by whose", async () => {
  const call = await house.page();
  await call.order({ type: "Acknowledge" }, web("linus"));
  await call.openBridge();
  await call.order({ type: "CallIn", person: "ada" }, web("linus"));
  const address = `/twilio/call-ins/${call.stream.slice("incident/".length)}/c1`;
  expect((await call.hear(address)).spoken).toContain("Linus asks for you.");
});

test("a room that is recorded says so before the first word that is", async () => {
  const policy = "shop: { bridge: { record: true }, levels";
  const recorded = await aCallHouse(callConfig.replace("shop: { levels", policy));
  const call = await recorded.page();
  await call.order({ type: "Acknowledge", page: "p1" }, web("ada"));
  await call.openBridge();
  await call.order({ type: "CallIn", person: "ada" }, web("ada"));
  const asked = await call.hear("/twilio/call-ins/i1/c1");
  const script = await call.hear(pathIn(asked), keyIn(asked));
  expect([script.spoken, script.verbs.indexOf("Dial")]).toEqual([`${words.entering} ${words.recorded}`, 2]);
  await recorded.close();
});

test("a webhook that comes twice does it once, and says the same", async () => {
  const { call, address } = await called();
  const asked = await call.hear(address);
  const first = await call.hear(pathIn(asked), keyIn(asked));
  const before = await house.ports.journal.history(call.stream, 0, 100);
  expect(await call.hear(pathIn(asked), keyIn(asked))).toEqual(first);
  expect(await house.ports.journal.history(call.stream, 0, 100)).toEqual(before);
});

test.each([
  "/twilio/call-ins/i1/c9",
  "/twilio/call-ins/nothing/c1",
  "/twilio/call-ins/__proto__/constructor",
  "/twilio/call-ins/i1/__proto__/1",
  "/twilio/call-ins/i1/c1/99",
  "/twilio/call-ins/i1/c1/-1",
])("%s leads nowhere, whatever is pressed", async (path) => {
  for (const key of keys) {
    const { call } = await called();
    const script = await call.hear(path, key);
    judge(script);
    expect(script.room).toBeUndefined();
  }
});

test("no way without a press of the spoken key, in our own prompt, leads into the room", {
  timeout: 60_000,
}, async () => {
  type Act = "press" | "at the door" | "guess" | "report" | "end";
  const walk = fc.array(
    fc.record({
      act: fc.constantFrom<Act[]>("press", "press", "press", "at the door", "guess", "report", "end"),
      key: fc.constantFrom(...keys, "1#", " 1", "１"),
    }),
    { minLength: 1, maxLength: 10 },
  );
  // A house of its own: where hundreds of bridges are open, one comes upon a PIN that another one has.
  await house.close();
  house = await aCallHouse();
  let entered = 0;
  await fc.assert(
    fc.asyncProperty(walk, async (acts) => {
      const { call, address } = await called();
      let script = await call.hear(address);
      const right = keyIn(script);
      for (const { act, key } of acts) {
        const before = await admitted(call);
        const listened = pathIn(script);
        if (act === "press" && listened !== "") script = await call.hear(listened, key);
        if (act === "at the door") script = await call.hear(address, key);
        // Somebody who signs as Twilio does, but heard nothing.
        if (act === "guess" && key !== right) await call.hear(`${address}/2`, key);
        if (act === "report")
          await house.post(`/twilio/reports/${call.stream.slice(9)}/call-in/c1`, {
            CallSid: callSid,
            CallStatus: "in-progress",
            AnsweredBy: "human",
            Digits: right,
          });
        if (act === "end" && key === "0" && (await call.state()).bridge.name === "open")
          await call.order({ type: "EndBridge" }, web("ada"));
        if ((await admitted(call)) === undefined || before !== undefined) continue;
        entered += 1;
        expect([act, key]).toEqual(["press", right]);
        expect(listened).not.toBe("");
      }
    }),
    { numRuns: 200 },
  );
  // The walk must be able to get there, or it proves nothing.
  expect(entered).toBeGreaterThan(5);
});
