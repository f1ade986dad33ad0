// The rules of names: one holder at a time, a lost one says whose it is, a released one rests.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StreamId } from "../../../functions/core/aggregate.ts";
import { hours, minutes } from "../../../functions/core/time.ts";
import {
  aCommit,
  aName,
  aStream,
  committed,
  night,
  type OpenStore,
  type StoreUnderTest,
  times,
} from "./subject.ts";

export const claimsContract = (open: OpenStore): unknown =>
  describe("a name", () => {
    let store: StoreUnderTest;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    const take = (key: string, stream: StreamId, expected = 0, at = night) =>
      store.journal.append(aCommit(stream, expected, { claims: [{ key, change: "take" }], at }));

    test("that nobody took has no holder", async () => {
      expect(await store.claims.holder(`code/${aName("c")}`, night)).toBeUndefined();
    });

    test("is found with its holder and what it wants to be found by", async () => {
      const key = `correlation/${aName("c")}`;
      const stream = aStream();
      await committed(
        store.journal.append(aCommit(stream, 0, { claims: [{ key, change: "take", detail: "p1" }] })),
      );
      expect(await store.claims.holder(key, night)).toEqual({ key, holder: stream, detail: "p1" });
    });

    test("that is lost says who holds it, and the commit is not done", async () => {
      const key = `correlation/${aName("c")}`;
      const [holder, late] = [aStream(), aStream()];
      await committed(take(key, holder));
      expect(await take(key, late)).toEqual({ outcome: "claim-lost", key, holder });
      expect(await store.journal.load(late, 1)).toMatchObject({ version: 0 });
      await committed(take(key, holder, 1));
    });

    test("wanted by sixty incidents at once goes to exactly one, and all others learn which", async () => {
      const key = `correlation/${aName("c")}`;
      const streams = [...Array(60)].map(aStream);
      const outcomes = await Promise.all(streams.map((stream) => take(key, stream)));
      const winner = outcomes.findIndex(({ outcome }) => outcome === "committed");
      const holder = (await store.claims.holder(key, night))?.holder;
      expect(holder).toBe(streams[winner]);
      expect(outcomes.filter((_, n) => n !== winner)).toEqual(
        Array.from({ length: 59 }, () => ({ outcome: "claim-lost", key, holder })),
      );
    });

    test("that was given back is free at once", async () => {
      const key = `code/${aName("c")}`;
      const [first, second] = [aStream(), aStream()];
      await committed(take(key, first));
      await committed(store.journal.append(aCommit(first, 1, { claims: [{ key, change: "release" }] })));
      expect(await store.claims.holder(key, night)).toBeUndefined();
      await committed(take(key, second));
    });

    test("that was given back with a rest stays taken until its time, and can still be found", async () => {
      const key = `code/${aName("c")}`;
      const [first, second] = [aStream(), aStream()];
      const until = night + hours(24);
      await committed(
        store.journal.append(aCommit(first, 0, { claims: [{ key, change: "take", detail: "p1" }] })),
      );
      await committed(
        store.journal.append(aCommit(first, 1, { claims: [{ key, change: "release", until }] })),
      );
      expect(await store.claims.holder(key, until - 1)).toEqual({ key, holder: first, detail: "p1" });
      expect(await take(key, second, 0, until - 1)).toEqual({ outcome: "claim-lost", key, holder: first });
      expect(await store.claims.holder(key, until)).toBeUndefined();
      await committed(take(key, second, 0, until));
      expect(await store.claims.holder(key, until)).toMatchObject({ holder: second });
    });

    test("that another holds by now can't be given back by whoever held it before", async () => {
      const key = `code/${aName("c")}`;
      const [before, now] = [aStream(), aStream()];
      await committed(take(key, now));
      for (const until of [undefined, night + minutes(1)]) {
        const release = { key, change: "release", ...(until === undefined ? {} : { until }) } as const;
        const { version } = await store.journal.load(before, 1);
        await committed(store.journal.append(aCommit(before, version, { claims: [release] })));
        expect(await store.claims.holder(key, night + hours(1))).toMatchObject({ holder: now });
      }
    });

    test("is listed with those that begin alike, and with no others", async () => {
      const person = aName("pages-of/ada");
      const stream = aStream();
      const keys = ["A1", "B2", "C3"].map((code) => `${person}/${code}`);
      const others = [`${person}x/D4`, person, `pages-of/${aName("grace")}/E5`];
      const claims = [...keys, ...others].map((key) => ({ key, change: "take", detail: key }) as const);
      await committed(store.journal.append(aCommit(stream, 0, { claims })));
      const held = await store.claims.held(person, 10, night);
      expect(held.map(({ key }) => key).toSorted()).toEqual(keys);
      expect(held[0]).toEqual({ key: held[0]?.key, holder: stream, detail: held[0]?.key });
      expect(await store.claims.held(person, 2, night)).toHaveLength(2);
    });

    test("past its rest is listed no more, and does not take up the room of those that are held", async () => {
      const person = aName("pages-of/ada");
      const stream = aStream();
      const until = night + minutes(60);
      const gone = [...Array(20).keys()].map((n) => `${person}/A${n}`);
      const claims = [...gone, `${person}/Z`].map((key) => ({ key, change: "take" }) as const);
      await committed(store.journal.append(aCommit(stream, 0, { claims })));
      const releases = gone.map((key) => ({ key, change: "release", until }) as const);
      await committed(store.journal.append(aCommit(stream, 1, { claims: releases })));
      expect(await store.claims.held(person, 50, until - 1)).toHaveLength(21);
      expect((await store.claims.held(person, 1, until)).map(({ key }) => key)).toEqual([`${person}/Z`]);
    });

    test("given back by two deciders at once is given back once", async () => {
      const key = `code/${aName("c")}`;
      const stream = aStream();
      await committed(take(key, stream));
      const outcomes = await times(10, () =>
        store.journal.append(aCommit(stream, 1, { claims: [{ key, change: "release" }] })),
      );
      expect(outcomes.filter(({ outcome }) => outcome === "committed")).toHaveLength(1);
      expect(await store.claims.holder(key, night)).toBeUndefined();
    });
  });
