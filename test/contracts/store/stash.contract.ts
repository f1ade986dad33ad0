// The rules of a large delivery: kept whole, in chunks, each announced, until it was taken.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StashRef } from "../../../functions/core/bus.ts";
import { anAlert, asSet, night, type OpenStore, type StoreUnderTest } from "./subject.ts";

export const stashContract = (open: OpenStore): unknown =>
  describe("a large delivery", () => {
    let store: StoreUnderTest;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    test("of twelve thousand alerts is kept in chunks, and the feed names each of them", async () => {
      const alerts = [...Array(12_000)].map(() => anAlert({ description: "x".repeat(100) }));
      await store.alerts.stash(alerts, night);
      const entries = asSet(await store.feed());
      expect(new Set(entries.map(({ type }) => type))).toEqual(new Set(["AlertsStashed"]));
      const refs = entries.map(({ detail }) => (detail as StashRef).stash);
      const chunks = await Promise.all(refs.map((ref) => store.alerts.stashed(ref)));
      expect(Math.max(...chunks.map((chunk) => chunk?.length ?? 0))).toBeLessThanOrEqual(250);
      const kept = chunks.flatMap((chunk) => chunk ?? []);
      expect(kept).toHaveLength(alerts.length);
      expect(new Map(kept.map((alert) => [alert.id, alert]))).toEqual(
        new Map(alerts.map((alert) => [alert.id, alert])),
      );

      const [ref = ""] = refs;
      await store.alerts.dropStash(ref);
      expect(await store.alerts.stashed(ref)).toBeUndefined();
      await store.alerts.dropStash(ref);
    });

    test("that hardly compresses still fits", async () => {
      const noise = (n: number) =>
        Array.from({ length: 4000 }, (_, m) => Math.sin(n * 4000 + m).toString(36)).join("");
      const alerts = [...Array(12).keys()].map((n) => anAlert({ description: noise(n) }));
      const before = asSet(await store.feed()).length;
      await store.alerts.stash(alerts, night);
      expect(asSet(await store.feed()).length).toBeGreaterThan(before);
    });
  });
