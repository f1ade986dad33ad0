// Every script that a call can lead to: in each state of its page, in each round, after each key and after none. All are read
// by another parser than the builder's and held against a table from Twilio's reference.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "../../functions/core/command.ts";
import type { IncidentOrder } from "../../functions/core/incident/commands.ts";
import { refusals } from "../../functions/core/refusal.ts";
import { minutes } from "../../functions/core/time.ts";
import { callWords } from "../../functions/wording/voice.ts";
import { aCallHouse, type CallHouse, callSid, keysIn, type PagedCall, pathIn } from "../support/a-call.ts";
import { type ReadScript, readScript } from "../support/twiml-table.ts";

let house: CallHouse;
beforeAll(async () => {
  house = await aCallHouse();
});
afterAll(() => house.close());

const bySms = (id: string): Actor => ({ kind: "person", id, via: "sms", assurance: "number" });
const byWeb = (id: string): Actor => ({ kind: "person", id, via: "web", assurance: "signed-in" });
const machine: Actor = { kind: "machine", id: "jenkins", via: "api", assurance: "signed-in" };

const handedOver = (delivery: string): IncidentOrder => ({
  type: "RecordDelivery",
  delivery,
  page: "p1",
  evidence: { outcome: "handed", receipt: callSid },
});

/** How the page stands when somebody picks up, and whether a key is still asked for. */
const states: Readonly<
  Record<string, { readonly asks: boolean; readonly bring: (call: PagedCall) => Promise<unknown> }>
> = {
  open: { asks: true, bring: async () => {} },
  "taken by the provider": {
    asks: true,
    bring: (call) => call.order(handedOver("p1.1.1")),
  },
  expired: {
    asks: true,
    bring: async (call) => {
      for (const delivery of ["p1.0.1", "p1.1.1"]) await call.order(handedOver(delivery));
      house.pass(minutes(5));
      await call.order({ type: "PassTime" });
      expect((await call.pageNow())?.state).toBe("expired");
    },
  },
  "silenced by a machine": {
    asks: true,
    bring: (call) => call.order({ type: "Acknowledge" }, machine),
  },
  "acknowledged by this person": {
    asks: false,
    bring: (call) => call.order({ type: "Acknowledge", page: "p1" }, bySms("ada")),
  },
  "asked about": {
    asks: false,
    bring: async (call) => {
      await call.order({ type: "Acknowledge", page: "p1" }, bySms("ada"));
      house.pass(minutes(15));
      await call.order({ type: "PassTime" });
    },
  },
  "answered by another": {
    asks: false,
    bring: (call) => call.order({ type: "Acknowledge" }, byWeb("linus")),
  },
  declined: { asks: false, bring: (call) => call.order({ type: "Decline", page: "p1" }, bySms("ada")) },
  escalated: { asks: false, bring: (call) => call.order({ type: "Escalate", page: "p1" }, bySms("ada")) },
  "stood down": { asks: false, bring: (call) => call.order({ type: "StandDown" }, byWeb("linus")) },
};

const keys = [...Array.from("0123456789*#"), "", "12"];

/** A call in which this was heard `round` times, whose page then came into this state. */
async function heard(state: keyof typeof states, round: number) {
  const call = await house.page();
  let script = await call.hear();
  const spoken = keysIn(script.spoken);
  for (let n = 1; n < round; n++) script = await call.hear(pathIn(script), "");
  await states[state]?.bring(call);
  return { call, spoken, next: pathIn(script) };
}

function judge(script: ReadScript): void {
  expect(script.faults).toEqual([]);
  expect(script.spoken.length).toBeLessThan(1_000);
  // It listens, or it ends: a call that does neither is silence.
  expect(script.hangsUp).toBe(script.action === undefined);
}

describe.each(Object.keys(states))("a page that is %s", (state) => {
  const asks = states[state]?.asks ?? false;

  test("when somebody picks up", async () => {
    const call = await house.page();
    await states[state]?.bring(call);
    const script = await call.hear();
    judge(script);
    expect(script.action !== undefined).toBe(asks);
  });

  test.each([1, 2, 3])("after each key of round %i, and after none", async (round) => {
    for (const key of keys) {
      const { call, spoken, next } = await heard(state, round);
      const [before, wasOpen] = [await call.owner(), (await call.pageNow())?.state];
      const script = await call.hear(next, key);
      judge(script);
      const owner = await call.owner();
      if (owner === "ada" && before !== "ada") expect([spoken.acknowledge, spoken.later]).toContain(key);
      if (key === spoken.acknowledge && asks) expect(owner).toBe("ada");
      // The wrong key asks again; it never declines.
      const known = Object.values(spoken).includes(key);
      if (!known) expect((await call.pageNow())?.state).toBe(wasOpen);
      if (known && key !== spoken.more) expect(script.spoken).toContain(`Key ${key}.`);
      if (script.action !== undefined) expect(pathIn(script)).toBe(`${call.address}/${round + 1}`);
      if (!known) expect(script.action !== undefined).toBe(asks && round < 3);
      if (key === spoken.more) expect(script.action !== undefined).toBe(asks);
    }
  });
});

