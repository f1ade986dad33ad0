// Many senders at once: their requests share a transaction, and none pays for another's fault.
import { expect, test } from "vitest";
import { anAlert, night } from "../../support/moments.ts";
import { aSqliteStore } from "../../support/stores.ts";

test("requests of one turn share a transaction, and each gets its own receipts", async () => {
  const { alerts, feed } = aSqliteStore();
  const requests = ["a", "b", "a", "c"].map((id) => alerts.accept([anAlert(id)], night));
  expect((await Promise.all(requests)).flat()).toEqual([
    { id: "a", verdict: "accepted" },
    { id: "b", verdict: "accepted" },
    { id: "a", verdict: "duplicate" },
    { id: "c", verdict: "accepted" },
  ]);
  expect(feed.last()).toBe(3);
  const [a] = await alerts.read(["a"]);
  expect(a?.count).toBe(2);
});

test("a request that can't be kept is refused alone", async () => {
  const { alerts, feed } = aSqliteStore();
  const huge = anAlert("huge", { labels: { log: "x".repeat(500_000) } });
  const [first, bad, good] = await Promise.allSettled([
    alerts.accept([anAlert("first")], night),
    alerts.accept([huge], night),
    alerts.accept([anAlert("good")], night),
  ]);
  expect([first?.status, bad?.status, good?.status]).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect((await alerts.read(["first", "huge", "good"])).map(({ id }) => id)).toEqual(["first", "good"]);
  expect(feed.after(0, 10, new Set(["AlertAccepted"])).rows).toHaveLength(2);
});

test("a title of any length leaves a record of less than a kilobyte", async () => {
  const { alerts } = aSqliteStore();
  await alerts.accept([anAlert("a", { title: `${"x".repeat(298)}😀${"y".repeat(9000)}` })], night);
  const [record] = await alerts.read(["a"]);
  expect(record?.title).toBe(`${"x".repeat(298)}…`);
});
