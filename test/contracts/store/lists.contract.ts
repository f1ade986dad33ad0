// The rules of what is found without knowing its name: streams whose time has come, and incidents in a list.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { minutes } from "../../../functions/core/time.ts";
import {
  aCommit,
  aStream,
  aSummary,
  committed,
  night,
  type OpenStore,
  type StoreUnderTest,
} from "./subject.ts";

export const listsContract = (open: OpenStore): void => {
  describe("a stream's time", () => {
    let store: StoreUnderTest;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    test("comes when it is due, the longest overdue first", async () => {
      const late = [7, 3, 9, 1, 5, 8, 2, 6, 4].map((overdue) => ({
        stream: aStream(),
        due: night - minutes(overdue),
      }));
      for (const { stream, due } of late)
        await committed(store.journal.append(aCommit(stream, 0, { nextDue: due })));
      await committed(store.journal.append(aCommit(aStream(), 0, { nextDue: night + 1 })));
      await committed(store.journal.append(aCommit(aStream(), 0)));
      const inOrder = late.toSorted((a, b) => a.due - b.due);
      expect(await store.timers.due(night, 100)).toEqual(inOrder);
      expect(await store.timers.due(night, 4)).toEqual(inOrder.slice(0, 4));
      expect(await store.timers.due(night - minutes(9), 100)).toEqual(inOrder.slice(0, 1));
    });

    test("comes for the most severe first after a stall, and for a drill last", async () => {
      const at = night - minutes(90);
      const due = async (severity: string, overdue: number, drill = false) => {
        const stream = aStream();
        const more = { nextDue: at - overdue, summary: aSummary({ severity, drill }) };
        await committed(store.journal.append(aCommit(stream, 0, more)));
        return stream;
      };
      const drill = await due("critical", 9, true);
      const warning = await due("warning", 8);
      const [late, later] = [await due("critical", 1), await due("critical", 2)];
      const order = (await store.timers.due(at, 100)).map(({ stream }) => stream);
      expect(order).toEqual([later, late, warning, drill]);
      expect((await store.timers.due(at, 2)).map(({ stream }) => stream)).toEqual([later, late]);
      for (const stream of order) await committed(store.journal.append(aCommit(stream, 1)));
    });

    test("is moved and cancelled by the next decision", async () => {
      const at = night - minutes(60);
      const stream = aStream();
      await committed(store.journal.append(aCommit(stream, 0, { nextDue: at })));
      await committed(store.journal.append(aCommit(stream, 1, { nextDue: at - 5 })));
      expect(await store.timers.due(at, 100)).toEqual([{ stream, due: at - 5 }]);
      await committed(store.journal.append(aCommit(stream, 2)));
      expect(await store.timers.due(at, 100)).toEqual([]);
    });
  });

  describe("a list of incidents", () => {
    let store: StoreUnderTest;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    test("is empty where nothing happened", async () => {
      expect(await store.incidents.open(10)).toEqual([]);
    });

    test("shows the newest first, page by page, as they are now", async () => {
      const opened = [3, 1, 2, 5, 4].map((n) => ({ stream: aStream(), openedAt: night + minutes(n) }));
      for (const { stream, openedAt } of opened)
        await committed(store.journal.append(aCommit(stream, 0, { summary: aSummary({ openedAt }) })));
      const newest = opened.toSorted((a, b) => b.openedAt - a.openedAt).map(({ stream }) => stream);
      const first = await store.incidents.open(2);
      expect(first.map(({ stream }) => stream)).toEqual(newest.slice(0, 2));
      const rest = await store.incidents.open(10, first.at(-1)?.openedAt);
      expect(rest.map(({ stream }) => stream)).toEqual(newest.slice(2));

      const [stream] = newest;
      if (stream === undefined) throw new Error("nothing was listed");
      const summary = aSummary({ openedAt: night + minutes(5), owner: "ada", title: "checkout is slow" });
      await committed(store.journal.append(aCommit(stream, 1, { summary })));
      expect((await store.incidents.open(1))[0]).toEqual({ ...summary, stream, version: 2 });

      await committed(store.journal.append(aCommit(stream, 2, { summary: { ...summary, state: "ended" } })));
      expect((await store.incidents.open(10)).map((listed) => listed.stream)).toEqual(newest.slice(1));
      expect(await store.incidents.ended(10)).toEqual([{ ...summary, state: "ended", stream, version: 3 }]);
    });

    test("loses none of those that a storm opened in one millisecond", async () => {
      const openedAt = night + minutes(60);
      const streams = [...Array(7)].map(aStream);
      for (const stream of streams)
        await committed(store.journal.append(aCommit(stream, 0, { summary: aSummary({ openedAt }) })));
      const seen = new Set<string>();
      for (let before: number | undefined; ; ) {
        const page = await store.incidents.open(3, before);
        for (const { stream } of page) seen.add(stream);
        before = page.at(-1)?.openedAt;
        if (page.length === 0 || (before ?? 0) < openedAt) break;
      }
      expect(streams.filter((stream) => !seen.has(stream))).toEqual([]);
    });
  });
};
