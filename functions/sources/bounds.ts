// The bounds that every source keeps, whatever the sender writes: long texts are cut visibly, and a long fingerprint
// becomes its digest, so that it still tells its alert from others.
import { createHash } from "node:crypto";
import { line, paragraph } from "../core/text.ts";

const longest = {
  fingerprint: 256,
  title: 300,
  description: 4000,
  labelName: 200,
  labelValue: 1000,
  link: 2000,
};
const mostLabels = 64;
/** In one body. Its bytes are bounded, but 16 MB hold millions of `{}`, and only some 50,000 alerts that say something. */
const mostEntries = 60_000;

/** What to tell a sender whose list is longer than that. */
export const tooManyIn = (list: unknown): string | undefined =>
  Array.isArray(list) && list.length > mostEntries
    ? `has ${list.length} entries, and ${mostEntries} are read: put fewer into one request (Alertmanager: max_alerts)`
    : undefined;

/** A list, not arguments: a body may have more labels than a call takes. */
export const digest = (parts: readonly string[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex");

export const fingerprintOf = (text: string): string =>
  text.length <= longest.fingerprint ? text.toWellFormed() : `sha256:${digest([text])}`;

export const titleOf = (text: string): string => line(text, longest.title) || "(no title)";

/** Of what says something, but not what is wrong: it still pages. */
export const unreadable = (source = "monitoring"): string => `Unreadable alert from ${source}`;

export const descriptionOf = (text: string): string => paragraph(text, longest.description);

/** Only addresses that a browser opens as a page; anything else is left out. A name and a password before the host would be
 * a secret that everybody reads, or a host that is none: "https://console.example@evil.example". */
export function linkOf(text: string | undefined): string | undefined {
  if (text === undefined || text.length > longest.link || !/^https?:\/\//i.test(text)) return undefined;
  const url = URL.parse(text);
  if (url === null) return undefined;
  url.username = "";
  url.password = "";
  return url.href;
}

export function labelsOf(pairs: readonly (readonly [string, string])[]): Readonly<Record<string, string>> {
  const kept = pairs.length <= mostLabels ? pairs : pairs.slice(0, mostLabels - 1);
  const labels = kept.map(([name, value]) => [labelName(name), line(value, longest.labelValue)] as const);
  const left = pairs.length - kept.length;
  return Object.fromEntries(left === 0 ? labels : [...labels, ["labels_left_out", String(left)]]);
}

// `__proto__` as a name would reach into whatever object the label is copied to.
const labelName = (name: string): string =>
  name === "__proto__" ? "_proto_" : line(name, longest.labelName) || "(no name)";
