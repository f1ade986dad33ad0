// What the feed says to the rest of the house.
import { expect, test } from "vitest";
import { alertEntry, commitEntries } from "../../functions/core/bus.ts";
import { takeAlert, unsettledRepass } from "../../functions/core/take-alert.ts";

const routed = {
  id: "a1",
  fingerprint: "f1",
  status: "firing",
  severity: "critical",
  title: "down",
  labels: { secret: "x" },
  source: "prometheus",
  service: "checkout",
  correlation: "checkout",
  drill: false,
  copies: 1,
} as const;

test("a repeat of the same news has the same name, and handing it on again another one", () => {
  const { record } = takeAlert(undefined, routed, 1000);
  const again = takeAlert(record, routed, 1000 + unsettledRepass).record;
  expect(alertEntry(record)).toEqual(alertEntry({ ...record }));
  expect(alertEntry(again).id).not.toBe(alertEntry(record).id);
});

test("the bus carries references, never what an alert says", () => {
  expect(alertEntry(takeAlert(undefined, routed, 1000).record).detail).toEqual({
    alert: "a1",
    revision: 1,
    correlation: "checkout",
    drill: false,
  });
});

test("each event of a commit is named by its place, and refers to the delivery before its page", () => {
  const events = [
    { type: "PageOpened", page: "p1" },
    { type: "DeliveryWanted", page: "p1", delivery: "p1.0.1" },
    { type: "NoticeWanted", notice: "n2" },
    { type: "IncidentStoodDown" },
  ];
  const entries = commitEntries("incident/1", 7, true, events);
  expect(entries.map(({ id }) => id)).toEqual([0, 1, 2, 3].map((n) => `incident/1.7.${n}`));
  expect(entries.map(({ detail }) => ("ref" in detail ? detail.ref : undefined))).toEqual([
    "p1",
    "p1.0.1",
    "n2",
    undefined,
  ]);
  expect(entries.every(({ detail }) => "drill" in detail && detail.drill)).toBe(true);
});
