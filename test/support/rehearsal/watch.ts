// CloudWatch as the template sets it up: numbers by the minute, every alarm by its own rule, and a topic that takes what its
// policy lets in. What comes out is the operator's mail.
import { arrowsIn } from "../../infra/support/arrows.ts";
import { refused } from "../../infra/support/resource-policy.ts";
import {
  at,
  type Fields,
  type Json,
  listAt,
  ofType,
  resolved,
  target,
  targets,
} from "../../infra/support/template.ts";
import { template } from "../cloud/deployment.ts";

const minute = 60_000;

export interface Mail {
  readonly alarm: string;
  readonly state: "ALARM" | "OK";
  readonly at: number;
}

export interface Watch {
  /** `dimension`: as the template writes its value; left out where a metric has none. */
  put(namespace: string, metric: string, value: number, dimension?: string): void;
  /** Looks at all alarms, as CloudWatch does every minute. */
  evaluate(): void;
  readonly mails: readonly Mail[];
}

interface Numbers {
  sum: number;
  max: number;
  count: number;
}

export function openWatch(now: () => number): Watch {
  const numbers = new Map<string, Map<number, Numbers>>();
  const mails: Mail[] = [];
  const states = new Map<string, "ALARM" | "OK">();
  const closed = new Set(refused(template, arrowsIn(template)).map(({ source, to }) => `${source} ${to}`));
  const began = now();

  function statOf({ metric, period, stat }: Series, end: number): number | undefined {
    const found: Numbers[] = [];
    const minutes = numbers.get(metric);
    for (let start = end - period; start < end; start += minute) {
      const one = minutes?.get(start);
      if (one !== undefined) found.push(one);
    }
    if (found.length === 0) return undefined;
    const sum = (of: "sum" | "count") => found.reduce((all, one) => all + one[of], 0);
    if (stat === "Maximum") return Math.max(...found.map(({ max }) => max));
    return sum(stat === "SampleCount" ? "count" : "sum");
  }

  /** The newest first; undefined where nothing was measured. */
  function points({ series, isDifference, evaluated }: Alarm, end: number): readonly (number | undefined)[] {
    const ends = Array.from({ length: evaluated }, (_, n) => end - n * series.period);
    if (!isDifference) return ends.map((each) => statOf(series, each));
    const filled = (each: number) => statOf(series, each) ?? 0;
    return ends.map((each) => filled(each) - filled(each - series.period));
  }

  function isOn(alarm: Alarm, end: number): boolean {
    // Before the hub was there nothing was missing.
    const judged = points(alarm, end).filter((_, n) => end - n * alarm.series.period > began);
    const breaching = judged.filter((point) => {
      if (point === undefined) return alarm.missing === "breaching";
      return alarm.isBelow ? point < alarm.threshold : point >= alarm.threshold;
    });
    return breaching.length >= alarm.toAlarm;
  }

  return {
    mails,
    put(namespace, metric, value, dimension = "") {
      const name = `${namespace} ${metric} ${dimension}`;
      const minutes = numbers.get(name) ?? new Map<number, Numbers>();
      numbers.set(name, minutes);
      const start = Math.floor(now() / minute) * minute;
      const known = minutes.get(start) ?? { sum: 0, max: Number.NEGATIVE_INFINITY, count: 0 };
      minutes.set(start, {
        sum: known.sum + value,
        max: Math.max(known.max, value),
        count: known.count + 1,
      });
    },
    evaluate() {
      const end = Math.floor(now() / minute) * minute;
      for (const alarm of alarms) {
        const state = isOn(alarm, end) ? "ALARM" : "OK";
        if (state === (states.get(alarm.name) ?? "OK")) continue;
        states.set(alarm.name, state);
        for (const topic of state === "ALARM" ? alarm.actions : alarm.okActions)
          if (!closed.has(`${alarm.arn} ${topic}`)) mails.push({ alarm: alarm.name, state, at: now() });
      }
    },
  };
}

interface Series {
  readonly metric: string;
  readonly period: number;
  readonly stat: string;
}

interface Alarm {
  readonly name: string;
  readonly arn: string | undefined;
  readonly series: Series;
  readonly isDifference: boolean;
  readonly evaluated: number;
  readonly toAlarm: number;
  readonly threshold: number;
  readonly isBelow: boolean;
  readonly missing: string;
  readonly actions: readonly string[];
  readonly okActions: readonly string[];
}

const arnOf = new Map(
  arrowsIn(template).flatMap(({ service, source }) =>
    service === "cloudwatch.amazonaws.com" ? [[source?.split(":").at(-1), source]] : [],
  ),
);

function seriesOf(said: Fields, period: Json | undefined, stat: Json | undefined): Series {
  const dimensions = listAt(said, "Dimensions").map((each) => target(at(each, "Value")) ?? "");
  const metric = `${resolved(said["Namespace"])} ${resolved(said["MetricName"])} ${dimensions.join()}`;
  return { metric, period: Number(period) * 1000, stat: resolved(stat) };
}

const fromMath = (from: Json | undefined): Series =>
  seriesOf(
    at(from, "MetricStat", "Metric") as Fields,
    at(from, "MetricStat", "Period"),
    at(from, "MetricStat", "Stat"),
  );

const alarms: readonly Alarm[] = ofType(template, "AWS::CloudWatch::Alarm").map(({ properties }) => {
  const name = resolved(properties["AlarmName"]);
  const [math, from] = listAt(properties, "Metrics");
  if (math !== undefined && at(math, "Expression") !== "DIFF(FILL(letters, 0))")
    throw new Error(`Say here how ${name} is worked out`);
  const evaluated = Number(properties["EvaluationPeriods"]);
  return {
    name: name.replace(/^Muster-/, ""),
    arn: arnOf.get(name),
    series:
      math === undefined
        ? seriesOf(properties, properties["Period"], properties["Statistic"])
        : fromMath(from),
    isDifference: math !== undefined,
    evaluated,
    toAlarm: Number(properties["DatapointsToAlarm"] ?? evaluated),
    threshold: Number(properties["Threshold"]),
    isBelow: properties["ComparisonOperator"] === "LessThanThreshold",
    missing: resolved(properties["TreatMissingData"]),
    actions: targets(properties["AlarmActions"]),
    okActions: targets(properties["OKActions"]),
  };
});
