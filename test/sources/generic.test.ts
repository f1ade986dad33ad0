// Whatever can post JSON.
import { expect, test } from "vitest";
import { generic } from "../../functions/sources/generic.ts";

const all = (body: unknown) => {
  const parsed = generic.parse(body, { now: 0 });
  if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.alerts;
};

test("a title is enough", () => {
  expect(all({ title: "disk full" })).toEqual([
    {
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      status: "firing",
      severity: "error",
      title: "disk full",
      labels: {},
    },
  ]);
});

test("every documented field is taken", () => {
  const body = {
    title: "disk full",
    status: "resolved",
    severity: "warning",
    service: "warehouse",
    dedup_key: "disk/1",
    labels: { site: "north", disk: 1, raid: true, note: null },
    description: "two\nlines",
    since: "2026-11-03T01:10:00Z",
    until: 1_793_668_320,
    link: "https://graphs.example/disk",
  };
  expect(all(body)).toEqual([
    {
      fingerprint: "disk/1",
      status: "resolved",
      severity: "warning",
      title: "disk full",
      labels: { service: "warehouse", severity: "warning", site: "north", disk: "1", raid: "true" },
      description: "two\nlines",
      since: Date.UTC(2026, 10, 3, 1, 10),
      until: 1_793_668_320_000,
      link: "https://graphs.example/disk",
    },
  ]);
});

test("one alert, a list of them, and a list under alerts are the same", () => {
  const alert = { title: "t" };
  expect(all([alert])).toEqual(all(alert));
  expect(all({ alerts: [alert] })).toEqual(all(alert));
});

test("without a key the end of an alert is known by what its beginning said", () => {
  const [fired] = all({ title: "t", service: "s", severity: "critical", labels: { a: 1, b: 2 } });
  const [ended] = all({ title: "t", service: "s", status: "ok", labels: { b: 2, a: 1 } });
  const [other] = all({ title: "t", service: "other", status: "ok", labels: { b: 2, a: 1 } });
  expect(ended?.fingerprint).toBe(fired?.fingerprint);
  expect(other?.fingerprint).not.toBe(fired?.fingerprint);
});

test.each([
  ["triggered", "firing"],
  ["Problem", "firing"],
  ["OK", "resolved"],
  ["recovered", "resolved"],
])("the status %s is %s", (status, expected) =>
  expect(all({ title: "t", status })[0]?.status).toBe(expected),
);

test("what Alertmanager sends is understood at this door as well", () => {
  const body = {
    version: "4",
    status: "firing",
    alerts: [{ status: "firing", labels: { alertname: "A" }, annotations: {} }],
  };
  expect(all(body)).toMatchObject([{ status: "firing", title: "A" }]);
});

test("an alert without a title pages with all that it says", () => {
  expect(
    generic.parse({ host: "db-3", service: "checkout", full: 0.93 }, { now: 0, source: "acme" }),
  ).toMatchObject({
    alerts: [
      {
        title: "Unreadable alert from acme",
        status: "firing",
        labels: { service: "checkout", host: "db-3", full: "0.93" },
      },
    ],
    warnings: [{ field: "title" }],
  });
});

test("a key or a token of the sender is never shown", () => {
  const [alert] = all({ routing_key: "R0ABC", apiToken: "t", host: "db-3" });
  expect(alert?.labels).toEqual({ host: "db-3" });
});

test("PagerDuty's event is understood", () => {
  const event = { routing_key: "R0ABC", event_action: "trigger", dedup_key: "d" };
  const payload = { summary: "Disk full", severity: "critical", source: "db-3" };
  expect(all({ ...event, payload })).toMatchObject([
    { fingerprint: "d", status: "firing", title: "Disk full", severity: "critical" },
  ]);
  const end = generic.parse({ ...event, event_action: "resolve" }, { now: 0 });
  expect(end).toMatchObject({ alerts: [{ fingerprint: "d", status: "resolved" }] });
  expect(end).not.toHaveProperty("warnings");
});

test("a start in the future is now, and one that is no time is not said", () => {
  const since = (value: unknown) =>
    generic.parse({ title: "t", since: value }, { now: Date.UTC(2026, 10, 3) });
  for (const odd of ["2026-11-30", "node-7", "03/12/2026", {}, true]) {
    expect(since(odd)).toMatchObject({ warnings: [{ field: "since" }] });
    expect(since(odd)).not.toMatchObject({ alerts: [{ since: expect.anything() }] });
  }
  expect(since("2026-11-02T10:00")).toMatchObject({ alerts: [{ since: Date.UTC(2026, 10, 2, 10) }] });
});

test("an alert that says nothing is refused by name", () => {
  expect(generic.parse({}, { now: 0 })).toMatchObject({ problems: [{ field: "title" }] });
  expect(generic.parse({ alerts: {} }, { now: 0 })).toMatchObject({ problems: [{ field: "alerts.title" }] });
});

test.each([[[]], [["cpu", "disk"]], [[null]], [{}], [{ count: 3 }], [3], [null]])(
  "a title of its own is an alert, whatever else is called alerts: %j",
  (alerts) => {
    expect(all({ title: "Checkout is down", severity: "critical", alerts })).toMatchObject([
      { title: "Checkout is down", severity: "critical", status: "firing" },
    ]);
  },
);

test("numbers that JSON's readers round do not make two alerts one", () => {
  const alert = (key: string, title: string, status = "firing") =>
    all(JSON.parse(`{"title":"${title}","status":"${status}","dedup_key":${key}}`))[0]?.fingerprint;
  const disk = alert("12345678901234567891", "Disk full");
  expect(alert("12345678901234567892", "Cards are refused")).not.toBe(disk);
  expect(alert("12345678901234567891", "Disk full", "resolved")).toBe(disk);
  expect(alert("42", "Disk full")).toBe("42");
});
