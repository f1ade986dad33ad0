// A promise of the store is kept by the disk: syncs are shared, and none that began too early counts.
import { setImmediate as aTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { groupSync } from "../../../functions/adapters/sqlite/durability.ts";

/** A disk that ends a sync when the test says so. */
function aDisk() {
  const syncs: PromiseWithResolvers<void>[] = [];
  return {
    begun: () => syncs.length,
    end: (index: number) => syncs[index]?.resolve(),
    fail: (index: number) => syncs[index]?.reject(new Error("EIO")),
    sync: () => {
      const sync = Promise.withResolvers<void>();
      syncs.push(sync);
      return sync.promise;
    },
  };
}

const watched = (promise: Promise<void>) => {
  const state = { done: false };
  void promise.then(() => {
    state.done = true;
  });
  return state;
};

test("nothing is promised before the sync that began after it has ended", async () => {
  const disk = aDisk();
  const durable = groupSync(disk.sync);
  const first = watched(durable());
  await aTurn();
  const second = watched(durable()); // committed while the sync ran: that sync may have missed it
  disk.end(0);
  await aTurn();
  expect([first.done, second.done]).toEqual([true, false]);
  disk.end(1);
  await aTurn();
  expect(second.done).toBe(true);
});

test("commits of one turn, and of the microtasks after it, share one sync", async () => {
  const disk = aDisk();
  const durable = groupSync(disk.sync);
  const first = durable();
  const chained = Promise.resolve().then(() => durable());
  await aTurn();
  disk.end(0);
  await Promise.all([first, chained]);
  expect(disk.begun()).toBe(1);
});

test("after the disk refused once nothing is promised any more", async () => {
  const disk = aDisk();
  const durable = groupSync(disk.sync);
  const refused = expect(durable()).rejects.toThrow("the disk did not take");
  await aTurn();
  const waiting = expect(durable()).rejects.toThrow("the disk did not take");
  disk.fail(0);
  await refused;
  await waiting;
  await expect(durable()).rejects.toThrow("the disk did not take");
  expect(disk.begun()).toBe(1);
});
