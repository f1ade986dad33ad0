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

    const joined = async (incident: StreamId, ...alerts: readonly Partial<RoutedAlert>[]) => {
      const made = alerts.map((each) => ({ ...anAlert(), ...each }));
      await store.alerts.accept(made, night);
      await settle(made, { kind: "joined", incident });
      return made;
    };
    const titlesIn = async (incident: StreamId, most = 10) => {
      const { alerts, whole } = await store.members.firing(incident, most);
      return [...alerts.map(({ title, severity }) => `${severity} ${title}`), ...(whole ? [] : ["…"])];
    };

    test("fire as one of each symptom, the gravest first, however many there are of each", async () => {
      const incident = aStream();
      expect(await store.members.firing(incident, 10)).toEqual({ alerts: [], whole: true });
      const pods = [...Array(40).keys()].map(
        (n) => ({ title: `Pod ${n} is down`, severity: "warning" }) as const,
      );
      const [, first] = await joined(
        incident,
        { title: "Ledger is wrong", severity: "error", since: night - 5 },
        { title: "All payments are refused", severity: "critical", since: night - 7 },
        { title: "Ledger is wrong", severity: "warning" },
        ...pods,
      );
      await joined(aStream(), { title: "Elsewhere", severity: "critical" });
      const { alerts, whole } = await store.members.firing(incident, 10);
      expect(whole).toBe(true);
      expect(alerts[0]).toEqual({
        alert: first?.id,
        title: "All payments are refused",
        severity: "critical",
        since: night - 7,
      });
      expect(alerts[1]).toMatchObject({ title: "Ledger is wrong", severity: "error" });
      expect(alerts[2]).toMatchObject({ severity: "warning" });
      expect(alerts[2]?.title).toMatch(/^Pod \d+ is down$/);
      expect(alerts).toHaveLength(3);
    });

    test("are looked up as far as is asked for, and it is said where there are others", async () => {
      const incident = aStream();
      await joined(
        incident,
        { title: "c", severity: "warning" },
        { title: "a", severity: "critical" },
        { title: "b", severity: "error" },
      );
      expect(await titlesIn(incident, 3)).toEqual(["critical a", "error b", "warning c"]);
      expect(await titlesIn(incident, 2)).toEqual(["critical a", "error b", "…"]);
    });

    test("fire no more once they have ended, even where another of the same symptom goes on", async () => {
      const incident = aStream();
      const [one, other, disk] = await joined(
        incident,
        { title: "Pod 1 is down", severity: "error" },
        { title: "Pod 2 is down", severity: "error" },
        { title: "Disk full", severity: "warning" },
      );
      const end = async (alert: RoutedAlert | undefined, at: number) => {
        if (alert === undefined) throw new Error("nothing fires");
        await store.alerts.accept([{ ...alert, status: "resolved" }], at);
      };
      await end(one, night + 1);
      expect(await titlesIn(incident)).toEqual(["error Pod 2 is down", "warning Disk full"]);
      await end(disk, night + 2);
      expect(await titlesIn(incident)).toEqual(["error Pod 2 is down"]);
      await end(other, night + 3);
      expect(await titlesIn(incident)).toEqual([]);
    });

    test("fire as severely as they do now", async () => {
      const incident = aStream();
      const [disk] = await joined(incident, { title: "Disk full", severity: "warning" });
      if (disk === undefined) throw new Error("nothing fires");
      await store.alerts.accept([{ ...disk, severity: "critical" }], night + 1);
      expect(await titlesIn(incident)).toEqual(["critical Disk full"]);
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
