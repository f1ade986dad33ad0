// Alertmanager's webhook, version 4, and whatever posts the same shape (Grafana's webhook does).
// https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
import type { Alert } from "../core/alert.ts";
import {
  descriptionOf,
  digest,
  fingerprintOf,
  labelsOf,
  linkOf,
  titleOf,
  tooManyIn,
  unreadable,
} from "./bounds.ts";
import { isLegacyGrafana, legacyGrafana } from "./grafana-legacy.ts";
import { instantOf, startOf, timeOf } from "./instant.ts";
import { type Fields, isFields, join, own, type Pairs, type Reader, reader, scalars } from "./reader.ts";
import { severityIn } from "./severity.ts";
import type { Source, SourceContext } from "./source.ts";
import { neitherWarning, type Said, saidBy, unknownWord } from "./status.ts";

export const alertmanager: Source = {
  parse(body, context) {
    const read = reader();
    // A bare list is what Prometheus itself posts to an Alertmanager.
    const group: Fields | undefined = Array.isArray(body) ? { alerts: body } : read.object(body, "");
    if (group === undefined) return read.refused("", "says nothing");
    if (isLegacyGrafana(group)) return read.parsed(legacyGrafana(group, "", read, context));
    const unread = tooManyIn(own(group, "alerts"));
    if (unread !== undefined) return read.refused("alerts", unread);
    const list = entriesOf(group, read);
    const leftOut = own(group, "truncatedAlerts");
    const truncated = typeof leftOut === "number" && leftOut > 0 ? Math.trunc(leftOut) : 0;
    let isEmpty = list.length > 0 || !Array.isArray(own(group, "alerts"));
    const alerts: Alert[] = [];
    for (const [at, entry] of list) {
      const fields = read.entry(entry, at, "labels");
      if (fields === undefined) continue;
      isEmpty = false;
      const alert = alertFrom(fields, at, truncated, read, context);
      if (alert !== undefined) alerts.push(alert);
    }
    return isEmpty ? read.refused("alerts", "says nothing") : read.parsed(alerts);
  },
};

/** The alerts of a group with their places; a body without a list may be one alert itself. */
function entriesOf(group: Fields, read: Reader): readonly (readonly [string, unknown])[] {
  const alerts = own(group, "alerts");
  if (Array.isArray(alerts))
    return alerts.map((entry: unknown, index) => [`alerts[${index}]`, entry] as const);
  read.list(alerts, "alerts");
  if (isFields(alerts)) return [["alerts", alerts]];
  return Object.keys(group).length === 0 ? [] : [["", group]];
}

/** One entry of the list: no alert if it says that it is neither a fire nor an end. */
export function alertFrom(
  fields: Fields,
  at: string,
  truncated: number,
  read: Reader,
  { now, source }: SourceContext,
): Alert | undefined {
  const said = read.pairs(own(fields, "labels"), join(at, "labels"));
  const notes = new Map(read.pairs(own(fields, "annotations"), join(at, "annotations")));
  const status = statusOf(fields, at, now, read);
  if (status === "neither") {
    read.warn(join(at, "status"), neitherWarning);
    return undefined;
  }
  const title = titleFrom(notes, new Map(said));
  if (title === undefined) read.warn(at, "has neither name nor summary");
  // What it says all the same is shown: somebody is woken for it.
  const labels = title === undefined && said.length === 0 ? scalars(fields) : said;
  const label = new Map(labels);
  const since = startOf(own(fields, "startsAt"), status, now, join(at, "startsAt"), read);
  const until = timeOf(own(fields, "endsAt"), join(at, "endsAt"), read);
  const fingerprint = fingerprintIn(fields, at, read) ?? digest(apart(labels, title));
  const link = linkIn(fields, at, read);
  const description = describe(notes);
  const more = truncated > 0 ? ` (+${truncated} more alerts not sent)` : "";
  return {
    fingerprint: fingerprintOf(fingerprint),
    status,
    severity: severityIn(label.get("severity"), label.get("priority"), label.get("level")),
    title: titleOf((title ?? unreadable(source)) + more),
    ...(description === "" ? {} : { description }),
    labels: labelsOf(truncated > 0 ? [["alerts_not_sent", String(truncated)], ...labels] : labels),
    ...(since === undefined ? {} : { since }),
    ...(status === "resolved" && until !== undefined ? { until } : {}),
    ...(link === undefined ? {} : { link }),
  };
}

/** Prometheus itself sends no status, only an end that has come or is expected. */
function statusOf(fields: Fields, at: string, now: number, read: Reader): Said {
  const text = read.text(fields, "status", at);
  if (text === undefined) {
    const endsAt = instantOf(own(fields, "endsAt"));
    return endsAt !== undefined && endsAt <= now ? "resolved" : "firing";
  }
  const said = saidBy(text);
  if (said === undefined) read.warn(join(at, "status"), unknownWord);
  return said ?? "firing";
}

const titleFrom = (
  notes: ReadonlyMap<string, string>,
  label: ReadonlyMap<string, string>,
): string | undefined =>
  notes.get("summary") ||
  notes.get("title") ||
  label.get("alertname") ||
  notes.get("message") ||
  notes.get("description") ||
  undefined;

function describe(notes: ReadonlyMap<string, string>): string {
  const runbook = linkOf(notes.get("runbook_url"));
  const text = notes.get("description") ?? notes.get("message") ?? "";
  return descriptionOf(runbook === undefined ? text : `${text}\nRunbook: ${runbook}`);
}

/** What tells alerts apart that have no fingerprint: their labels, and where there are none what is wrong. */
const apart = (labels: Pairs, title = ""): readonly string[] =>
  labels.length === 0 ? [title] : labels.map(String).sort();

/** An object tells nothing apart for sure; then the labels do. */
function fingerprintIn(fields: Fields, at: string, read: Reader): string | undefined {
  if (typeof own(fields, "fingerprint") !== "object") return read.key(fields, "fingerprint", at);
  if (own(fields, "fingerprint") !== null)
    read.warn(join(at, "fingerprint"), "is no text, so it was left out");
  return undefined;
}

function linkIn(fields: Fields, at: string, read: Reader): string | undefined {
  const value = own(fields, "generatorURL");
  if (typeof value === "string") return linkOf(value);
  if (value !== undefined && value !== null)
    read.warn(join(at, "generatorURL"), "is no text, so it was left out");
  return undefined;
}
