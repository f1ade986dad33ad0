// CloudWatch alarms, in the form that EventBridge documents.
import { describe, expect, test } from "vitest";
import { cloudwatch } from "../../functions/sources/cloudwatch.ts";

const arn = "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:Checkout latency";
const event = (value: string, before = "OK", more: object = {}) => ({
  "detail-type": "CloudWatch Alarm State Change",
  account: "111122223333",
  region: "eu-west-1",
  time: "2026-11-03T01:15:00Z",
  resources: [arn],
  detail: {
    alarmName: "Checkout latency",
    state: { value, reason: "Threshold Crossed: 1 datapoint", timestamp: "2026-11-03T01:14:59.989+0000" },
    previousState: { value: before, timestamp: "2026-11-03T01:00:00.000+0000" },
    configuration: {
      description: "Customers wait. severity: critical",
      metrics: [
        { id: "e1", expression: "m1/60", returnData: true },
        {
          id: "m1",
          metricStat: {
            metric: {
              namespace: "AWS/ApplicationELB",
              name: "TargetResponseTime",
              dimensions: { LoadBalancer: "app/shop/1" },
            },
          },
        },
      ],
    },
  },
  ...more,
});

const parse = (body: unknown) => {
  const parsed = cloudwatch.parse(body, { now: 0 });
  if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.alerts;
};

test("ALARM fires, with the alarm's name, metric, dimensions and its place in the console", () => {
  expect(parse(event("ALARM"))).toEqual([
    {
      fingerprint: arn,
      status: "firing",
      severity: "critical",
      title: "Checkout latency",
      description: "Customers wait. severity: critical\nThreshold Crossed: 1 datapoint",
      labels: {
        alarm: "Checkout latency",
        account: "111122223333",
        region: "eu-west-1",
        namespace: "AWS/ApplicationELB",
        metric: "TargetResponseTime",
        LoadBalancer: "app/shop/1",
      },
      since: Date.parse("2026-11-03T01:14:59.989Z"),
      link: "https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#alarmsV2:alarm/Checkout%20latency",
    },
  ]);
});

test("OK resolves the same alert, and says how long it burned", () => {
  expect(parse(event("OK", "ALARM"))).toMatchObject([
    {
      fingerprint: arn,
      status: "resolved",
      since: Date.UTC(2026, 10, 3, 1, 0),
      until: Date.parse("2026-11-03T01:14:59.989Z"),
    },
  ]);
});

test("INSUFFICIENT_DATA neither opens nor ends anything", () => {
  expect(parse(event("INSUFFICIENT_DATA", "ALARM"))).toEqual([]);
});

test.each([
  ["cn-north-1", "console.amazonaws.cn"],
  ["us-gov-west-1", "console.amazonaws-us-gov.com"],
  ["eusc-de-east-1", "console.amazonaws-eusc.eu"],
])("the console of %s is %s", (region, host) => {
  expect(parse(event("ALARM", "OK", { region }))[0]?.link).toContain(`https://${region}.${host}/`);
});

test.each([
  ["an address", "evil.example/"],
  ["millions of parts", `eu${"-a".repeat(5 * 1024 * 1024)}-1`],
])("a region that is none gives no link: %s", (_, region) => {
  expect(parse(event("ALARM", "OK", { region }))[0]).not.toHaveProperty("link");
});

test("an alarm without its ARN is still known by account, region and name", () => {
  expect(parse(event("ALARM", "OK", { resources: [] }))[0]?.fingerprint).toBe(arn);
});

describe("what AWS does not act upon itself", () => {
  const named = (alarmName: string, description?: string, state: object = {}) => {
    const { detail, ...rest } = event("ALARM");
    return parse({
      ...rest,
      detail: { ...detail, alarmName, state: { ...detail.state, ...state }, configuration: { description } },
    })[0];
  };

  test("an alarm of target tracking is a scaling alarm", () => {
    const note = "DO NOT EDIT OR DELETE. For TargetTrackingScaling policy arn:aws:autoscaling:eu-west-1:1:x.";
    expect(named("TargetTracking-service/prod/web-AlarmLow-6a1f", note)?.suppressed).toBe("scaling-alarm");
    const uuid = "0f3a6a1f-27d1-4b5a-9e0c-1c2d3e4f5a6b";
    expect(named(`TargetTracking-table/orders-ProvisionedCapacityHigh-${uuid}`)?.suppressed).toBe(
      "scaling-alarm",
    );
  });

  test("one that is only called so pages", () => {
    expect(named("TargetTracking-broken", "Scaling has failed")).not.toHaveProperty("suppressed");
    expect(named("Checkout latency", "See TargetTrackingScaling policy arn:aws:x")).not.toHaveProperty(
      "suppressed",
    );
  });

  test("an alarm whose actions are suppressed says by whom and why", () => {
    const composite = named("all-down", undefined, {
      actionsSuppressedBy: "Alarm",
      actionsSuppressedReason: "Actions suppressed by maintenance",
    });
    expect(composite).toMatchObject({
      suppressed: "by-sender",
      labels: {
        actions_suppressed_by: "Alarm",
        actions_suppressed_reason: "Actions suppressed by maintenance",
      },
    });
    expect(named("all-down", undefined, { actionsSuppressedBy: null })).not.toHaveProperty("suppressed");
  });
});

test("an odd field loses no alarm", () => {
  const odd = (body: unknown) => cloudwatch.parse(body, { now: 0 });
  expect(odd(event("BURNING"))).toMatchObject({
    alerts: [{ status: "firing", title: "Checkout latency" }],
    warnings: [{ field: "detail.state.value" }],
  });
  expect(odd({ ...event("ALARM"), detail: { state: { value: "ALARM" } } })).toMatchObject({
    alerts: [{ title: "Checkout latency", fingerprint: arn }],
  });
  expect(odd({ detail: { state: { value: "OK" } } })).toMatchObject({
    alerts: [{ status: "resolved" }],
    warnings: [{ field: "detail.alarmName" }],
  });
});

test("what names neither an alarm nor its state is refused by field", () => {
  const refused = (body: unknown) => cloudwatch.parse(body, { now: 0 });
  expect(refused(null)).toMatchObject({ problems: [{ field: "" }] });
  expect(refused({})).toMatchObject({ problems: [{ field: "detail" }] });
  expect(refused({ detail: { state: {} } })).toMatchObject({
    problems: [{ field: "detail.state.value" }, { field: "detail.alarmName" }],
  });
});

test("a name is taken from a resource of any length in linear time", () => {
  const resources = [`arn:${":alarm:".repeat(30_000)}\n`];
  const began = performance.now();
  expect(parse(event("ALARM", "OK", { resources, detail: { state: { value: "ALARM" } } }))).toHaveLength(1);
  expect(performance.now() - began).toBeLessThan(1_000);
});
