// Alertmanager's webhook, version 4, and whatever posts the same shape (Grafana's webhook does).
// https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
import type { Alert } from "../core/alert.ts";
import { descriptionOf, digest, fingerprintOf, labelsOf, linkOf, titleOf } from "./bounds.ts";
import { instantOf } from "./instant.ts";
import { type Fields, isFields, join, own, type Reader, reader } from "./reader.ts";
import { severityOf } from "./severity.ts";
import type { Source, SourceContext } from "./source.ts";

export const alertmanager: Source = {
  parse(body, context) {
    const read = reader();
    // A bare list is what Prometheus itself posts to an Alertmanager.
    const group = Array.isArray(body) ? { alerts: body } : read.object(body, "");
    if (group === undefined) return read.parsed([]);
    const list = read.list(own(group, "alerts"), "alerts") ?? [];
    const leftOut = own(group, "truncatedAlerts");
    const truncated = typeof leftOut === "number" && leftOut > 0 ? Math.trunc(leftOut) : 0;
    const alerts: Alert[] = [];
    for (const [index, entry] of list.entries()) {
      const at = `alerts[${index}]`;
      const fields = read.object(entry, at);
      const alert = fields && alertFrom(fields, at, truncated, read, context);
      if (alert !== undefined) alerts.push(alert);
    }
    return read.parsed(alerts);
  },
};

function alertFrom(
  fields: Fields,
  at: string,
  truncated: number,
  read: Reader,
  { now }: SourceContext,
): Alert | undefined {
  const labels = texts(own(fields, "labels"), join(at, "labels"), read);
  const notes = new Map(texts(own(fields, "annotations"), join(at, "annotations"), read));
  const label = new Map(labels);
  const endsAt = instantOf(own(fields, "endsAt"));
  const status =
    read.text(fields, "status", at) ?? (endsAt !== undefined && endsAt <= now ? "resolved" : "firing");
  if (status !== "firing" && status !== "resolved") {
    read.problem(join(at, "status"), `must be "firing" or "resolved"`);
    return undefined;
  }
  const since = instantOf(own(fields, "startsAt"));
  const fingerprint = read.text(fields, "fingerprint", at) ?? digest(...labels.map(String).sort());
  const link = linkOf(read.text(fields, "generatorURL", at));
  const description = describe(notes);
  return {
    fingerprint: fingerprintOf(fingerprint),
    status,
    severity: severityOf(label.get("severity") ?? label.get("priority") ?? label.get("level")),
    title: titleOf(titleFrom(notes, label) + (truncated > 0 ? ` (+${truncated} more alerts not sent)` : "")),
    ...(description === "" ? {} : { description }),
    labels: labelsOf(truncated > 0 ? [["alerts_not_sent", String(truncated)], ...labels] : labels),
    ...(since === undefined ? {} : { since }),
    ...(status === "resolved" && endsAt !== undefined ? { until: endsAt } : {}),
    ...(link === undefined ? {} : { link }),
  };
}

const titleFrom = (notes: ReadonlyMap<string, string>, label: ReadonlyMap<string, string>): string =>
  notes.get("summary") ||
  notes.get("title") ||
  label.get("alertname") ||
  notes.get("message") ||
  "Unnamed alert";

function describe(notes: ReadonlyMap<string, string>): string {
  const runbook = linkOf(notes.get("runbook_url"));
  const text = notes.get("description") ?? notes.get("message") ?? "";
  return descriptionOf(runbook === undefined ? text : `${text}\nRunbook: ${runbook}`);
}

/** Names and texts; a missing object is an empty one, as Go writes `null` for an empty map. */
function texts(value: unknown, at: string, read: Reader): readonly (readonly [string, string])[] {
  if (value === undefined || value === null) return [];
  if (!isFields(value)) {
    read.object(value, at);
    return [];
  }
  const pairs: [string, string][] = [];
  for (const name of Object.keys(value)) {
    const text = value[name];
    if (typeof text === "string") pairs.push([name, text]);
    else read.problem(join(at, name), "must be text");
  }
  return pairs;
}
