// From a page into the room: by a key of the prompt while a bridge is open, and at a key after the answer when somebody
// waits there.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "../../functions/core/command.ts";
import { callWords } from "../../functions/wording/voice.ts";
import { roomWords } from "../../functions/wording/voice-room.ts";
import { aCallHouse, type CallHouse, callSid, keysIn, type PagedCall, pathIn } from "../support/a-call.ts";
import type { ReadScript } from "../support/twiml-table.ts";

let house: CallHouse;
beforeAll(async () => {
  house = await aCallHouse();
});
afterAll(() => house.close());

const web = (id: string): Actor => ({ kind: "person", id, via: "web", assurance: "signed-in" });
const words = roomWords();
const page = callWords();
const keys = [...Array.from("0123456789*#"), "", "12"];
const offered = ({ spoken }: ReadScript): string =>
  /Press (\d) to get into the room\./.exec(spoken)?.[1] ?? "";
const admitted = async (call: PagedCall) => (await call.state()).bridge.callers[callSid];

function judge(script: ReadScript): void {
  expect(script.faults).toEqual([]);
  expect(script.spoken.length).toBeLessThan(1_000);
  expect(script.hangsUp).toBe(script.action === undefined);
}

async function withBridge() {
  const call = await house.page();
  const room = await call.openBridge();
  return { call, room };
}

describe("while a bridge is open", () => {
  test.each([1, 2, 3])(
    "each key of round %i does what it says, and one leads straight into the room",
    async (round) => {
      for (const key of keys) {
        const { call, room } = await withBridge();
        let script = await call.hear();
        judge(script);
        const spoken = keysIn(script.spoken);
        expect(new Set(Object.values(spoken)).size).toBe(6);
        for (let n = 1; n < round; n++) script = await call.hear(pathIn(script), "");
        const after = await call.hear(pathIn(script), key);
        judge(after);
        expect(after.room).toBe(key === spoken.join ? room : undefined);
        expect((await admitted(call))?.person).toBe(key === spoken.join ? "ada" : undefined);
        if (key === spoken.join)
          expect(after.spoken).toBe(`${page.took(key, page.did.join)} ${words.entering}`);
        const owner = await call.owner();
        if (owner !== undefined) expect([spoken.acknowledge, spoken.join, spoken.later]).toContain(key);
        if ([spoken.acknowledge, spoken.join].includes(key)) expect(owner).toBe("ada");
      }
    },
  );

  test("a key that was not spoken leads nowhere: the bridge opened after the prompt", async () => {
    for (const key of keys) {
      const call = await house.page();
      const asked = await call.hear();
      await call.openBridge();
      const after = await call.hear(pathIn(asked), key);
      judge(after);
      expect([after.room, await admitted(call)]).toEqual([undefined, undefined]);
      // And is asked again, now with the room.
      if (key === "0") expect(keysIn(after.spoken).join).toMatch(/\d/);
    }
  });

  test("a bridge that ends before the key takes the page all the same, and says so", async () => {
    const { call } = await withBridge();
    const asked = await call.hear();
    await call.order({ type: "EndBridge" }, web("linus"));
    const { join } = keysIn(asked.spoken);
    const after = await call.hear(pathIn(asked), join);
    judge(after);
    expect(after).toMatchObject({
      room: undefined,
      spoken: `${page.took(join, page.did.join)} ${words.gone}`,
    });
    expect(await call.owner()).toBe("ada");
  });

  test("whoever was too late for the page is not put into the room by it", async () => {
    const { call } = await withBridge();
    const asked = await call.hear();
    await call.order({ type: "Acknowledge" }, web("linus"));
    const after = await call.hear(pathIn(asked), keysIn(asked.spoken).join);
    judge(after);
    expect([after.room, await admitted(call)]).toEqual([undefined, undefined]);
  });

  test("a webhook that comes twice lets in once, and says the same", async () => {
    const { call } = await withBridge();
    const asked = await call.hear();
    const { join } = keysIn(asked.spoken);
    const first = await call.hear(pathIn(asked), join);
    const before = await house.ports.journal.history(call.stream, 0, 100);
    expect(await call.hear(pathIn(asked), join)).toEqual(first);
    expect(await house.ports.journal.history(call.stream, 0, 100)).toEqual(before);
  });
});

describe("while somebody who called for help waits in the room", () => {
  async function answeredWith(meaning: "acknowledge" | "later" | "decline") {
    const { call, room } = await withBridge();
    await call.comesIn("CA1", "call-for-help");
    const asked = await call.hear();
    const spoken = keysIn(asked.spoken);
    const after = await call.hear(pathIn(asked), spoken[meaning]);
    judge(after);
    return { call, room, after, key: spoken[meaning] };
  }

  test("whoever takes the page hears of it, and is put through at a key", async () => {
    const { call, room, after, key } = await answeredWith("acknowledge");
    expect(after.spoken).toContain(`${page.took(key, page.did.acknowledge)} ${words.somebodyWaits}`);
    const through = await call.hear(pathIn(after), offered(after));
    judge(through);
    expect(through).toMatchObject({ room, spoken: words.entering });
    expect(await admitted(call)).toMatchObject({ way: "page", person: "ada" });
  });

  test.each(["later", "decline"] as const)("who says %s is not asked", async (meaning) => {
    const { after } = await answeredWith(meaning);
    expect([after.hangsUp, offered(after)]).toEqual([true, ""]);
  });

  test("any other key, and none, is asked three times, and the page stays taken", async () => {
    for (const key of keys) {
      const { call, after } = await answeredWith("acknowledge");
      const right = offered(after);
      if (key === right) continue;
      let script = after;
      for (let n = 1; n <= 3; n++) {
        expect(offered(script)).toBe(right);
        script = await call.hear(pathIn(script), key);
        judge(script);
      }
      expect([script.action, script.room, await call.owner()]).toEqual([undefined, undefined, "ada"]);
    }
  });

  test("a bridge that ended meanwhile is not promised", async () => {
    const { call, after } = await answeredWith("acknowledge");
    await call.order({ type: "EndBridge" }, web("ada"));
    expect(await call.hear(pathIn(after), offered(after))).toMatchObject({
      room: undefined,
      spoken: words.gone,
    });
  });

  test("a room in which nobody asked for help waits for nobody", async () => {
    const { call } = await withBridge();
    await call.comesIn("CA1", "pin", "linus");
    const asked = await call.hear();
    const after = await call.hear(pathIn(asked), keysIn(asked.spoken).acknowledge);
    expect(after.hangsUp).toBe(true);
  });
});

test("whoever has it already, and picks up, is asked into the room", async () => {
  const { call, room } = await withBridge();
  await call.order({ type: "Acknowledge", page: "p1" }, web("ada"));
  const asked = await call.hear();
  judge(asked);
  expect(asked.spoken).toContain(words.yours);
  expect((await call.hear(pathIn(asked), offered(asked))).room).toBe(room);
});

test("an address that was guessed puts nobody into the room who has not taken the page", async () => {
  for (const step of ["1r", "2r", "3r", "9r", "99r", "1j", "0j", "-1r", "r", "room"])
    for (const key of keys) {
      const { call } = await withBridge();
      const { join } = keysIn((await call.hear()).spoken);
      const script = await call.hear(`${call.address}/${step}`, key);
      judge(script);
      // The key that was spoken is the one that takes it and leads in, in whichever round.
      if (/^\d+j$/.test(step) && key === join) continue;
      expect([script.room, await admitted(call)]).toEqual([undefined, undefined]);
    }
});
