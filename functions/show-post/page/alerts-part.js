// What monitoring said: one alert of each symptom, what fires before what has ended. The count stands in the head.
import { h } from "./dom.js";
import { brief, quoted, webLink } from "./said.js";
import { at } from "./times.js";
import { counted, severityWord } from "./words.js";

/** @import { Incident, Sample } from "./wire.d.ts" */

/** @param {Sample} sample @param {number} index */
function row(sample, index) {
  const link = webLink(sample.link);
  const labels = Object.entries(sample.labels ?? {});
  return h(
    "li",
    { key: index, class: `sample severity-${sample.severity}`, "data-ended": sample.firing === false },
    h("span", { class: "severity" }, severityWord(sample.severity)),
    h("div", { class: "words" }, quoted(sample.title, 200)),
    h(
      "span",
      { class: "dim" },
      at(sample.since),
      sample.endedAt !== undefined && [", ended ", at(sample.endedAt)],
    ),
    link !== undefined &&
      h(
        "a",
        { href: link, target: "_blank", rel: "noopener noreferrer" },
        `Open at ${brief(new URL(link).host, 60)}`,
      ),
    labels.length > 0 &&
      h(
        "details",
        { class: "labels" },
        h("summary", {}, counted(labels.length, "label")),
        h(
          "dl",
          {},
          labels.map(([name, value]) => [
            h("dt", {}, h("bdi", {}, brief(name))),
            h("dd", {}, h("bdi", {}, brief(value, 500))),
          ]),
        ),
      ),
  );
}

/** @param {number} shown @param {number} more @param {number} alerts */
const listed = (shown, more, alerts) =>
  `${counted(shown, "kind")}${more === 0 ? "" : `, and ${more} more,`} of ${counted(alerts, "alert")}`;

/** @param {Incident} incident */
export const alertsPart = ({ alerts, samples, moreSamples }) =>
  h(
    "section",
    { key: "alerts", class: "part", "aria-labelledby": "alerts-heading" },
    h("h2", { id: "alerts-heading" }, "Alerts"),
    h("p", { class: "dim" }, samples.length < alerts ? listed(samples.length, moreSamples ?? 0, alerts) : ""),
    h("ul", { class: "samples" }, samples.map(row)),
  );
