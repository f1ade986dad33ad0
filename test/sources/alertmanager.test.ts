// Alertmanager's webhook, as it is sent.
import { describe, expect, test } from "vitest";
import { alertmanager } from "../../functions/sources/alertmanager.ts";

const now = Date.UTC(2026, 10, 3, 1, 15);
const started = "2026-11-03T01:10:00.123456789Z";

const group = (alert: object, more: object = {}) => ({
  version: "4",
  groupKey: '{}/{severity="critical"}:{alertname="HighLatency"}',
  truncatedAlerts: 0,
  status: "firing",
  receiver: "muster",
  groupLabels: { alertname: "HighLatency" },
  commonLabels: {},
  commonAnnotations: {},
  externalURL: "http://alertmanager.example:9093",
  alerts: [
    {
      status: "firing",
      labels: { alertname: "HighLatency", severity: "page", service: "checkout" },
      annotations: {
        summary: "p99 above 2 s",
        description: "For 5 minutes.",
        runbook_url: "https://runbooks.example/latency",
      },
      startsAt: started,
      endsAt: "0001-01-01T00:00:00Z",
      generatorURL: "http://prometheus.example:9090/graph?g0.expr=x",
      fingerprint: "1a30ba71cca2921f",
      ...alert,
    },
  ],
  ...more,
});

const one = (body: unknown) => {
  const parsed = alertmanager.parse(body, { now });
  if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.alerts[0];
};

test("an alert keeps its fingerprint, labels, beginning and link, and its severity label is understood", () => {
  expect(one(group({}))).toEqual({
    fingerprint: "1a30ba71cca2921f",
    status: "firing",
    severity: "critical",
    title: "p99 above 2 s",
    description: "For 5 minutes.\nRunbook: https://runbooks.example/latency",
    labels: { alertname: "HighLatency", severity: "page", service: "checkout" },
    since: Date.parse("2026-11-03T01:10:00.123Z"),
    link: "http://prometheus.example:9090/graph?g0.expr=x",
  });
});

test("the zero time means that the sender does not say", () => {
  expect(one(group({ startsAt: "0001-01-01T00:00:00Z" }))).not.toHaveProperty("since");
});

test("a resolved alert says when it ended", () => {
  const ended = one(group({ status: "resolved", endsAt: "2026-11-03T01:12:00Z" }));
  expect(ended).toMatchObject({ status: "resolved", until: Date.UTC(2026, 10, 3, 1, 12) });
});

test("an end that is only expected is no end", () => {
  expect(one(group({ endsAt: "2026-11-03T01:20:00Z" }))).not.toHaveProperty("until");
});

test("alerts that the sender left out are named in title and labels", () => {
  expect(one(group({}, { truncatedAlerts: 7 }))).toMatchObject({
    title: "p99 above 2 s (+7 more alerts not sent)",
    labels: { alerts_not_sent: "7" },
  });
});

test("without a fingerprint the labels tell alerts apart, in whatever order they come", () => {
  const key = (labels: object) => one(group({ fingerprint: undefined, labels }))?.fingerprint;
  expect(key({ a: "1", b: "2" })).toBe(key({ b: "2", a: "1" }));
  expect(key({ a: "1", b: "2" })).not.toBe(key({ a: "1,b", b: "2" }));
});

test("without labels, too, what is wrong tells alerts apart", () => {
  const unlabelled = (summary: string, more: object = {}) =>
    one(group({ fingerprint: undefined, labels: {}, annotations: { summary }, ...more }));
  const fired = unlabelled("Cards are refused");
  expect(unlabelled("Disk full")?.fingerprint).not.toBe(fired?.fingerprint);
  expect(unlabelled("Cards are refused", { status: "resolved" })?.fingerprint).toBe(fired?.fingerprint);
});

test("without a summary the alert's name is the title", () => {
  expect(one(group({ annotations: null }))?.title).toBe("HighLatency");
  expect(one(group({ annotations: {}, labels: {} }))?.title).toBe("Unreadable alert from monitoring");
});

test.each([
  ["critical", "critical"],
  ["CRITICAL ", "critical"],
  ["P1", "critical"],
  ["high", "error"],
  ["warn", "warning"],
  ["info", "info"],
  ["none", "info"],
  ["purple", "error"],
  [undefined, "error"],
])("the severity label %j is %s", (severity, expected) => {
  expect(one(group({ labels: severity === undefined ? {} : { severity } }))?.severity).toBe(expected);
});

test("what Prometheus itself posts is understood: a bare list whose ends are only expected", () => {
  const body = [{ labels: { alertname: "A" }, startsAt: started, endsAt: "2026-11-03T01:20:00Z" }];
  expect(one(body)).toMatchObject({ status: "firing", title: "A" });
});

test("an unknown version and unknown fields are no reason to refuse", () => {
  expect(one(group({ silenceURL: "", values: { B: 1 } }, { version: "5", orgId: 1 }))?.title).toBe(
    "p99 above 2 s",
  );
});

test.each([
  "javascript:alert(1)",
  "java\nscript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  " https://prometheus.example",
  "file:///etc/passwd",
  "//evil.example",
  "https://",
])("a link that no browser should open is left out: %s", (generatorURL) => {
  expect(one(group({ generatorURL }))).not.toHaveProperty("link");
});

