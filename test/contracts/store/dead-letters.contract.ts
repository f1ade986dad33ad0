// The rules of what could not be taken: it is kept, it is seen, and one order puts it back on its way.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commitEntries } from "../../../functions/core/bus.ts";
import type { DeadLetter } from "../../../functions/ports.ts";
import { aName, aStream, night, type OpenStore, type StoreUnderTest } from "./subject.ts";

export const deadLettersContract = (open: OpenStore): unknown =>
  describe("a dead letter", () => {
    let store: StoreUnderTest;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    const aLetter = (at: number): DeadLetter => ({
      id: aName("letter"),
      function: "relay-events",
      reason: "events could not be read",
      at,
      body: commitEntries(aStream(), 1, false, [{ type: "PageMade" }])[0],
    });

    test("is listed as it was written, once, the oldest first", async () => {
      const letters = [aLetter(night), aLetter(night + 1), aLetter(night + 2)];
      for (const letter of letters) await store.deadLetters.add(letter);
      for (const letter of letters) await store.deadLetters.add(letter);
      expect(await store.deadLetters.list(10)).toEqual(letters);
      expect(await store.deadLetters.list(2)).toEqual(letters.slice(0, 2));
    });

    test("is gone from the list once it was put back on its way", async () => {
      expect(await store.deadLetters.redrive(2)).toBe(2);
      expect(await store.deadLetters.list(10)).toHaveLength(1);
      expect(await store.deadLetters.redrive(10)).toBe(1);
      expect(await store.deadLetters.redrive(10)).toBe(0);
      expect(await store.deadLetters.list(10)).toEqual([]);
    });
  });
