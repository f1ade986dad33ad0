// Grafana's webhook as it was before unified alerting (until version 9), and as tools that imitate it still post it: one
// alert, without a list.
// https://grafana.com/docs/grafana/v8.5/alerting/old-alerting/notifications/#webhook
import type { Alert } from "../core/alert.ts";
import { descriptionOf, digest, fingerprintOf, labelsOf, linkOf, titleOf, unreadable } from "./bounds.ts";
import { type Fields, isFields, join, own, type Reader, scalar } from "./reader.ts";
import { severityIn } from "./severity.ts";
import type { SourceContext } from "./source.ts";
import { neitherWarning, type Said, saidBy, unknownWord } from "./status.ts";

export const isLegacyGrafana = (body: Fields): boolean =>
  !Object.hasOwn(body, "alerts") &&
  Object.hasOwn(body, "state") &&
  ["ruleName", "ruleId", "ruleUrl", "evalMatches"].some((name) => Object.hasOwn(body, name));

/** In this shape these two have a documented meaning: it does not fire yet, and nobody looks at the rule. */
const quiet: ReadonlyMap<string, Said> = new Map([
  ["pending", "neither"],
  ["paused", "neither"],
]);

export function legacyGrafana(
  body: Fields,
  at: string,
  read: Reader,
  { source }: SourceContext,
): readonly Alert[] {
  const text = (name: string) => read.text(body, name, at);
  const state = text("state") ?? "";
  const said = quiet.get(state.toLowerCase()) ?? saidBy(state);
  if (said === undefined) read.warn(join(at, "state"), unknownWord);
  if (said === "neither") {
    read.warn(join(at, "state"), neitherWarning);
    return [];
  }
  const name = text("ruleName") ?? text("title")?.replace(/^\[[^\]]{1,20}\] /, "");
  const tags = read.pairs(own(body, "tags"), join(at, "tags"));
  const tag = new Map(tags);
  const link = linkOf(text("ruleUrl"));
  const description = descriptionOf([text("message"), ...matches(body)].filter(Boolean).join("\n"));
  const place = ["orgId", "dashboardId", "panelId", "ruleId"].map((id) => scalar(own(body, id)) ?? "");
  const isPlaced = place.at(-1) !== "" && place.at(-1) !== "0";
  return [
    {
      // The title tells the state as well, so it is another one at the end.
      fingerprint: fingerprintOf(digest(["grafana", ...(isPlaced ? place : [name ?? ""])])),
      status: said ?? "firing",
      severity: severityIn(tag.get("severity"), tag.get("priority"), tag.get("level")),
      title: titleOf(name ?? unreadable(source)),
      ...(description === "" ? {} : { description }),
      labels: labelsOf([...(name === undefined ? [] : [["alertname", name] as const]), ...tags]),
      ...(link === undefined ? {} : { link }),
    },
  ];
}

/** "metric: value" for each series that matched. */
function matches(body: Fields): readonly string[] {
  const list = own(body, "evalMatches");
  return (Array.isArray(list) ? list : [])
    .filter(isFields)
    .slice(0, 20)
    .map(
      (match) => `${scalar(own(match, "metric")) ?? "value"}: ${scalar(own(match, "value")) ?? "no value"}`,
    );
}
