// Grafana's webhook from before unified alerting, at either door.
import { describe, expect, test } from "vitest";
import { alertmanager } from "../../functions/sources/alertmanager.ts";
import { generic } from "../../functions/sources/generic.ts";

const body = (state: string, more: object = {}) => ({
  dashboardId: 1,
  evalMatches: [{ value: 100.5, metric: "High value", tags: null }],
  imageUrl: "https://grafana.example/assets/x.png",
  message: "Orders pile up",
  orgId: 1,
  panelId: 2,
  ruleId: 4,
  ruleName: "Queue length alert",
  ruleUrl: "https://grafana.example/d/hZ7BuVbWz/orders?tab=alert",
  state,
  tags: { service: "checkout", severity: "critical" },
  title: `[${state}] Queue length alert`,
  ...more,
});

describe.each(Object.entries({ alertmanager, generic }))("at the %s door", (_door, source) => {
  const parsed = (state: string, more: object = {}) => source.parse(body(state, more), { now: 0 });
  const one = (state: string, more: object = {}) => {
    const answer = parsed(state, more);
    return "alerts" in answer ? answer.alerts[0] : undefined;
  };

  test("an alert fires with its name, tags, message, measured values and link", () => {
    expect(one("alerting")).toEqual({
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      status: "firing",
      severity: "critical",
      title: "Queue length alert",
      description: "Orders pile up\nHigh value: 100.5",
      labels: { alertname: "Queue length alert", service: "checkout", severity: "critical" },
      link: "https://grafana.example/d/hZ7BuVbWz/orders?tab=alert",
    });
    expect(one("no_data", { evalMatches: [] })?.status).toBe("firing");
  });

  test("its end is known by its rule, though its title is another one", () => {
    expect(one("ok")).toMatchObject({ status: "resolved", fingerprint: one("alerting")?.fingerprint });
    expect(one("ok", { ruleId: 5 })?.fingerprint).not.toBe(one("alerting")?.fingerprint);
    const unnamed = { ruleId: 0, ruleName: undefined };
    expect(one("ok", unnamed)).toMatchObject({
      title: "Queue length alert",
      fingerprint: one("alerting", unnamed)?.fingerprint,
    });
  });

  test.each(["pending", "paused"])("%s is neither a fire nor an end", (state) => {
    expect(parsed(state)).toMatchObject({ alerts: [], warnings: [{ field: "state" }] });
  });

  test("a state that nobody knows fires", () => {
    expect(parsed("burning")).toMatchObject({
      alerts: [{ status: "firing" }],
      warnings: [{ field: "state" }],
    });
  });
});
