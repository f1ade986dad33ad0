// One incident: what is going on, who has it, what can be done. A new part of an incident is a file of its own and its name
// in one of the columns.
import { actions } from "./actions.js";
import { alertsPart } from "./alerts-part.js";
import { bridgePanel } from "./bridge-part.js";
import { commandPanel } from "./command-part.js";
import { h } from "./dom.js";
import { headPart } from "./head-part.js";
import { pagesPart } from "./pages-part.js";
import { brief, plain } from "./said.js";
import { statusPart, statusSentence } from "./status-part.js";
import { timelinePart } from "./timeline-part.js";
import { mayOrder, viewerPart } from "./viewer-part.js";
import { counted } from "./words.js";

/** @import { Incident } from "./wire.d.ts" */
/** @import { Act, View } from "./main.js" */

// More new lines than this are counted, not read out.
const readOut = 3;

/** @param {Incident} incident */
const over = (incident) => incident.endedAt !== undefined;

/** @param {Incident} incident */
const alone = (incident) => !over(incident) && incident.owner === undefined;

/** As others may read it: over a shoulder, on a shared screen, on a link that is passed on. @param {Incident} incident */
function named({ codename, sensitive, title }) {
  if (codename === undefined) return brief(title, 80);
  return sensitive === true ? brief(codename, 40) : `${brief(codename, 40)}: ${brief(title, 80)}`;
}

/** @param {string} id @param {Act} act @returns {View<Incident>} */
export function incidentView(id, act) {
  const bar = actions(id, act);
  const command = commandPanel(id, act);
  const bridge = bridgePanel(id, act);
  const columns = [[command.draw, bridge.draw, pagesPart, alertsPart], [timelinePart]];
  return {
    path: `/api/incidents/${encodeURIComponent(id)}`,
    live: (incident) => !over(incident),
    alarming: (incident) => alone(incident) && !incident.drill,
    title: (incident) => `${alone(incident) ? "(!) " : ""}${named(incident)}`,
    draw: (incident) => [
      h("a", { class: "back", href: over(incident) ? "/?show=ended" : "/" }, "All incidents"),
      viewerPart(incident.you, incident),
      headPart(incident),
      h(
        "div",
        { class: "now", "data-alone": alone(incident), "data-over": over(incident) },
        statusPart(incident),
        mayOrder(incident.you) && bar.draw(incident),
      ),
      h(
        "div",
        { class: "columns" },
        columns.map((parts) =>
          h(
            "div",
            { class: "column" },
            parts.map((part) => part(incident, act)),
          ),
        ),
      ),
    ],
    changes: (before, after) => {
      const now = statusSentence(after);
      const known = new Set(before.timeline.map((entry) => entry.id));
      const news = after.timeline.filter((entry) => !known.has(entry.id)).map((entry) => plain(entry.text));
      const spoken =
        news.length > readOut
          ? [`${counted(news.length, "new entry", "new entries")} on the timeline`]
          : news.map((text) => brief(text, 200));
      return statusSentence(before) === now ? spoken : [now, ...spoken];
    },
    shortcuts: (key, incident) =>
      mayOrder(incident.you) &&
      (bar.shortcuts(key, incident) || command.shortcuts(key, incident) || bridge.shortcuts(key, incident)),
  };
}
