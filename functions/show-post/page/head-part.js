// The incident's name and the facts that do not change every minute.
import { h } from "./dom.js";
import { brief, quoted } from "./said.js";
import { ago, at } from "./times.js";
import { counted, phaseWord, severityWord } from "./words.js";

/** @import { Child } from "./dom.js" */
/** @import { Incident } from "./wire.d.ts" */

/** @param {string} name @param {...Child} value */
const fact = (name, ...value) => h("div", {}, h("dt", {}, name), h("dd", {}, ...value));

/** @param {Incident} incident */
export const headPart = (incident) =>
  h(
    "header",
    { class: `head severity-${incident.severity}` },
    incident.drill && h("p", { class: "drill band" }, "Drill: this is an exercise, not the real thing."),
    incident.codename !== undefined &&
      h(
        "p",
        { class: "codename" },
        h("bdi", {}, brief(incident.codename, 40)),
        incident.sensitive === true &&
          h("span", { class: "sensitive" }, "Sensitive: keep it among responders."),
      ),
    h(
      "h1",
      { tabindex: -1 },
      quoted(incident.title, 200),
      incident.more !== undefined && incident.more > 0 && ` (+${incident.more} more)`,
    ),
    incident.synopsis !== undefined &&
      incident.synopsis !== incident.title &&
      h("p", { class: "synopsis" }, quoted(incident.synopsis, 200)),
    h(
      "dl",
      { class: "facts" },
      fact("Severity", h("span", { class: "severity" }, severityWord(incident.severity))),
      fact("Service", h("bdi", {}, brief(incident.serviceName || incident.service))),
      fact("Phase", phaseWord(incident.phase)),
      fact("Alerts", counted(incident.alerts, "alert")),
      fact("Since", at(incident.since), " ", h("span", { class: "dim" }, ago(incident.since))),
      incident.endedAt !== undefined &&
        fact("Ended", at(incident.endedAt), " ", h("span", { class: "dim" }, ago(incident.endedAt))),
    ),
  );
