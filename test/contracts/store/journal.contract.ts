// The rules of streams: one winner per version, all of a commit or nothing of it, nothing twice.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  aCommit,
  aName,
  aStream,
  aSummary,
  committed,
  events,
  night,
  type OpenStore,
  type StoreUnderTest,
  times,
} from "./subject.ts";

export const journalContract = (open: OpenStore): unknown =>
  describe("a journal", () => {
    let store: StoreUnderTest;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    test("a stream that nobody wrote to is at version 0 and has nothing to say", async () => {
      expect(await store.journal.load(aStream(), 1)).toEqual({ version: 0, epoch: 0, after: 0, events: [] });
      expect(await store.journal.history(aStream(), 0, 10)).toEqual([]);
    });

    test("what was committed is loaded as it was, in its order, with its epoch", async () => {
      const stream = aStream();
      const first = [
        { type: "IncidentOpened", nested: { list: [1, "é🚨", null, true] } },
        { type: "PageMade" },
      ];
      expect(await store.journal.append(aCommit(stream, 0, { events: first, epoch: 3 }))).toEqual({
        outcome: "committed",
        version: 1,
      });
      await committed(store.journal.append(aCommit(stream, 1, { events: events(1), epoch: 4 })));
      expect(await store.journal.load(stream, 1)).toEqual({
        version: 2,
        epoch: 4,
        after: 0,
        events: [...first, ...events(1)],
      });
    });

    test("two writers: one wins and the other decides again", async () => {
      const stream = aStream();
      await committed(store.journal.append(aCommit(stream, 0)));
      expect(await store.journal.append(aCommit(stream, 0))).toEqual({ outcome: "conflict" });
      expect(await store.journal.append(aCommit(stream, 2))).toEqual({ outcome: "conflict" });
      expect(await store.journal.load(stream, 1)).toMatchObject({ version: 1 });
    });

    test("of forty writers at once exactly one wins each version", async () => {
      const stream = aStream();
      const outcomes = await times(40, (n) =>
        store.journal.append(aCommit(stream, 0, { events: events(1, n) })),
      );
      expect(outcomes.filter(({ outcome }) => outcome === "committed")).toHaveLength(1);
      expect(outcomes.filter(({ outcome }) => outcome === "conflict")).toHaveLength(39);
      expect((await store.journal.load(stream, 1)).events).toHaveLength(1);
    });

    test("twelve deciders who load and decide again lose nothing of what they decided", async () => {
      const stream = aStream();
      await times(12, async (n) => {
        for (;;) {
          const { version } = await store.journal.load(stream, 1);
          const done = await store.journal.append(aCommit(stream, version, { events: events(1, n) }));
          if (done.outcome === "committed") return;
          expect(done).toEqual({ outcome: "conflict" });
        }
      });
      const loaded = (await store.journal.load(stream, 1)).events as { n: number }[];
      expect(loaded.map(({ n }) => n).toSorted((a, b) => a - b)).toEqual([...Array(12).keys()]);
    });

    test("a cause seen before is not carried out again", async () => {
      const stream = aStream();
      const cause = aName("SM");
      await committed(store.journal.append(aCommit(stream, 0, { cause })));
      expect(await store.journal.append(aCommit(stream, 1, { cause }))).toEqual({ outcome: "already-seen" });
      expect(await store.journal.load(stream, 1)).toMatchObject({ version: 1 });
      await committed(store.journal.append(aCommit(aStream(), 0, { cause })));
    });

    test("whoever knows a version is told only what came after it", async () => {
      const stream = aStream();
      await committed(store.journal.append(aCommit(stream, 0, { events: events(2) })));
      await committed(store.journal.append(aCommit(stream, 1, { events: events(1, 2), epoch: 5 })));
      expect(await store.journal.load(stream, 1, 1)).toEqual({
        version: 2,
        epoch: 5,
        after: 1,
        events: events(1, 2),
      });
      expect(await store.journal.load(stream, 1, 2)).toEqual({ version: 2, epoch: 5, after: 2, events: [] });
      // A version that the stream has not reached belongs to another history: all of this one is told.
      expect(await store.journal.load(stream, 1, 9)).toMatchObject({
        version: 2,
        after: 0,
        events: [{}, {}, {}],
      });
    });

    test("an order that arrives twice, late, is known even though its version has passed", async () => {
      const stream = aStream();
      const cause = aName("SM");
      await committed(store.journal.append(aCommit(stream, 0, { cause })));
      await committed(store.journal.append(aCommit(stream, 1)));
      expect(await store.journal.append(aCommit(stream, 0, { cause }))).toEqual({ outcome: "already-seen" });
    });

    test("a decision without events makes no version, yet it is remembered and moves the clock", async () => {
      const stream = aStream();
      await committed(store.journal.append(aCommit(stream, 0)));
      const cause = aName("tick");
      const quiet = aCommit(stream, 1, { events: [], cause, epoch: 7, nextDue: night });
      expect(await store.journal.append(quiet)).toEqual({ outcome: "committed", version: 1 });
      expect(await store.journal.load(stream, 1)).toMatchObject({ version: 1, epoch: 7 });
      expect(await store.timers.due(night, 1000)).toContainEqual({ stream, due: night });
      expect(await store.journal.append(quiet)).toEqual({ outcome: "already-seen" });
      expect(await store.journal.append(aCommit(stream, 0, { events: [] }))).toEqual({ outcome: "conflict" });
    });

    test("a decision that loses leaves no trace: neither events nor names, cause, clock or summary", async () => {
      const stream = aStream();
      await committed(store.journal.append(aCommit(stream, 0)));
      const key = `code/${aName("c")}`;
      const cause = aName("SM");
      const late = {
        cause,
        claims: [{ key, change: "take" as const }],
        nextDue: night - 1,
        summary: aSummary(),
        epoch: 9,
      };
      expect(await store.journal.append(aCommit(stream, 0, late))).toEqual({ outcome: "conflict" });
      expect(await store.claims.holder(key, night)).toBeUndefined();
      expect(await store.journal.load(stream, 1)).toMatchObject({ version: 1, epoch: 0 });
      expect((await store.timers.due(night, 1000)).map((due) => due.stream)).not.toContain(stream);
      expect((await store.incidents.open(1000)).map((listed) => listed.stream)).not.toContain(stream);
      await committed(store.journal.append(aCommit(stream, 1, late)));
    });

    test("a commit beyond what one transaction holds is refused by name, and nothing of it is done", async () => {
      const stream = aStream();
      const claims = [...Array(101).keys()].map((n) => ({
        key: `code/${stream}/${n}`,
        change: "take" as const,
      }));
      await expect(store.journal.append(aCommit(stream, 0, { claims }))).rejects.toThrow(
        /\b10[34]\b.*\b100\b/,
      );
      expect(await store.journal.load(stream, 1)).toMatchObject({ version: 0 });
      expect(await store.claims.held(`code/${stream}`, 200, night)).toEqual([]);
    });

    test("a commit of four million bytes and more is refused, and nothing of it is done", async () => {
      const stream = aStream();
      await expect(
        store.journal.append(aCommit(stream, 0, { events: events(42, 0, 100_000) })),
      ).rejects.toThrow(/bytes/);
      expect(await store.journal.load(stream, 1)).toMatchObject({ version: 0 });
    });

    test("an event that no item can hold is refused with its size", async () => {
      const stream = aStream();
      await expect(
        store.journal.append(aCommit(stream, 0, { events: events(1, 0, 450_000) })),
      ).rejects.toThrow(/4500\d\d/);
    });
  });