describe("what is said", () => {
  const words = callWords();
  test("first: who speaks, what it is, and every key", async () => {
    const call = await house.page("500s on /pay");
    const { spoken } = await call.hear();
    expect(spoken).toContain(
      "This is Muster with a page for you. Checkout, critical. The alert reads: 500s on pay. End of alert.",
    );
    const { join, ...keys } = keysIn(spoken);
    expect(new Set(Object.values(keys)).size).toBe(5);
    expect(join).toBe("not spoken");
  });

  test.each<[string, keyof typeof states, string]>([
    ["it is over", "stood down", words.over],
    ["somebody else has it", "answered by another", words.answeredBy("Linus")],
    ["you have it", "acknowledged by this person", words.yours],
    ["you stay, and others are asked", "escalated", words.noted],
    ["you are not needed", "declined", words.notWanted],
  ])("%s", async (_, state, text) => {
    const call = await house.page();
    await states[state]?.bring(call);
    const script = await call.hear();
    expect([script.spoken, script.hangsUp]).toEqual([text, true]);
  });

  test.each<[keyof ReturnType<typeof keysIn>, string]>([
    ["acknowledge", words.did.acknowledge],
    ["later", words.did.later],
    ["decline", words.did.decline],
    ["escalate", words.did.escalate],
  ])("back: which key was taken, and that it means to %s", async (meaning, did) => {
    const { call, spoken, next } = await heard("open", 1);
    const script = await call.hear(next, spoken[meaning]);
    expect([script.spoken, script.hangsUp]).toEqual([words.took(spoken[meaning], did), true]);
  });

  test("a no that comes after another took it: who has it", async () => {
    const { call, spoken, next } = await heard("answered by another", 1);
    const script = await call.hear(next, spoken.decline);
    expect(script.spoken).toBe(words.took(spoken.decline, words.hasIt("Linus")));
  });

  test("more: since when and how much, and then it asks again", async () => {
    const { call, spoken, next } = await heard("open", 1);
    const script = await call.hear(next, spoken.more);
    expect(script.spoken).toMatch(/^It fires since \d\d:\d\d, with one alert\..*Press \d to take it/);
    expect(pathIn(script)).toBe(`${call.address}/2`);
  });

  test("more in the last round: whoever asks for it is asked once more", async () => {
    const { call, spoken, next } = await heard("open", 3);
    const script = await call.hear(next, spoken.more);
    expect(script.spoken).toMatch(/^It fires since .*Press \d to take it/);
    expect((await call.hear(pathIn(script), spoken.acknowledge)).spoken).toContain(words.did.acknowledge);
  });

  test("more and more, without an end: after six rounds the call ends", async () => {
    const { call, spoken, next } = await heard("open", 1);
    let [path, rounds] = [next, 1];
    for (; path !== "" && rounds < 20; rounds++) path = pathIn(await call.hear(path, spoken.more));
    expect(rounds).toBe(7);
  });

  test("a wrong key in the last round is named before the call ends", async () => {
    const { call, next } = await heard("open", 3);
    expect((await call.hear(next, "0")).spoken).toBe(`Key 0 means nothing here. ${words.nobodyPressed}`);
  });

  test("a wrong key is named, and it asks again", async () => {
    const { call, next } = await heard("open", 1);
    expect((await call.hear(next, "0")).spoken).toMatch(/^Key 0 means nothing here\. This is Muster/);
    expect((await call.hear(next, "#")).spoken).toMatch(/^The pound key means nothing here\./);
    expect((await call.hear(next, "*")).spoken).toMatch(/^The star key means nothing here\./);
  });

  test("that nobody pressed anything, after three rounds", async () => {
    const { call, next } = await heard("open", 3);
    expect((await call.hear(next, "")).spoken).toBe(words.nobodyPressed);
  });

  test("that somebody was first, when the key came too late", async () => {
    const { call, spoken, next } = await heard("answered by another", 1);
    const script = await call.hear(next, spoken.acknowledge);
    expect(script.spoken).toBe(words.took(spoken.acknowledge, "Nothing changed: Linus answered before."));
  });

  test.each(refusals)("that it was refused: %s", async (reason) => {
    const text = words.took("4", words.refused(reason, "Linus"));
    judge(
      readScript(
        house.ports.callScripts.render({
          language: "en-US",
          steps: [{ do: "say", text }, { do: "hang-up" }],
        }),
      ),
    );
    expect(text).toMatch(/^Key 4\. Nothing changed: .{5,}\.$/);
  });
});

describe("a call that belongs to nothing", () => {
  test.each([
    ["/twilio/calls/i1/p9.1.1", "a delivery that nobody knows"],
    ["/twilio/calls/nothing/p1.1.1", "an incident that nobody knows"],
    ["/twilio/calls/i1/p1.1.1/99", "a round that never was"],
    ["/twilio/calls/i1/p1.1.1/-1", "a round before the first"],
    ["/twilio/calls/i1/p1.1.1/NaN", "a round that is none"],
    ["/twilio/calls/__proto__/constructor/1", "names of every object"],
  ])("%s (%s) ends, and changes nothing", async (path) => {
    const call = await house.page();
    const script = await call.hear(path, "");
    judge(script);
    expect(script.hangsUp).toBe(true);
  });

  test("a digit that comes before anything was asked answers nothing", async () => {
    for (const key of keys) {
      const call = await house.page();
      const script = await call.hear(call.address, key);
      expect(script.action).toBeDefined();
      expect((await call.pageNow())?.state).toBe("open");
    }
  });

  test("a webhook that comes twice does it once, and says the same", async () => {
    const { call, spoken, next } = await heard("open", 1);
    const first = await call.hear(next, spoken.later);
    const events = async () => (await house.ports.journal.history(call.stream, 0, 100)).length;
    const before = await events();
    expect(await call.hear(next, spoken.later)).toEqual(first);
    expect(await events()).toBe(before);
  });
});
