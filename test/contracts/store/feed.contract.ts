// The rules of the feed: all that was committed, nothing that was not; in any order, perhaps twice.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BusEntry, commitEntries } from "../../../functions/core/bus.ts";
import {
  aCommit,
  aName,
  aStream,
  asSet,
  events,
  type OpenStore,
  type StoreUnderTest,
  times,
} from "./subject.ts";

export const feedContract = (open: OpenStore): unknown =>
  describe("the feed", () => {
    let store: StoreUnderTest;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    test("carries every event of every commit, by stream, version and place, and no more", async () => {
      const expected: BusEntry[] = [];
      await times(12, async (n) => {
        const stream = aStream();
        const drill = n % 2 === 0;
        for (let version = 0; version < 4; version++) {
          const some = [{ type: "DeliveryWanted", delivery: `p1.0.${version}` }, ...events(version, n)];
          // Of two who decide the same one is carried.
          await times(2, () => store.journal.append(aCommit(stream, version, { events: some, drill })));
          expected.push(...commitEntries(stream, version + 1, drill, some));
        }
      });
      expect(asSet(await store.feed())).toEqual(asSet(expected));
      const wanted = (await store.feed()).find(({ type }) => type === "DeliveryWanted");
      expect(wanted?.detail).toMatchObject({ ref: expect.stringContaining("p1.0.") as string });
    });

    test("says nothing of snapshots, of decisions without events, or of what was refused", async () => {
      const before = asSet(await store.feed());
      const stream = aStream();
      const key = `code/${aName("c")}`;
      await store.journal.append(aCommit(stream, 0, { events: [], nextDue: 1, cause: "tick" }));
      await store.journal.append(aCommit(stream, 5));
      await store.journal.saveSnapshot(stream, 0, 1, {});
      await store.leases.begin(aName("p"), stream, 0, 0, 1);
      await store.configItems.write("v1", new Map([[key, 1]]));
      expect(asSet(await store.feed())).toEqual(before);
    });
  });
