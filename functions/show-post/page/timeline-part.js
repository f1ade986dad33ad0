// The timeline in words, every entry of it, in the order that the reader likes; above it the same as a picture.
import { h } from "./dom.js";
import { keep, kept } from "./keep.js";
import { kindOf } from "./kinds.js";
import { brief, said } from "./said.js";
import { timeStrip } from "./time-strip.js";
import { at } from "./times.js";
import { channelWord, counted, many } from "./words.js";

/** @import { Incident, TimelineEntry } from "./wire.d.ts" */
/** @import { Act } from "./main.js" */

let oldestFirst = kept("timeline") === "oldest";

/** @param {TimelineEntry} entry */
const line = (entry) =>
  h(
    "li",
    { key: entry.id, class: `entry ${kindOf(entry.type)}` },
    at(entry.at),
    h("div", { class: "words" }, said(entry.text)),
    h(
      "span",
      { class: "dim" },
      h("bdi", {}, brief(entry.by, 60)),
      entry.via !== "" && ` via ${channelWord(brief(entry.via, 30))}`,
    ),
  );

/** @param {Incident} incident @param {Act} act */
export const timelinePart = (incident, act) =>
  h(
    "section",
    { key: "timeline", class: "part", "aria-labelledby": "timeline-heading" },
    h(
      "div",
      { class: "bar-row" },
      h("h2", { id: "timeline-heading" }, "Timeline"),
      h("span", { class: "dim" }, counted(incident.timeline.length, "entry", "entries")),
      h(
        "button",
        {
          type: "button",
          class: "small",
          onclick() {
            oldestFirst = !oldestFirst;
            keep("timeline", oldestFirst ? "oldest" : "newest");
            act.redraw();
          },
        },
        oldestFirst ? "Order: oldest first" : "Order: newest first",
      ),
    ),
    timeStrip(incident),
    h(
      "ol",
      { class: `timeline ${many(incident.timeline)}` },
      (oldestFirst ? incident.timeline : incident.timeline.toReversed()).map(line),
    ),
  );
