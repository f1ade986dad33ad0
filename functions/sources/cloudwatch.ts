// A CloudWatch alarm that changed its state, as EventBridge brings it.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
import type { Alert } from "../core/alert.ts";
import { descriptionOf, fingerprintOf, labelsOf, linkOf, titleOf } from "./bounds.ts";
import { instantOf } from "./instant.ts";
import { type Fields, isFields, own, type Reader, reader } from "./reader.ts";
import { severityOf } from "./severity.ts";
import type { Source } from "./source.ts";

/** INSUFFICIENT_DATA says neither that it burns nor that it is out: it opens nothing and ends nothing. Whoever wants to
 * be woken by missing data says so in the alarm itself (TreatMissingData: breaching). */
const statuses: ReadonlyMap<unknown, Alert["status"] | "says nothing"> = new Map([
  ["ALARM", "firing"],
  ["OK", "resolved"],
  ["INSUFFICIENT_DATA", "says nothing"],
]);

export const cloudwatch: Source = {
  parse(body) {
    const read = reader();
    const event = read.object(body, "");
    const detail = event && read.object(own(event, "detail"), "detail");
    const state = detail && read.object(own(detail, "state"), "detail.state");
    if (event === undefined || detail === undefined || state === undefined) return read.parsed([]);
    const status = statuses.get(own(state, "value"));
    if (status === undefined) read.problem("detail.state.value", "must be ALARM, OK or INSUFFICIENT_DATA");
    const name = read.text(detail, "alarmName", "detail");
    if (name === undefined && !read.failed) read.problem("detail.alarmName", "is missing");
    if (name === undefined || status === undefined || status === "says nothing") return read.parsed([]);
    return read.parsed([alarm(event, detail, state, name, status, read)]);
  },
};

function alarm(
  event: Fields,
  detail: Fields,
  state: Fields,
  name: string,
  status: Alert["status"],
  read: Reader,
): Alert {
  const region = read.text(event, "region", "") ?? "";
  const account = read.text(event, "account", "") ?? "";
  const configuration = fieldsAt(detail, "configuration");
  const note = read.text(configuration, "description", "detail.configuration");
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
    ]),
    ...(since === undefined ? {} : { since }),
    ...(status === "resolved" && changed !== undefined ? { until: changed } : {}),
    ...(link === undefined ? {} : { link }),
  };
}

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
  if (!/^[a-z]{2,5}(-[a-z]+)+-\d{1,2}$/.test(region)) return undefined;
  const host = consoles.find(([prefix]) => region.startsWith(prefix))?.[1];
  const alarmName = encodeURIComponent(name.toWellFormed());
  return linkOf(`https://${region}.${host}/cloudwatch/home?region=${region}#alarmsV2:alarm/${alarmName}`);
}
