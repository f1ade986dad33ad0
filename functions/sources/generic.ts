// Anything that can post JSON: {title, status?, severity?, service?, dedup_key?, labels?, description?, since?, link?},
// alone, in a list, or as {alerts: […]}. Only the title is needed.
import type { Alert } from "../core/alert.ts";
import { descriptionOf, digest, fingerprintOf, labelsOf, linkOf, titleOf } from "./bounds.ts";
import { instantOf } from "./instant.ts";
import { type Fields, isFields, join, own, type Reader, reader } from "./reader.ts";
import { severityOf } from "./severity.ts";
import type { Source } from "./source.ts";

const statuses: ReadonlyMap<string, Alert["status"]> = new Map([
  ...["firing", "triggered", "trigger", "alerting", "open", "active", "problem", "down"].map(
    (word) => [word, "firing"] as const,
  ),
  ...["resolved", "resolve", "ok", "up", "closed", "close", "recovered", "recovery"].map(
    (word) => [word, "resolved"] as const,
  ),
]);

export const generic: Source = {
  parse(body) {
    const read = reader();
    const list = isFields(body) && Object.hasOwn(body, "alerts") ? own(body, "alerts") : body;
    const base = list === body ? "" : "alerts";
    const alerts: Alert[] = [];
    if (isFields(list)) add(list, base);
    else
      for (const [index, entry] of (read.list(list, base) ?? []).entries()) add(entry, `${base}[${index}]`);
    return read.parsed(alerts);

    function add(entry: unknown, at: string): void {
      const fields = read.object(entry, at);
      const alert = fields && alertFrom(fields, at, read);
      if (alert !== undefined) alerts.push(alert);
    }
  },
};

function alertFrom(fields: Fields, at: string, read: Reader): Alert | undefined {
  const text = (name: string) => read.text(fields, name, at);
  const title = text("title") ?? text("summary") ?? text("message");
  if (title === undefined) {
    if (!Object.hasOwn(fields, "title") || typeof fields["title"] === "string" || fields["title"] === null)
      read.problem(join(at, "title"), "is missing: say in a few words what is wrong");
    return undefined;
  }
  const status = statuses.get(text("status")?.trim().toLowerCase() ?? "firing");
  if (status === undefined) read.problem(join(at, "status"), `must be "firing" or "resolved"`);
  const severity = text("severity");
  const service = text("service");
  const labels = labelPairs(fields, at, read);
  const since = timeOf(fields, "since", at, read);
  const until = timeOf(fields, "until", at, read);
  const link = linkOf(text("link"));
  const description = text("description");
  // Without a key of its own an alert is known by what stays the same from its beginning to its end.
  const key = text("dedup_key") ?? digest(service ?? "", title, ...labels.map(String).sort());
  return {
    fingerprint: fingerprintOf(key),
    status: status ?? "firing",
    severity: severityOf(severity),
    title: titleOf(title),
    ...(description === undefined ? {} : { description: descriptionOf(description) }),
    labels: labelsOf([...labelled("service", service), ...labelled("severity", severity), ...labels]),
    ...(since === undefined ? {} : { since }),
    ...(status === "resolved" && until !== undefined ? { until } : {}),
    ...(link === undefined ? {} : { link }),
  };
}

const labelled = (name: string, value: string | undefined): readonly (readonly [string, string])[] =>
  value === undefined ? [] : [[name, value]];

function labelPairs(fields: Fields, at: string, read: Reader): readonly (readonly [string, string])[] {
  const labels = own(fields, "labels");
  if (labels === undefined || labels === null) return [];
  const pairs: [string, string][] = [];
  const from = read.object(labels, join(at, "labels")) ?? {};
  for (const name of Object.keys(from)) {
    const value = from[name];
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
      pairs.push([name, String(value)]);
    else if (value !== null) read.problem(join(at, `labels.${name}`), "must be text, a number or true/false");
  }
  return pairs;
}

function timeOf(fields: Fields, name: string, at: string, read: Reader): number | undefined {
  const value = own(fields, name);
  if (value === undefined || value === null || value === "") return undefined;
  const instant = instantOf(value);
  if (instant === undefined)
    read.problem(join(at, name), "must be a time, for example 2026-11-03T01:15:00Z, or seconds since 1970");
  return instant;
}
