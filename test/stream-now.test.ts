// A stream as it stands, for whoever looks again and again while much happens.
import { afterEach, beforeEach, expect, test } from "vitest";
import { incident } from "../functions/core/incident/aggregate.ts";
import { streamNow } from "../functions/stream-now.ts";
import { aCallHouse, type CallHouse } from "./support/a-call.ts";

let house: CallHouse;
beforeEach(async () => {
  house = await aCallHouse();
});
afterEach(() => house.close());

test("what was seen of it before is not read again, and what is new is", async () => {
  const call = await house.page();
  const read: number[] = [];
  const journal = {
    async load(...asked: Parameters<typeof house.ports.journal.load>) {
      const loaded = await house.ports.journal.load(...asked);
      read.push(loaded.events.length);
      return loaded;
    },
  };
  const seen = await streamNow(incident, journal, call.stream);
  expect(await streamNow(incident, journal, call.stream)).toBe(seen);
  await call.order(
    { type: "Acknowledge", page: "p1" },
    { kind: "person", id: "ada", via: "teams", assurance: "signed-in" },
  );
  const now = await streamNow(incident, journal, call.stream);
  expect(now.paging.pages["p1"]?.state).toBe("acknowledged");
  expect(seen.paging.pages["p1"]?.state).toBe("open");
  const [first = 0, again, anew = 0] = read;
  expect(again).toBe(0);
  expect(anew).toBeGreaterThan(0);
  expect(anew).toBeLessThan(first);
});
