// A CloudWatch alarm that changed its state, as EventBridge brings it.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
import type { Alert } from "../core/alert.ts";
import { descriptionOf, fingerprintOf, labelsOf, linkOf, titleOf, unreadable } from "./bounds.ts";
import { instantOf } from "./instant.ts";
import { type Fields, isFields, own, type Pairs, type Reader, reader } from "./reader.ts";
import { severityOf } from "./severity.ts";
import type { Source } from "./source.ts";
import type { Said } from "./status.ts";

/** INSUFFICIENT_DATA says neither that it burns nor that it is out: it opens nothing and ends nothing. Whoever wants to
 * be woken by missing data says so in the alarm itself (TreatMissingData: breaching). */
const statuses: ReadonlyMap<unknown, Said> = new Map([
  ["ALARM", "firing"],
  ["OK", "resolved"],
  ["INSUFFICIENT_DATA", "neither"],
]);

export const cloudwatch: Source = {
  parse(body, context) {
    const read = reader();
    const event = read.object(body, "");
    const detail = event && read.object(own(event, "detail"), "detail");
    if (event === undefined || detail === undefined) return read.refused("detail", "is missing");
    const name = read.text(detail, "alarmName", "detail") ?? nameIn(arnOf(event));
    const state = read.object(own(detail, "state"), "detail.state") ?? {};
    const known = statuses.get(own(state, "value"));
    if (known === undefined)
      read.warn("detail.state.value", `must be ALARM, OK or INSUFFICIENT_DATA; it was taken as ALARM`);
    if (name === undefined) read.warn("detail.alarmName", "is missing");
    // Neither which alarm nor what it says.
    if (name === undefined && known === undefined) return read.refused("detail.alarmName", "is missing");
    const status = known ?? "firing";
    if (status === "neither") return read.parsed([]);
    return read.parsed([alarm(event, detail, state, name ?? unreadable(context.source), status, read)]);
  },
};

const nameIn = (arn = ""): string | undefined => {
  const at = arn.indexOf(mark);
  return at === -1 ? undefined : arn.slice(at + mark.length) || undefined;
};
const mark = ":alarm:";

/**
 * Target tracking makes alarms of its own, which stand in ALARM most of the time and only steer auto scaling.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html
 */
function isScalingAlarm(name: string, note: string | undefined): boolean {
  if (!name.startsWith("TargetTracking-")) return false;
  return (
    /\bTargetTrackingScaling policy arn:/.test(note ?? "") ||
    /-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name)
  );
}

/** A composite alarm whose actions AWS suppresses while its suppressor is in ALARM.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-suppression.html */
function suppressionOf(name: string, note: string | undefined, state: Fields): Alert["suppressed"] {
  if (isScalingAlarm(name, note)) return "scaling-alarm";
  const by = own(state, "actionsSuppressedBy");
  return typeof by === "string" && by !== "" ? "by-sender" : undefined;
}

function alarm(
  event: Fields,
  detail: Fields,
  state: Fields,
  name: string,
  status: Alert["status"],
  read: Reader,
): Alert {
  const note = noteOf(detail, read);
  const suppressed = suppressionOf(name, note, state);
  const region = read.text(event, "region", "") ?? "";
  const account = read.text(event, "account", "") ?? "";
  const configuration = fieldsAt(detail, "configuration");
  const reason = read.text(state, "reason", "detail.state");
  const description = descriptionOf([note, reason].filter((text) => text !== undefined).join("\n"));
  const changed = instantOf(own(state, "timestamp")) ?? instantOf(own(event, "time"));
  const before = fieldsAt(detail, "previousState");
  const began = own(before, "value") === "ALARM" ? instantOf(own(before, "timestamp")) : undefined;
  const since = status === "firing" ? changed : began;
  const link = consoleLink(region, name);
  return {
    fingerprint: fingerprintOf(arnOf(event) ?? `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`),
    status,
    severity: severityOf(declaredSeverity(note)),
    title: titleOf(name),
    ...(description === "" ? {} : { description }),
    labels: labelsOf([
      ["alarm", name],
      ["account", account],
      ["region", region],
      ...metricLabels(configuration),
      ...suppressionLabels(state),
    ]),
    ...(since === undefined ? {} : { since }),
    ...(status === "resolved" && changed !== undefined ? { until: changed } : {}),
    ...(link === undefined ? {} : { link }),
    ...(suppressed === undefined ? {} : { suppressed }),
  };
}

const noteOf = (detail: Fields, read: Reader): string | undefined =>
  read.text(fieldsAt(detail, "configuration"), "description", "detail.configuration");

// An alarm has no severity of its own; `severity: warning` in its description gives it one.
const declaredSeverity = (note: string | undefined): string | undefined =>
  /\bseverity\s{0,9}[:=]\s{0,9}([a-z0-9]{1,20})/i.exec(note ?? "")?.[1];

function arnOf(event: Fields): string | undefined {
  const resources = own(event, "resources");
  const first: unknown = Array.isArray(resources) ? resources[0] : undefined;
  return typeof first === "string" && first.startsWith("arn:") ? first : undefined;
}

/** Namespace, metric and dimensions of the first metric; a composite alarm has none. */
function metricLabels(configuration: Fields): readonly (readonly [string, string])[] {
  const metrics = own(configuration, "metrics");
  const stats = (Array.isArray(metrics) ? metrics : [])
    .filter(isFields)
    .map((entry) => fieldsAt(fieldsAt(entry, "metricStat"), "metric"));
  const metric = stats.find((entry) => Object.hasOwn(entry, "name"));
  if (metric === undefined) return [];
  return [
    ...textPair("namespace", own(metric, "namespace")),
    ...textPair("metric", own(metric, "name")),
    ...Object.entries(fieldsAt(metric, "dimensions")).flatMap(([name, value]) => textPair(name, value)),
  ];
}

/** Who suppresses it and why, for whoever asks what became of it. */
const suppressionLabels = (state: Fields): Pairs => [
  ...textPair("actions_suppressed_by", own(state, "actionsSuppressedBy")),
  ...textPair("actions_suppressed_reason", own(state, "actionsSuppressedReason")),
];

const textPair = (name: string, value: unknown): readonly (readonly [string, string])[] =>
  typeof value === "string" ? [[name, value]] : [];

const fieldsAt = (from: Fields, name: string): Fields => {
  const value = own(from, name);
  return isFields(value) ? value : {};
};

// Each partition has a console of its own. https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
const consoles = [
  ["cn-", "console.amazonaws.cn"],
  ["us-gov-", "console.amazonaws-us-gov.com"],
  ["eusc-", "console.amazonaws-eusc.eu"],
  ["", "console.aws.amazon.com"],
] as const;

function consoleLink(region: string, name: string): string | undefined {
  if (!/^[a-z]{2,5}(-[a-z]{1,20}){1,4}-\d{1,2}$/.test(region)) return undefined;
  const host = consoles.find(([prefix]) => region.startsWith(prefix))?.[1];
  const alarmName = encodeURIComponent(name.toWellFormed());
  return linkOf(`https://${region}.${host}/cloudwatch/home?region=${region}#alarmsV2:alarm/${alarmName}`);
}
