// The escalation as a picture: one stage per level, the running one filling up until the next takes over.
import { hubNow } from "./clock.js";
import { h } from "./dom.js";
import { countdown, lasted } from "./times.js";
import { names } from "./words.js";

/** @import { PageRequest } from "./wire.d.ts" */
/** @typedef {"done" | "running" | "held" | "ahead"} Stage */

/** @param {PageRequest} request @param {number} index @param {boolean} over @returns {Stage} */
function stageOf({ state, level = 0 }, index, over) {
  if (state === "catch-all" || index < level) return "done";
  if (index > level) return "ahead";
  if (state === "open" && !over) return "running";
  return state === "paused" ? "held" : "done";
}

/** @param {PageRequest} request @param {number} within */
function passed({ until }, within) {
  const left = Date.parse(until ?? "") - hubNow();
  if (Number.isNaN(left) || within <= 0) return 0;
  return Math.min(1, Math.max(0, 1 - left / (within * 1000)));
}

/** @param {PageRequest} request @param {Stage} stage @param {number} within */
function caption(request, stage, within) {
  if (stage === "running") return `${countdown(Date.parse(request.until ?? "") - hubNow() || 0)} left`;
  if (stage === "held") return "held";
  return stage === "ahead" ? `has ${lasted(within * 1000)}` : "was paged";
}

/** @param {Stage} stage @param {number} share */
const bar = (stage, share) =>
  h(
    "svg",
    { class: "bar", width: "100%", height: "10", "aria-hidden": "true", focusable: "false" },
    h("rect", { class: "track", width: "100%", height: "10", rx: "5" }),
    h("rect", {
      class: "fill",
      width: `${(stage === "done" ? 100 : stage === "ahead" ? 0 : share * 100).toFixed(2)}%`,
      height: "10",
      rx: "5",
    }),
  );

/** @param {PageRequest} request @param {boolean} over */
export const ladder = (request, over) =>
  h(
    "ol",
    { class: "ladder", "aria-label": "Escalation" },
    request.levels.map(({ people, within }, index) => {
      const stage = stageOf(request, index, over);
      return h(
        "li",
        { class: `stage ${stage}`, "aria-current": stage === "running" ? "step" : undefined },
        bar(stage, passed(request, within)),
        h("b", {}, `Level ${index + 1}`),
        h("span", { class: "people" }, h("bdi", {}, names(people, 3))),
        h("span", { class: "dim" }, caption(request, stage, within)),
      );
    }),
    h(
      "li",
      { class: `stage ${request.state === "catch-all" && !over ? "running" : "ahead"}` },
      bar(request.state === "catch-all" ? "done" : "ahead", 0),
      h("b", {}, "Last resort"),
      h("span", { class: "people" }, request.state === "catch-all" ? "being paged" : "if nobody answers"),
    ),
  );
