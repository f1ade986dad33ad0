// The rules of what nobody has settled: it is handed on anew until somebody has, and what is settled never is.
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { RoutedAlert } from "../../../functions/core/alert.ts";
import type { StashRef } from "../../../functions/core/bus.ts";
import { minutes, seconds } from "../../../functions/core/time.ts";
import { anAlert, aStream, asSet, night, type OpenStore, type StoreUnderTest } from "./subject.ts";

export const handOnContract = (open: OpenStore): unknown =>
  describe("what nobody has settled", () => {
    let store: StoreUnderTest;
    const opened: StoreUnderTest[] = [];
    beforeEach(async () => {
      store = await open();
      opened.push(store);
    });
    afterAll(async () => {
      await Promise.all(opened.map((each) => each.close()));
    });

    const take = (alert: RoutedAlert, now = night) => store.alerts.accept([alert], now);
    const settle = (alert: RoutedAlert, revision = 1) =>
      store.alerts.settle([{ id: alert.id, revision, disposition: { kind: "joined", incident: aStream() } }]);
    const announced = async ({ id }: RoutedAlert) =>
      asSet(await store.feed()).filter((entry) => entry.id.startsWith(`${id}.`)).length;
    const handOn = (after: number, limit = 10) => store.alerts.handOn(night + after, limit);

    test("is left alone for a minute, then handed on anew, and again when its age has doubled", async () => {
      const alert = anAlert();
      await take(alert);
      expect(await handOn(seconds(59))).toEqual({ handedOn: 0, oldest: undefined });
      const rounds = [60, 61, 119, 120, 200, 240].map(seconds);
      const handedOn: number[] = [];
      for (const after of rounds) {
        const done = await handOn(after);
        expect(done.oldest).toBe(night);
        handedOn.push(done.handedOn);
      }
      expect(handedOn).toEqual([1, 0, 0, 1, 0, 1]);
      expect(await announced(alert)).toBe(4);
      expect((await store.alerts.read([alert.id]))[0]).toMatchObject({
        passedAt: night + seconds(240),
        count: 1,
      });
    });

    test("is done with once it is settled, however that came about", async () => {
      const alert = anAlert();
      await take(alert);
      await handOn(minutes(2));
      await settle(alert);
      expect(await handOn(minutes(20))).toEqual({ handedOn: 0, oldest: undefined });
    });

    test("of an alert that fires anew waits again, since then", async () => {
      const alert = anAlert();
      await take(alert);
      await settle(alert);
      await take({ ...alert, status: "resolved" }, night + minutes(1));
      expect(await handOn(minutes(3))).toEqual({ handedOn: 1, oldest: night + minutes(1) });
    });

    test("is nothing that its sender suppressed", async () => {
      await take(anAlert({ suppressed: "by-sender" }));
      await take(anAlert({ status: "resolved" }));
      expect(await handOn(minutes(9))).toEqual({ handedOn: 0, oldest: undefined });
    });

    test("goes on by the oldest first where it is more than can be handed on at once", async () => {
      const [late, early] = [anAlert(), anAlert()];
      await take(late, night + 1);
      await take(early, night);
      expect(await handOn(minutes(2), 1)).toEqual({ handedOn: 1, oldest: night });
      expect([await announced(early), await announced(late)]).toEqual([2, 1]);
    });

    test("of a large delivery is handed on until it was taken", async () => {
      await store.alerts.stash([anAlert()], night);
      expect(await handOn(seconds(59))).toEqual({ handedOn: 0, oldest: undefined });
      expect(await handOn(minutes(1))).toEqual({ handedOn: 1, oldest: night });
      expect(await handOn(minutes(1))).toEqual({ handedOn: 0, oldest: night });
      const stashes = (await store.feed()).filter(({ type }) => type === "AlertsStashed");
      expect(stashes).toHaveLength(2);
      for (const { detail } of stashes.slice(0, 1)) await store.alerts.dropStash((detail as StashRef).stash);
      expect(await handOn(minutes(30))).toEqual({ handedOn: 0, oldest: undefined });
    });
  });
