// The whole incident at a glance: time from left to right, one lane per kind of fact. The words stand in the list below.
import { hubNow } from "./clock.js";
import { h } from "./dom.js";
import { kindOf, kindWords } from "./kinds.js";
import { clockTime, lasted } from "./times.js";

/** @import { Incident, TimelineEntry } from "./wire.d.ts" */
/** @import { Kind } from "./kinds.js" */

const lane = 16;
// Facts nearer than this are one mark: hundreds of them stay light and legible.
const steps = 160;

/** @param {Kind} kind @param {string} x @param {number} y */
function mark(kind, x, y) {
  if (kind === "answer") return h("circle", { cx: x, cy: y, r: 5 });
  if (kind === "turn") return h("rect", { x, y: y - 8, width: 3, height: 16 });
  return h("rect", { x, y: y - 4, width: kind === "page" ? 4 : 6, height: 8, rx: kind === "alert" ? 3 : 1 });
}

/** @param {TimelineEntry[]} entries @param {number} start @param {number} end */
function places(entries, start, end) {
  /** @type {Map<Kind, Set<number>>} */
  const found = new Map();
  for (const { at, type } of entries) {
    const share = (Date.parse(at) - start) / Math.max(1, end - start);
    if (Number.isNaN(share)) continue;
    const places = found.get(kindOf(type)) ?? new Set();
    found.set(kindOf(type), places.add(Math.round(Math.min(1, Math.max(0, share)) * steps)));
  }
  return found;
}

/** @param {Incident} incident */
export function timeStrip({ timeline, openedAt, endedAt }) {
  const start = Date.parse(openedAt);
  const end = endedAt === undefined ? hubNow() : Date.parse(endedAt);
  const found = places(timeline, start, end);
  const kinds = /** @type {Kind[]} */ (Object.keys(kindWords)).filter((kind) => found.has(kind));
  const counts = kinds.map(
    (kind) => `${timeline.filter(({ type }) => kindOf(type) === kind).length} ${kindWords[kind]}`,
  );
  return h(
    "figure",
    { class: "strip" },
    h(
      "div",
      { class: "lanes" },
      h(
        "ul",
        { "aria-hidden": "true" },
        kinds.map((kind) => h("li", {}, kindWords[kind])),
      ),
      h(
        "svg",
        {
          role: "img",
          "aria-label": `Over ${lasted(end - start)}: ${counts.join(", ")}`,
          height: kinds.length * lane,
        },
        kinds.map((kind, index) =>
          h(
            "g",
            { key: kind, class: kind },
            h("rect", { class: "track", y: index * lane + lane / 2, width: "100%", height: 1 }),
            [...(found.get(kind) ?? [])].map((place) =>
              mark(kind, `${(1 + (place / steps) * 97).toFixed(2)}%`, index * lane + lane / 2),
            ),
          ),
        ),
      ),
    ),
    h(
      "figcaption",
      { class: "dim" },
      h("span", {}, clockTime(start)),
      h("span", {}, lasted(end - start)),
      h("span", {}, endedAt === undefined ? "now" : clockTime(end)),
    ),
  );
}
