// How fast one process speaks, and what of it is worth saying.
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { inTurn, newestWins, pace } from "../../../functions/adapters/teams/pace.ts";

test("some begin at once, the rest evenly and in order, and no second holds more", async () => {
  const room = pace(20, 5);
  const began = performance.now();
  const begun: { readonly n: number; readonly at: number }[] = [];
  await Promise.all(
    Array.from({ length: 40 }, async (_, n) => {
      await room();
      begun.push({ n, at: performance.now() });
    }),
  );
  expect(begun.map(({ n }) => n)).toEqual(Array.from({ length: 40 }, (_, n) => n));
  for (const { n, at } of begun) {
    // A timer may come a moment early, and the first may be noticed a moment late.
    expect(at - began).toBeGreaterThanOrEqual(Math.max(0, n - 5) * 50 - 25);
  }
  expect((begun.at(-1)?.at ?? 0) - began).toBeLessThan(2_500);
});

test("who was silent for a while may begin at once again, and no more than that", async () => {
  const room = pace(20, 5);
  for (let n = 0; n < 8; n++) await room();
  await pause(400);
  const began = performance.now();
  for (let n = 0; n < 5; n++) await room();
  expect(performance.now() - began).toBeLessThan(40);
  for (let n = 0; n < 4; n++) await room();
  expect(performance.now() - began).toBeGreaterThan(140);
});

test("a process that stood still does not make up for it at once", async () => {
  const room = pace(50, 5);
  const begun: number[] = [];
  const all = Array.from({ length: 40 }, async () => {
    await room();
    begun.push(performance.now());
  });
  await pause(20);
  const until = performance.now() + 400;
  while (performance.now() < until); // as a function that is frozen, or has much else to do
  await Promise.all(all);
  const since = begun.filter((at) => at >= until && at < until + 100);
  // Those that may at once, and what has room in this time.
  expect(since.length).toBeLessThanOrEqual(6 + 5 + 1);
  expect(since.length).toBeGreaterThan(5);
});

describe("in turn", () => {
  test("two of one key never overlap, and others do not wait for them", async () => {
    const turn = inTurn(2_000);
    const told: string[] = [];
    const act = (name: string, ms: number) => async () => {
      told.push(`${name} begins`);
      await pause(ms);
      told.push(`${name} ends`);
      return name;
    };
    const all = await Promise.all([
      turn("a", act("a1", 30)),
      turn("a", act("a2", 1)),
      turn("b", act("b1", 5)),
    ]);
    expect(all).toEqual(["a1", "a2", "b1"]);
    expect(told).toEqual(["a1 begins", "b1 begins", "b1 ends", "a1 ends", "a2 begins", "a2 ends"]);
  });

  test("one that fails holds nobody up", async () => {
    const turn = inTurn(2_000);
    const failed = turn("a", () => Promise.reject(new Error("no")));
    const next = turn("a", () => Promise.resolve("yes"));
    await expect(failed).rejects.toThrow("no");
    expect(await next).toBe("yes");
  });
});

test("whoever would wait too long for his turn did nothing, and knows it", async () => {
  const turn = inTurn(20);
  const told: string[] = [];
  const silent = turn("a", async () => {
    await pause(80);
    return told.push("at last");
  });
  expect(await turn("a", async () => told.push("never"))).toBeUndefined();
  await silent;
  expect(await turn("a", async () => told.push("afterwards"))).toBe(2);
  expect(told).toEqual(["at last", "afterwards"]);
});

describe("of the states of one card", () => {
  test("the newest wins while one is on its way, and each is told what came of it", async () => {
    const newest = newestWins<number, string>();
    const written: number[] = [];
    const write = async (n: number) => {
      written.push(n);
      await pause(20);
      return `wrote ${n}`;
    };
    const all = await Promise.all([1, 2, 3, 4].map((n) => newest("card", n, write)));
    expect(written).toEqual([1, 4]);
    expect(all).toEqual(["wrote 1", "wrote 4", "wrote 4", "wrote 4"]);
    expect(await newest("card", 5, write)).toBe("wrote 5");
    expect(written).toEqual([1, 4, 5]);
  });

  test("one card does not wait for another, nor for one that failed", async () => {
    const newest = newestWins<number, string>();
    const written: number[] = [];
    const write = async (n: number) => {
      written.push(n);
      await pause(5);
      if (n === 1) throw new Error("no");
      return `wrote ${n}`;
    };
    const [first, second, other] = await Promise.allSettled([
      newest("card", 1, write),
      newest("card", 2, write),
      newest("another", 3, write),
    ]);
    expect(first.status).toBe("rejected");
    expect([second, other]).toEqual([
      { status: "fulfilled", value: "wrote 2" },
      { status: "fulfilled", value: "wrote 3" },
    ]);
    expect(written).toEqual([1, 3, 2]);
  });
});