test.each([
  ["https://ada:secret@prometheus.example/graph", "https://prometheus.example/graph"],
  ["https://prometheus.example@evil.example/", "https://evil.example/"],
  ["https://evil\u202eelpmaxe.example/\u202e", undefined],
  ["https://prometheus.example/\u202e\u001b[2J", "https://prometheus.example/%E2%80%AE%1B[2J"],
  ["https://b\u00fccher.example/", "https://xn--bcher-kva.example/"],
])("a link shows the host that it leads to: %j", (generatorURL, link) => {
  expect(one(group({ generatorURL }))?.link).toBe(link);
});

test("a fingerprint of any length becomes one of bounded length that still tells alerts apart", () => {
  const [a, b] = ["a", "b"].map((end) => one(group({ fingerprint: "x".repeat(1000) + end }))?.fingerprint);
  expect(a).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(a).not.toBe(b);
});

test("a start ahead of time is now, that is: not said; an end ahead of time is none", () => {
  const early = alertmanager.parse(group({ startsAt: "2026-11-03T02:15:00Z" }), { now });
  expect(early).toMatchObject({ warnings: [{ field: "alerts[0].startsAt" }] });
  expect(one(group({ startsAt: "2026-11-03T02:15:00Z" }))).not.toHaveProperty("since");
  // A clock that is a little ahead is nothing to speak of.
  expect(alertmanager.parse(group({ startsAt: "2026-11-03T01:15:20Z" }), { now })).not.toHaveProperty(
    "warnings",
  );
});

test.each([
  ["Firing", "firing"],
  ["FIRING", "firing"],
  ["alerting", "firing"],
  ["pending", "firing"],
  ["burning", "firing"],
  [7, "firing"],
  ["Resolved", "resolved"],
  ["ok", "resolved"],
])("the status %j is %s", (status, expected) => expect(one(group({ status }))?.status).toBe(expected));

describe("an odd field loses no alert", () => {
  test.each([
    ["a label that is a number", { labels: { alertname: "A", shard: 3 } }, "labels.shard", { shard: "3" }],
    ["a label that is true", { labels: { alertname: "A", raid: true } }, "labels.raid", { raid: "true" }],
    ["a label that is null", { labels: { alertname: "A", x: null } }, "labels.x", { alertname: "A" }],
    ["a label that is a list", { labels: { alertname: "A", x: [1, "b"] } }, "labels.x", { x: '[1,"b"]' }],
    [
      "an annotation that is null",
      { annotations: { summary: null } },
      "annotations.summary",
      { alertname: "HighLatency" },
    ],
    ["labels that are a list", { labels: ["a"] }, "labels", {}],
    ["annotations that are text", { annotations: "x" }, "annotations", { alertname: "HighLatency" }],
    ["a fingerprint that is a number", { fingerprint: 7 }, "fingerprint", { alertname: "HighLatency" }],
    ["a fingerprint that is an object", { fingerprint: {} }, "fingerprint", { alertname: "HighLatency" }],
    ["a link that is an object", { generatorURL: {} }, "generatorURL", { alertname: "HighLatency" }],
    ["a start that is a word", { startsAt: "node-7" }, "startsAt", { alertname: "HighLatency" }],
    ["a start that is a list", { startsAt: [2026] }, "startsAt", { alertname: "HighLatency" }],
    ["an end that is a word", { endsAt: "later" }, "endsAt", { alertname: "HighLatency" }],
    ["an unknown status", { status: "burning" }, "status", { alertname: "HighLatency" }],
  ])("%s", (_what, odd, field, labels) => {
    const parsed = alertmanager.parse(group(odd), { now });
    expect(parsed).toMatchObject({
      alerts: [{ status: "firing", labels }],
      warnings: [{ field: `alerts[0].${field}` }],
    });
  });

  test("an annotation that is no text is its JSON", () => {
    expect(one(group({ annotations: { summary: { en: "slow" }, description: 7 } }))).toMatchObject({
      title: '{"en":"slow"}',
      description: "7",
    });
  });

  test("what is no alert among the alerts is skipped", () => {
    const [alert] = group({}).alerts;
    const parsed = alertmanager.parse({ alerts: [null, alert, "text", {}, alert] }, { now });
    expect(parsed).toMatchObject({
      alerts: [{ title: "p99 above 2 s" }, { title: "p99 above 2 s" }],
      warnings: [{ field: "alerts[0]" }, { field: "alerts[2]" }, { field: "alerts[3].labels" }],
    });
  });

  test("an acknowledgement changes nothing", () => {
    expect(alertmanager.parse(group({ status: "acknowledged" }), { now })).toMatchObject({
      alerts: [],
      warnings: [{ field: "alerts[0].status" }],
    });
  });

  test("one alert instead of a list is one alert", () => {
    const [alert] = group({}).alerts;
    for (const body of [alert, { alerts: alert }])
      expect(alertmanager.parse(body, { now })).toMatchObject({
        alerts: [{ title: "p99 above 2 s" }],
        warnings: [{ field: "alerts" }],
      });
  });

  test("what is in no known form pages with all that it says", () => {
    expect(alertmanager.parse({ weather: "storm", wind: 12 }, { now, source: "prometheus" })).toMatchObject({
      alerts: [{ title: "Unreadable alert from prometheus", labels: { weather: "storm", wind: "12" } }],
    });
  });
});

test("only what says nothing at all is refused", () => {
  for (const body of [{}, { alerts: null }, { alerts: [null, {}] }, null, 7, "text"])
    expect(alertmanager.parse(body, { now })).toHaveProperty("problems");
  expect(alertmanager.parse({}, { now })).toEqual({
    problems: [{ field: "alerts", message: "must be a list, but is missing" }],
  });
});
