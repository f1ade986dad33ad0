// The rules of the organisation's items: written beside the ones that hold, and switched to in one stroke.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { minutes } from "../../../functions/core/time.ts";
import { night, type OpenStore, type StoreUnderTest, times } from "./subject.ts";

export const configItemsContract = (open: OpenStore): unknown =>
  describe("a config", () => {
    let store: StoreUnderTest;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    test("is none before the first one was applied", async () => {
      expect(await store.configItems.pointer()).toBeUndefined();
      expect(await store.configItems.item("v1", "person/ada")).toBeUndefined();
      expect(await store.configItems.versions(10)).toEqual([]);
    });

    test("is written item by item under its version, and holds from the switch on", async () => {
      const items = new Map<string, unknown>(
        [...Array(60).keys()].map((n) => [`person/p${n}`, { n, tags: ["é", null] }]),
      );
      await store.configItems.write("v1", items);
      expect(await store.configItems.pointer()).toBeUndefined();
      expect(await store.configItems.item("v1", "person/p59")).toEqual({ n: 59, tags: ["é", null] });
      expect(await store.configItems.item("v2", "person/p59")).toBeUndefined();
      await store.configItems.write("v1", items); // applied again: the same items under the same name
      expect(await store.configItems.switchTo("v1", undefined, night)).toBe(true);
      expect(await store.configItems.pointer()).toBe("v1");
    });

    test("is switched by whoever knew what holds, and by nobody else", async () => {
      expect(await store.configItems.switchTo("v9", undefined, night + 1)).toBe(false);
      expect(await store.configItems.switchTo("v9", "v8", night + 1)).toBe(false);
      const switched = await times(12, (n) =>
        store.configItems.switchTo(`w${n}`, "v1", night + minutes(1) + n),
      );
      expect(switched.filter(Boolean)).toHaveLength(1);
      const now = `w${switched.indexOf(true)}`;
      expect(await store.configItems.pointer()).toBe(now);
      expect((await store.configItems.versions(10)).map(({ version }) => version)).toEqual([now, "v1"]);
    });

    test("that went wrong is taken back by switching to the one before, and both are in its history", async () => {
      const now = await store.configItems.pointer();
      expect(await store.configItems.switchTo("v1", now, night + minutes(2))).toBe(true);
      expect(await store.configItems.versions(2)).toEqual([
        { version: "v1", at: night + minutes(2) },
        { version: now, at: expect.any(Number) as number },
      ]);
      expect(await store.configItems.item("v1", "person/p0")).toEqual({ n: 0, tags: ["é", null] });
    });
  });
