// The rules of long histories: what is large is cut into parts and nobody notices; a snapshot saves time, never truth.
import { setImmediate } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StreamId } from "../../../functions/core/aggregate.ts";
import type { HistoryEntry } from "../../../functions/ports.ts";
import { aCommit, aStream, committed, events, type OpenStore, type StoreUnderTest } from "./subject.ts";

export const historyContract = (open: OpenStore): unknown =>
  describe("a long history", () => {
    let store: StoreUnderTest;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    const wholeHistory = async (stream: StreamId, limit: number): Promise<readonly HistoryEntry[]> => {
      const all: HistoryEntry[] = [];
      for (let after = 0; ; after = all.at(-1)?.version ?? 0) {
        const page = await store.journal.history(stream, after, limit);
        all.push(...page);
        if (page.length < limit) return all;
      }
    };

    test("twenty-five pages in one decision, 250 KB of them, come back whole and in order", async () => {
      const stream = aStream();
      const pages = events(25, 0, 10_000);
      await committed(store.journal.append(aCommit(stream, 0, { events: pages })));
      await committed(store.journal.append(aCommit(stream, 1, { events: events(1, 25) })));
      expect(await store.journal.load(stream, 1)).toEqual({
        version: 2,
        epoch: 0,
        after: 0,
        events: [...pages, ...events(1, 25)],
      });
      const history = await wholeHistory(stream, 10);
      expect(history.map(({ version, index }) => `${version}.${index}`)).toEqual([
        ...pages.map((_, index) => `1.${index}`),
        "2.0",
      ]);
      const published = (await store.feed()).filter(({ id }) => id.startsWith(`${stream}.`));
      expect(new Set(published.map(({ id }) => id)).size).toBe(26);
    });

    test("two thousand events are told page by page, each once, whatever the size of a page", async () => {
      const stream = aStream();
      for (let version = 0; version < 40; version++)
        await committed(store.journal.append(aCommit(stream, version, { events: events(50, version * 50) })));
      expect((await store.journal.load(stream, 1)).events).toEqual(events(2000));
      for (const limit of [1, 73, 5000]) {
        const told = await wholeHistory(stream, limit);
        expect(told.map(({ event }) => event)).toEqual(events(2000));
      }
      expect((await store.journal.history(stream, 38, 1000)).map(({ version }) => version)).toEqual(
        Array.from({ length: 100 }, (_, n) => (n < 50 ? 39 : 40)),
      );
      // With a snapshot only what came after it is read.
      await store.journal.saveSnapshot(stream, 39, 1, { seen: 1950 });
      expect(await store.journal.load(stream, 1)).toEqual({
        version: 40,
        epoch: 0,
        after: 39,
        snapshot: { version: 39, state: { seen: 1950 } },
        events: events(50, 1950),
      });
    });

    test("a snapshot of an older shape is passed over, and one of a newer shape takes its place", async () => {
      const stream = aStream();
      for (let version = 0; version < 3; version++)
        await committed(store.journal.append(aCommit(stream, version, { events: events(1, version) })));
      await store.journal.saveSnapshot(stream, 2, 1, "old");
      expect(await store.journal.load(stream, 2)).toEqual({
        version: 3,
        epoch: 0,
        after: 0,
        events: events(3),
      });
      await store.journal.saveSnapshot(stream, 3, 2, "new");
      expect(await store.journal.load(stream, 2)).toEqual({
        version: 3,
        epoch: 0,
        after: 3,
        snapshot: { version: 3, state: "new" },
        events: [],
      });
    });

    test("a snapshot that comes late does not take the place of a newer one", async () => {
      const stream = aStream();
      for (let version = 0; version < 3; version++)
        await committed(store.journal.append(aCommit(stream, version)));
      await store.journal.saveSnapshot(stream, 3, 1, "three");
      await store.journal.saveSnapshot(stream, 2, 1, "two");
      expect((await store.journal.load(stream, 1)).snapshot).toEqual({ version: 3, state: "three" });
      await committed(store.journal.append(aCommit(stream, 3)));
      expect((await store.journal.load(stream, 1)).snapshot).toEqual({ version: 3, state: "three" });
    });

    test("a snapshot larger than an item comes back whole", async () => {
      const stream = aStream();
      await committed(store.journal.append(aCommit(stream, 0)));
      const state = Array.from({ length: 60_000 }, (_, n) => Math.sin(n)); // does not compress well
      await store.journal.saveSnapshot(stream, 1, 1, state);
      expect((await store.journal.load(stream, 1)).snapshot?.state).toEqual(state);
    });

    test("whoever loads while others commit and save sees events that follow on from the snapshot", async () => {
      const stream = aStream();
      const writing = (async () => {
        for (let version = 0; version < 30; version++) {
          await committed(store.journal.append(aCommit(stream, version, { events: events(1, version) })));
          if (version % 3 === 0) await store.journal.saveSnapshot(stream, version + 1, 1, version + 1);
        }
      })();
      let done = false;
      const end = writing.finally(() => {
        done = true;
      });
      while (!done) {
        await setImmediate(); // a store that answers at once must leave the writer a turn
        const { version, snapshot, events: tail } = await store.journal.load(stream, 1);
        const start = snapshot?.version ?? 0;
        expect(snapshot?.state ?? 0).toBe(start);
        expect(tail).toEqual(events(version - start, start));
      }
      await end;
    });
  });
