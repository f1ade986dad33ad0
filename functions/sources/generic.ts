// Anything that can post JSON: {title, status?, severity?, service?, dedup_key?, labels?, description?, since?, link?},
// alone, in a list, or as {alerts: […]}. Only the title is needed.
import type { Alert } from "../core/alert.ts";
import { alertFrom as ofAlertmanager } from "./alertmanager.ts";
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
import { startOf, timeOf } from "./instant.ts";
import { type Fields, isFields, join, own, type Pairs, type Reader, reader, scalars } from "./reader.ts";
import { severityIn } from "./severity.ts";
import type { Source, SourceContext } from "./source.ts";
import { neitherWarning, statusOf } from "./status.ts";

export const generic: Source = {
  parse(body, context) {
    const read = reader();
    const unread = tooManyIn(isFields(body) ? own(body, "alerts") : body);
    if (unread !== undefined) return read.refused(isFields(body) ? "alerts" : "", unread);
    const entries = entriesOf(body, read);
    let isEmpty = entries.length > 0 || !isGroup(body);
    const alerts: Alert[] = [];
    for (const [at, entry] of entries) {
      const fields = read.entry(entry, at, "title");
      if (fields === undefined) continue;
      isEmpty = false;
      alerts.push(...alertsFrom(fields, at, read, context));
    }
    return isEmpty ? read.refused("", "says nothing") : read.parsed(alerts);
  },
};

const isGroup = (body: unknown): boolean =>
  Array.isArray(body) || (isFields(body) && Array.isArray(own(body, "alerts")));

/** The alerts with their places: a list, a list under `alerts`, or the body itself. */
function entriesOf(body: unknown, read: Reader): readonly (readonly [string, unknown])[] {
  if (!isFields(body)) return numbered(read.list(body, "") ?? [], "");
  const alerts = own(body, "alerts");
  const isTitled = Object.hasOwn(body, "title");
  // A title of its own says more than what is no list of alerts beside it: a count, or names.
  if (Array.isArray(alerts) && (!isTitled || alerts.some(isFields))) return numbered(alerts, "alerts");
  if (isFields(alerts) && !isTitled) return [["alerts", alerts]];
  if (Object.hasOwn(body, "alerts") && !Array.isArray(alerts)) read.list(alerts, "alerts");
  return [["", body]];
}

const numbered = (list: readonly unknown[], base: string): readonly (readonly [string, unknown])[] =>
  list.map((entry, index) => [`${base}[${index}]`, entry] as const);

function alertsFrom(said: Fields, at: string, read: Reader, context: SourceContext): readonly Alert[] {
  const fields = withPayload(said);
  if (isLegacyGrafana(fields)) return legacyGrafana(fields, at, read, context);
  if (isAlertmanagers(fields)) return [ofAlertmanager(fields, at, 0, read, context) ?? []].flat();
  const status = statusOf(fields, at, read);
  if (status !== "neither") return [alertFrom(fields, status, at, read, context)];
  read.warn(at, neitherWarning);
  return [];
}

/** PagerDuty's events keep what is wrong in an object of its own. */
function withPayload(fields: Fields): Fields {
  const payload = own(fields, "payload");
  return isFields(payload) && Object.hasOwn(fields, "event_action") ? { ...payload, ...fields } : fields;
}

/** Somebody gave Alertmanager, or Grafana, the address of this source. */
const isAlertmanagers = (fields: Fields): boolean =>
  !Object.hasOwn(fields, "title") && isFields(own(fields, "labels")) && Object.hasOwn(fields, "annotations");

function alertFrom(
  fields: Fields,
  status: Alert["status"],
  at: string,
  read: Reader,
  { now, source }: SourceContext,
): Alert {
  const text = (name: string) => read.text(fields, name, at);
  const monitor = own(fields, "monitor");
  // Uptime Kuma: its message tells the state as well, so it is another one at the end.
  const kuma = isFields(monitor) ? read.text(monitor, "name", join(at, "monitor")) : undefined;
  const title =
    text("title") ??
    text("summary") ??
    text("message") ??
    kuma ??
    text("msg") ??
    text("subject") ??
    text("name");
  const named = read.key(fields, "dedup_key", at);
  // An end needs no more than the key of its beginning.
  if (title === undefined && (status === "firing" || named === undefined))
    read.warn(join(at, "title"), "is missing: say in a few words what is wrong");
  const severity = text("severity");
  const service = text("service");
  const said = labelPairs(own(fields, "labels"), join(at, "labels"), read);
  // What it says all the same is shown: somebody is woken for it.
  const labels = title === undefined ? [...said, ...otherFields(fields)] : said;
  const since = startOf(own(fields, "since"), status, now, join(at, "since"), read);
  const until = timeOf(own(fields, "until"), join(at, "until"), read);
  const link = linkOf(text("link"));
  const description = text("description") ?? (kuma === undefined ? undefined : text("msg"));
  // Without a key of its own an alert is known by what stays the same from its beginning to its end.
  const key = named ?? digest([service ?? "", title ?? "", ...labels.map(String).sort()]);
  return {
    fingerprint: fingerprintOf(key),
    status,
    severity: severityIn(severity, text("priority"), text("level")),
    title: titleOf(title ?? unreadable(source)),
    ...(description === undefined ? {} : { description: descriptionOf(description) }),
    labels: labelsOf([...labelled("service", service), ...labelled("severity", severity), ...labels]),
    ...(since === undefined ? {} : { since }),
    ...(status === "resolved" && until !== undefined ? { until } : {}),
    ...(link === undefined ? {} : { link }),
  };
}

const labelled = (name: string, value: string | undefined): Pairs =>
  value === undefined ? [] : [[name, value]];

const fieldsRead: ReadonlySet<string> = new Set([
  "service",
  "severity",
  "dedup_key",
  "since",
  "until",
  "link",
]);
const otherFields = (fields: Fields): Pairs => scalars(fields).filter(([name]) => !fieldsRead.has(name));

/** Numbers and true/false are their text, and null is nothing, as documented: that is nothing odd. */
function labelPairs(value: unknown, at: string, read: Reader): Pairs {
  if (!isFields(value)) return read.pairs(value, at);
  const plain = Object.entries(value).flatMap(([name, each]) => {
    if (each === null) return [];
    return [[name, typeof each === "number" || typeof each === "boolean" ? String(each) : each] as const];
  });
  return read.pairs(Object.fromEntries(plain), at);
}
