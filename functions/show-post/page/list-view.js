// The front page: which incidents are open, and which of them nobody has yet.
import { h } from "./dom.js";
import { brief, inQuotes } from "./said.js";
import { ago, at } from "./times.js";
import { viewerPart } from "./viewer-part.js";
import { counted, many, phaseWord, severityWord } from "./words.js";

/** @import { IncidentList, Listed } from "./wire.d.ts" */
/** @import { View } from "./main.js" */

/** @param {Listed} incident */
const waiting = (incident) => incident.state === "open" && incident.owner === undefined;

/** @param {Listed} incident */
const row = (incident) =>
  h(
    "li",
    {
      key: incident.id,
      class: `row severity-${incident.severity}`,
      "data-waiting": waiting(incident),
      "data-drill": incident.drill,
    },
    h("span", { class: "severity" }, severityWord(incident.severity)),
    h(
      "h3",
      {},
      incident.drill && h("span", { class: "drill" }, "Drill"),
      incident.codename !== undefined &&
        incident.codename !== incident.title &&
        h("b", { class: "named" }, brief(incident.codename, 40), ": "),
      h(
        "a",
        { href: `/incidents/${encodeURIComponent(incident.id)}` },
        h("q", {}, h("bdi", {}, brief(incident.title, 200))),
      ),
    ),
    h("span", { class: "service" }, h("bdi", {}, brief(incident.serviceName || incident.service))),
    h("span", { class: "phase" }, phaseWord(incident.phase)),
    h("span", { class: "since" }, ago(incident.openedAt), h("span", { class: "dim" }, at(incident.openedAt))),
    waiting(incident)
      ? h("span", { class: "owner nobody" }, h("span", { class: "bell" }), "nobody yet, paging")
      : h("span", { class: "owner" }, incident.owner ? h("bdi", {}, brief(incident.owner)) : "nobody"),
  );

/** @param {string} heading @param {Listed[]} incidents */
const section = (heading, incidents) =>
  incidents.length > 0 &&
  h(
    "section",
    { key: heading },
    h("h2", {}, heading, h("span", { class: "count" }, incidents.length)),
    h("ul", { class: `rows ${many(incidents)}` }, incidents.map(row)),
  );

/** @param {boolean} ended */
const tabs = (ended) =>
  h(
    "nav",
    { class: "tabs", "aria-label": "Incidents" },
    h("a", { href: "/", "aria-current": ended ? undefined : "page" }, "Open"),
    h("a", { href: "/?show=ended", "aria-current": ended ? "page" : undefined }, "Ended"),
  );

const quiet = h(
  "div",
  { class: "quiet" },
  h("p", { class: "headline" }, "All quiet."),
  h("p", {}, "No incident is open. This page shows the next one by itself."),
);

/** @param {Listed[]} incidents */
function openSections(incidents) {
  const real = incidents.filter((incident) => !incident.drill);
  return [
    section("Nobody has it yet", real.filter(waiting)),
    section(
      "In hand",
      real.filter((incident) => !waiting(incident)),
    ),
    section(
      "Drills",
      incidents.filter((incident) => incident.drill),
    ),
  ];
}

/** @param {boolean} ended @returns {View<IncidentList>} */
export const listView = (ended) => ({
  path: `/api/incidents?state=${ended ? "ended" : "open"}`,
  live: ({ incidents }) => incidents.some((incident) => incident.state === "open"),
  alarming: ({ incidents }) => incidents.some((incident) => waiting(incident) && !incident.drill),
  title({ incidents }) {
    if (ended) return "Ended incidents";
    const alone = incidents.filter((incident) => waiting(incident) && !incident.drill).length;
    return alone > 0 ? `(${alone}) waiting for somebody` : `${counted(incidents.length, "open incident")}`;
  },
  draw: ({ incidents, you }) => [
    viewerPart(you),
    h("h1", { tabindex: -1 }, ended ? "Ended incidents" : "Open incidents"),
    tabs(ended),
    incidents.length === 0 && (ended ? h("p", { class: "quiet" }, "No incident has ended yet.") : quiet),
    ended ? section("Newest first", incidents) : openSections(incidents),
  ],
  changes(before, after) {
    const old = new Map(before.incidents.map((incident) => [incident.id, incident]));
    return after.incidents.flatMap((incident) => {
      const was = old.get(incident.id);
      const title = inQuotes(incident.title);
      if (was === undefined && !ended) return [`New: ${severityWord(incident.severity)}, ${title}`];
      if (was && was.owner !== incident.owner && incident.owner) return [`${incident.owner} has ${title}`];
      return [];
    });
  },
});
