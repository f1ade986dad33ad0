// Whether it burns, as senders say it at the generic door: a plain recovery never pages, and a doubt does.
import { describe, expect, test } from "vitest";
import { generic } from "../../functions/sources/generic.ts";

const now = Date.UTC(2026, 10, 3, 1, 15);
const parsed = (fields: object) => {
  const answer = generic.parse({ title: "A", ...fields }, { now });
  if ("problems" in answer) throw new Error(JSON.stringify(answer.problems));
  return answer;
};
const said = (fields: object) => parsed(fields).alerts[0]?.status ?? "neither";

test.each([
  ["Grafana", { state: "ok" }],
  ["Grafana", { state: "Normal (NoData)" }],
  ["Datadog", { alert_transition: "Recovered" }],
  ["Datadog", { alert_transition: "No Data Recovered", alert_type: "success" }],
  ["Datadog", { alert_type: "success" }],
  ["PagerDuty", { event_action: "resolve" }],
  ["New Relic", { state: "CLOSED" }],
  ["New Relic", { current_state: "closed" }],
  ["Icinga", { notification_type: "RECOVERY", state: "OK" }],
  ["Icinga", { notification_type: "RECOVERY", state: "UP" }],
  ["Zabbix", { event_status: "RESOLVED" }],
  ["Zabbix", { trigger_status: "OK" }],
  ["Opsgenie", { action: "Close" }],
  [
    "Uptime Kuma",
    { title: undefined, heartbeat: { status: 1 }, monitor: { name: "shop" }, msg: "[shop] Up" },
  ],
  ["Kapacitor", { level: "OK" }],
  ["Splunk On-Call", { message_type: "RECOVERY", state_message: "ok" }],
  ["CloudWatch", { NewStateValue: "OK" }],
  ["a script", { event_type: "recovery" }],
  ["a script", { alertType: "Resolved" }],
  ["a script", { severity: "ok" }],
  ["a script", { status: " Resolved " }],
  ["a script", { status: "resolved", severity: "critical", level: "critical" }],
])("a recovery by %s pages nobody: %j", (_sender, fields) => {
  expect(said(fields)).toBe("resolved");
  expect(parsed(fields)).not.toHaveProperty("warnings");
});

test.each([
  ["Grafana", { state: "alerting" }],
  ["Grafana", { state: "no_data" }],
  ["Datadog", { alert_transition: "Re-Triggered", alert_type: "error" }],
  ["Datadog", { alert_transition: "No Data" }],
  ["PagerDuty", { event_action: "trigger" }],
  ["New Relic", { state: "ACTIVATED" }],
  ["Icinga", { notification_type: "PROBLEM", state: "UNKNOWN" }],
  ["Zabbix", { event_status: "PROBLEM" }],
  [
    "Uptime Kuma",
    { title: undefined, heartbeat: { status: 0 }, monitor: { name: "shop" }, msg: "[shop] Down" },
  ],
  ["Splunk On-Call", { message_type: "CRITICAL" }],
  ["Datadog", { event_type: "metric_alert_monitor" }],
  ["CloudWatch", { NewStateValue: "ALARM" }],
  ["a script", { status: "FIRING" }],
  ["a script", { state: "Texas", action: "restart the node" }],
  ["a script whose priorities are called so", { priority: "normal", level: "normal" }],
  ["a script", {}],
])("a fire by %s pages: %j", (_sender, fields) => {
  expect(said(fields)).toBe("firing");
  expect(parsed(fields)).not.toHaveProperty("warnings");
});

describe("what is in doubt fires, with a warning that names the field", () => {
  test.each([
    [{ status: "firing", state: "ok" }, "state"],
    [{ status: "resolved", alert_transition: "Triggered" }, "status"],
    [{ event_action: "trigger", severity: "ok" }, "severity"],
    [{ status: "burning" }, "status"],
    [{ status: "pending" }, "status"],
    [{ status: 500 }, "status"],
    [{ status: ["ok"] }, "status"],
    [{ status: "OK (1 critical)" }, "status"],
    [{ status: "resolved (still failing in eu)" }, "status"],
  ])("%j", (fields, field) => {
    expect(said(fields)).toBe("firing");
    expect(parsed(fields).warnings).toMatchObject([{ field }]);
  });
});

test("a status that can't be read fires, whatever other fields say", () => {
  expect(said({ status: { code: "burning" }, state: "ok" })).toBe("firing");
  expect(said({ status: ["firing"], severity: "ok" })).toBe("firing");
  expect(said({ status: "burning", state: "ok" })).toBe("firing");
});

test.each(["Normal (NoData)", "Normal (Error, KeepLast)", "normal(MissingSeries)"])(
  "the reason that Grafana gives beside a state changes nothing: %s",
  (state) => {
    expect(said({ state })).toBe("resolved");
    expect(said({ state: state.replace(/normal/i, "Alerting") })).toBe("firing");
  },
);

test.each([
  { status: "acknowledged" },
  { event_action: "acknowledge" },
  { state: "ACKNOWLEDGED" },
  { notification_type: "ACKNOWLEDGEMENT", state: "CRITICAL" },
  { notification_type: "DOWNTIMESTART", state: "DOWN" },
  { action: "Acknowledge" },
  { heartbeat: { status: 3 } },
])("that somebody has it is neither a fire nor an end: %j", (fields) => {
  expect(said(fields)).toBe("neither");
  expect(parsed(fields).warnings).toHaveLength(1);
});

test("what says firing in our own word means it, whatever stands beside it", () => {
  const { alerts, warnings } = parsed({ status: "firing", action: "ack" });
  expect(alerts[0]?.status).toBe("firing");
  expect(warnings).toMatchObject([{ field: "action" }]);
});

test("Uptime Kuma's end is known by its monitor, as its message is another one", () => {
  const heard = (status: number, msg: string) =>
    parsed({ title: undefined, heartbeat: { status }, monitor: { name: "shop" }, msg }).alerts[0];
  expect(heard(0, "[shop] [🔴 Down] timeout")).toMatchObject({
    title: "shop",
    description: "[shop] [🔴 Down] timeout",
  });
  expect(heard(1, "[shop] [✅ Up] 200")?.fingerprint).toBe(heard(0, "[shop] [🔴 Down] timeout")?.fingerprint);
});
