// What a hub costs in a month in which nothing happens, worked out from the template. The operator guide says the same.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { drainRanks } from "../../functions/core/severity.ts";
import { drawing } from "./support/drawing.ts";
import { mappingsOf } from "./support/graph.ts";
import { at, functionsOf, listAt, ofType, target } from "./support/template.ts";

const { plain: template, files } = drawing();
const guide = readFileSync(new URL("../../docs/operator-guide.md", import.meta.url), "utf8");

/** US dollars, us-east-1, November 2026: the list prices of each service, read from their pages and not from a bill. */
const price = {
  /** https://aws.amazon.com/cloudwatch/pricing/: each metric of an alarm, each metric of one's own. */
  alarm: 0.1,
  metric: 0.3,
  /** https://aws.amazon.com/sqs/pricing/ */
  request: 0.4 / 1e6,
  /** https://aws.amazon.com/lambda/pricing/; the time of so few calls is free. */
  call: 0.2 / 1e6,
  /** https://aws.amazon.com/dynamodb/pricing/on-demand/ */
  write: 0.625 / 1e6,
  read: 0.125 / 1e6,
};
/** What every account has free each month, for ever; Muster's account has it for itself. */
const free = { alarms: 10, metrics: 10, requests: 1e6, calls: 1e6 };
const minutes = 30 * 24 * 60;
/** Lambda's poller has five connections to a queue, each waits 20 seconds: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html */
const pollsPerMinute = (5 * 60) / 20;
/** A sweep asks four shards of the index for each rank, and for what is not settled; half a unit each. */
const readsPerMinute = ((drainRanks + 1) * 4) / 2;

const functions = functionsOf(template);
const queues = new Set(ofType(template, "AWS::SQS::Queue").map(({ id }) => id));
const polled = [...functions.values()].flatMap(({ id }) =>
  mappingsOf(template, id).filter(({ properties }) => queues.has(target(properties["EventSourceArn"]) ?? "")),
);
const swept = ofType(template, "AWS::Events::Rule").filter(
  ({ properties }) => properties["ScheduleExpression"] === "rate(1 minute)",
);
const alarms = ofType(template, "AWS::CloudWatch::Alarm");
const watched = alarms.reduce(
  (sum, { properties }) =>
    sum +
    Math.max(1, listAt(properties, "Metrics").filter((each) => at(each, "MetricStat") !== undefined).length),
  0,
);

const beyond = (amount: number, included: number): number => Math.max(0, amount - included);
/** The sweep's mark is the one count that comes while nothing happens. */
const counts = 1;
/** Each sweep, and the relay that carries its mark. */
const calls = (swept.length + 1) * minutes;

const idle = {
  alarms: beyond(watched, free.alarms) * price.alarm,
  polling: beyond(polled.length * pollsPerMinute * minutes, free.requests) * price.request,
  counts: beyond(counts, free.metrics) * price.metric,
  calls: beyond(calls, free.calls) * price.call,
  table: minutes * (price.write + readsPerMinute * price.read),
};

const row = (what: string): string => guide.split("\n").find((line) => line.startsWith(`| ${what} |`)) ?? "";
const dollars = (amount: number): string => `$${amount.toFixed(2)}`;

test.each<[string, number, number]>([
  ["alarms", alarms.length, idle.alarms],
  ["queues that are polled", polled.length, idle.polling],
  ["counts of our own", counts, idle.counts],
  ["calls a minute", swept.length + 1, idle.calls],
  ["the table", 1, idle.table],
])("the guide knows of %s: how many, and what they cost", (what, count, amount) => {
  expect(row(what)).toBe(`| ${what} | ${count} | ${dollars(amount)} |`);
});

test("together they cost less than ten dollars, and the guide says how much", () => {
  const all = Object.values(idle).reduce((sum, each) => sum + each, 0);
  expect(row("**together**")).toBe(`| **together** | | **${dollars(all)}** |`);
  expect(all).toBeLessThanOrEqual(10);
});

test("the resources of each stack stand in the guide", () => {
  const counts = Object.entries(files.plain).map(([, file]) => Object.keys(file.Resources).length);
  expect(guide).toContain(`${counts.join(" + ")} resources`);
});
