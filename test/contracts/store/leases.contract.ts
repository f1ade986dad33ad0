// The rules of calling a provider: the intent is committed first, one caller at a time, none after an acknowledgement.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seconds } from "../../../functions/core/time.ts";
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

export const leasesContract = (open: OpenStore): unknown =>
  describe("a delivery", () => {
    let store: StoreUnderTest;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    const until = night + seconds(30);
    const anIncident = async (epoch: number) => {
      const stream = aStream();
      await committed(store.journal.append(aCommit(stream, 0, { epoch })));
      return stream;
    };

    test("is begun once, and is in flight for everybody else until its lease lapses", async () => {
      const stream = await anIncident(2);
      const delivery = aName("p1");
      expect(await store.leases.begin(delivery, stream, 2, night, until)).toEqual({ outcome: "begun" });
      expect(await store.leases.begin(delivery, stream, 2, until - 1, until)).toEqual({
        outcome: "in-flight",
      });
    });

    test("is not begun after the incident moved on", async () => {
      const stream = await anIncident(2);
      const delivery = aName("p1");
      await committed(store.journal.append(aCommit(stream, 1, { epoch: 3 })));
      expect(await store.leases.begin(delivery, stream, 2, night, until)).toEqual({ outcome: "moved-on" });
      expect(await store.leases.begin(delivery, aStream(), 0, night, until)).toEqual({ outcome: "moved-on" });
      expect(await store.leases.begin(delivery, stream, 3, night, until)).toEqual({ outcome: "begun" });
    });

    test("that is finished is never begun again", async () => {
      const stream = await anIncident(0);
      const delivery = aName("p1");
      await store.leases.begin(delivery, stream, 0, night, until);
      await store.leases.finish(delivery);
      await store.leases.finish(delivery);
      expect(await store.leases.begin(delivery, stream, 0, night, until)).toEqual({ outcome: "finished" });
      expect(await store.leases.begin(delivery, stream, 0, until + 1, until + seconds(30))).toEqual({
        outcome: "finished",
      });
    });

    test("is begun by exactly one of thirty who try at once", async () => {
      const stream = await anIncident(0);
      const delivery = aName("p1");
      const outcomes = await times(30, () => store.leases.begin(delivery, stream, 0, night, until));
      expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual([
        "begun",
        ...Array.from({ length: 29 }, () => "in-flight"),
      ]);
    });

    test("whose lease lapsed is taken over by exactly one of thirty, who has the time to look what became of it", async () => {
      const stream = await anIncident(0);
      const delivery = aName("p1");
      await store.leases.begin(delivery, stream, 0, night, until);
      const later = until + seconds(30);
      const outcomes = await times(30, () => store.leases.begin(delivery, stream, 0, until, later));
      expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual([
        ...Array.from({ length: 29 }, () => "in-flight"),
        "lapsed",
      ]);
      expect(await store.leases.begin(delivery, stream, 0, later - 1, later)).toEqual({
        outcome: "in-flight",
      });
      expect(await store.leases.begin(delivery, stream, 0, later, later + 1)).toEqual({ outcome: "lapsed" });
    });

    test("after an acknowledgement none can begin: of both at once the epoch decides", async () => {
      for (let round = 0; round < 5; round++) {
        const stream = await anIncident(0);
        const deliveries = [...Array(12)].map(() => aName("p"));
        const [begun] = await Promise.all([
          Promise.all(deliveries.map((delivery) => store.leases.begin(delivery, stream, 0, night, until))),
          store.journal.append(aCommit(stream, 1, { epoch: 1 })),
        ]);
        for (const { outcome } of begun) expect(["begun", "moved-on"]).toContain(outcome);
        expect(await store.leases.begin(aName("p"), stream, 0, night, until)).toEqual({
          outcome: "moved-on",
        });
      }
    });
  });
