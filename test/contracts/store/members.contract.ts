// The rules of an incident's alerts: who still fires, how many there were, and that none is swallowed after its end.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StreamId } from "../../../functions/core/aggregate.ts";
import type { Disposition, RoutedAlert } from "../../../functions/core/alert.ts";
import { anAlert, aStream, night, type OpenStore, type StoreUnderTest } from "./subject.ts";

export const membersContract = (open: OpenStore): unknown =>
  describe("an incident's alerts", () => {
    let store: StoreUnderTest;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    const settle = async (alerts: readonly RoutedAlert[], disposition: Disposition): Promise<void> => {
      const records = await store.alerts.read(alerts.map(({ id }) => id));
      await store.alerts.settle(records.map(({ id, revision }) => ({ id, revision, disposition })));
    };
    const firingIn = async (incident: StreamId, count: number): Promise<readonly RoutedAlert[]> => {
      const alerts = [...Array(count)].map(() => anAlert());
      await store.alerts.accept(alerts, night);
      await settle(alerts, { kind: "joined", incident });
      return alerts;
    };

    test("are none where nothing was settled", async () => {
      const incident = aStream();
      expect(await store.members.anyFiring(incident)).toBe(false);
      expect(await store.members.count(incident)).toBe(0);
      expect(await store.members.release(incident, 10)).toBe(0);
    });

    test("fire until the last of them has ended", async () => {
      const incident = aStream();
      const alerts = await firingIn(incident, 3);
      expect(await store.members.anyFiring(incident)).toBe(true);
      const ends = alerts.map((alert): RoutedAlert => ({ ...alert, status: "resolved" }));
      await store.alerts.accept(ends.slice(0, 2), night + 1);
      expect(await store.members.anyFiring(incident)).toBe(true);
      await store.alerts.accept(ends.slice(2), night + 2);
      expect(await store.members.anyFiring(incident)).toBe(false);
      await settle(alerts, { kind: "resolved", incident });
      expect(await store.members.anyFiring(incident)).toBe(false);
      expect(await store.members.count(incident)).toBe(3);
    });

    test("are counted once, however often they are settled", async () => {
      const incident = aStream();
      const alerts = await firingIn(incident, 30);
      await settle(alerts, { kind: "joined", incident });
      const worse = alerts.slice(0, 5).map((alert): RoutedAlert => ({ ...alert, severity: "warning" }));
      await store.alerts.accept(worse, night + 1);
      await settle(worse, { kind: "joined", incident });
      expect(await store.members.count(incident)).toBe(30);
    });

    test("leave it when they are settled into another", async () => {
      const [first, second] = [aStream(), aStream()];
      const alerts = await firingIn(first, 2);
      await settle(alerts, { kind: "joined", incident: second });
      expect(await store.members.anyFiring(first)).toBe(false);
      expect(await store.members.anyFiring(second)).toBe(true);
      expect(await store.members.count(second)).toBe(2);
    });

    test("that fire anew belong to no incident until they are settled", async () => {
      const incident = aStream();
      const [alert] = await firingIn(incident, 1);
      if (alert === undefined) throw new Error("nothing fires");
      await store.alerts.accept([{ ...alert, status: "resolved" }], night + 1);
      await store.alerts.accept([{ ...alert, since: night + 2 }], night + 2);
      expect(await store.members.anyFiring(incident)).toBe(false);
    });

    test("are released when it is over, a few at a time, and the next repeat of each is handed on at once", async () => {
      const incident = aStream();
      const alerts = await firingIn(incident, 23);
      const other = await firingIn(aStream(), 2);
      const released: number[] = [];
      for (;;) {
        released.push(await store.members.release(incident, 10));
        if (released.at(-1) === 0) break;
      }
      expect(released).toEqual([10, 10, 3, 0]);
      const receipts = await store.alerts.accept([...alerts, ...other], night + 1);
      expect(receipts.map(({ verdict }) => verdict)).toEqual([
        ...alerts.map(() => "repassed"),
        ...other.map(() => "duplicate"),
      ]);
      expect(await store.members.count(incident)).toBe(23);
    });
  });
