// Whatever picks up, and whatever comes over the wire: only a press of the spoken key, in our own prompt, takes a page or
// leads into the room.
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Actor } from "../../functions/core/command.ts";
import { seconds } from "../../functions/core/time.ts";
import { keypadOf } from "../../functions/core/voice/keypad.ts";
import { aCallHouse, type CallHouse, callSid, keysIn, type PagedCall, pathIn } from "../support/a-call.ts";

let house: CallHouse;
beforeAll(async () => {
  house = await aCallHouse();
});
afterAll(() => house.close());

const statuses = ["queued", "ringing", "in-progress", "completed", "busy", "no-answer", "failed", "canceled"];
const answerers = ["human", "machine_start", "machine_end_beep", "fax", "unknown", "acknowledge"];
const linus: Actor = { kind: "person", id: "linus", via: "web", assurance: "signed-in" };

type Act =
  /** In the prompt that listens now. */
  | { readonly act: "press"; readonly key: string }
  | { readonly act: "silence" }
  /** A voicemail's tone, or a forger's form: digits where nobody asked. */
  | { readonly act: "digits at the door"; readonly key: string }
  | { readonly act: "status"; readonly status: string; readonly answeredBy: string | undefined }
  | { readonly act: "machine"; readonly answeredBy: string }
  | { readonly act: "wait"; readonly time: number }
  | { readonly act: "order"; readonly type: "Acknowledge" | "StandDown" | "EndBridge" }
  /** A bridge opens, and somebody who called for help waits in it. */
  | { readonly act: "bridge" };

const key = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...Array.from("123456789")) },
  fc.constantFrom("0", "*", "#", "11", "1#", " 1", "１"),
);
const walk = fc.array(
  fc.oneof<fc.Arbitrary<Act>[]>(
    { weight: 8, arbitrary: fc.record({ act: fc.constant("press" as const), key }) } as never,
    fc.record({ act: fc.constant("silence" as const) }),
    fc.record({ act: fc.constant("digits at the door" as const), key }),
    fc.record({
      act: fc.constant("status" as const),
      status: fc.constantFrom(...statuses),
      answeredBy: fc.option(fc.constantFrom(...answerers), { nil: undefined }),
    }),
    fc.record({ act: fc.constant("machine" as const), answeredBy: fc.constantFrom(...answerers) }),
    fc.record({ act: fc.constant("wait" as const), time: fc.integer({ min: 1, max: seconds(200) }) }),
    fc.record({
      act: fc.constant("order" as const),
      type: fc.constantFrom("Acknowledge" as const, "StandDown" as const, "EndBridge" as const),
    }),
    { weight: 5, arbitrary: fc.constant({ act: "bridge" as const }) } as never,
  ),
  { minLength: 1, maxLength: 12 },
);

test("no way without a press of the spoken key leads to an acknowledgement or into the room", {
  timeout: 120_000,
}, async () => {
  const ends = { taken: 0, in: 0 };
  await fc.assert(
    fc.asyncProperty(walk, async (acts) => {
      const call = await house.page();
      const keys = keysIn((await call.hear()).spoken);
      const page = await call.pageNow();
      const { join } = keypadOf(`p1${page?.code}`, 1);
      let listening: string | undefined;
      for (const act of acts) {
        const before = (await call.pageNow())?.state;
        const wasIn = await isIn(call);
        const pressed = listening !== undefined && act.act === "press" ? act.key : undefined;
        listening = await carryOut(call, act, listening);
        if (!wasIn && (await isIn(call))) {
          ends.in += 1;
          expect(pressed).toBe(join);
        }
        const after = (await call.pageNow())?.state;
        if (after !== "acknowledged" || before === "acknowledged") continue;
        ends.taken += 1;
        expect([keys.acknowledge, keys.later, join]).toContain(pressed);
      }
    }),
    { numRuns: 1000 },
  );
  // The walk must be able to get there, or it proves nothing.
  expect(ends.taken).toBeGreaterThan(20);
  expect(ends.in).toBeGreaterThan(5);
});

const isIn = async (call: PagedCall) => (await call.state()).bridge.callers[callSid] !== undefined;

/** Where the next key would go, if anything listens. */
async function carryOut(
  call: PagedCall,
  act: Act,
  listening: string | undefined,
): Promise<string | undefined> {
  const heard = async (path: string, digits?: string) => pathIn(await call.hear(path, digits)) || undefined;
  switch (act.act) {
    case "press":
      return listening === undefined ? heard(call.address) : heard(listening, act.key);
    case "silence":
      return listening === undefined ? undefined : heard(listening, "");
    case "digits at the door":
      return heard(call.address, act.key);
    case "status": {
      const answered = act.answeredBy === undefined ? {} : { AnsweredBy: act.answeredBy };
      await call.report("page", { CallStatus: act.status, Digits: "1", ...answered });
      return listening;
    }
    case "machine":
      await call.report("machine", { AnsweredBy: act.answeredBy, Digits: "1" });
      return listening;
    case "wait":
      house.pass(act.time);
      if ((await call.state()).phase === "triage") await call.order({ type: "PassTime" });
      return listening;
    case "order": {
      const { phase, bridge } = await call.state();
      const over = phase !== "triage";
      if (act.type === "EndBridge") {
        if (!over && bridge.name === "open" && [undefined, "linus"].includes(await call.owner()))
          await call.order({ type: act.type }, linus);
        return listening;
      }
      if (!over && (act.type === "StandDown" || (await call.owner()) === undefined))
        await call.order({ type: act.type }, linus);
      return listening;
    }
    case "bridge": {
      const { phase, bridge } = await call.state();
      if (phase !== "triage" || bridge.name === "open") return listening;
      await call.openBridge(bridge.round + 1);
      await call.comesIn(`CA${bridge.round}`, "call-for-help");
      return listening;
    }
  }
}
