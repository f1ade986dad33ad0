// The one sentence a reader came for: does somebody have it, who is being paged, what happens next and when.
import { hubNow } from "./clock.js";
import { h } from "./dom.js";
import { ladder } from "./ladder.js";
import { brief } from "./said.js";
import { clockTime, countdown } from "./times.js";
import { names, phaseWord } from "./words.js";

/** @import { Child } from "./dom.js" */
/** @import { Incident, PageRequest } from "./wire.d.ts" */

/** @param {Incident} incident */
export function statusSentence(incident) {
  if (incident.endedAt !== undefined) return `${phaseWord(incident.phase)}. Nobody is being paged.`;
  if (incident.owner) return `${brief(incident.owner.name, 60)} has it.`;
  switch (incident.request?.state) {
    case "catch-all":
      return "Nobody has answered.";
    case "paused":
      return "A machine acknowledged; no person has it yet.";
    case "satisfied":
      return "It has been answered.";
    case "open":
    case "cancelled":
    case undefined:
      return "Nobody has it yet.";
  }
}

/** @param {string | undefined} iso */
const left = (iso) => {
  const ms = Date.parse(iso ?? "") - hubNow();
  return Number.isNaN(ms) ? undefined : ms;
};

/** @param {string} before @param {number | undefined} ms @param {string} [after] */
function timed(before, ms, after = "") {
  if (ms === undefined) return `${before} soon${after}`;
  return [
    before,
    ms > 0 ? " in " : " ",
    h("b", { class: "count-down" }, ms > 0 ? countdown(ms) : "now"),
    after,
  ];
}

/** @param {PageRequest} request */
function openRequest(request) {
  const level = request.level ?? 0;
  const people = request.levels[level]?.people ?? [];
  const last = level + 1 >= request.levels.length;
  const round = (request.pass ?? 0) > 0 ? `, round ${(request.pass ?? 0) + 1}` : "";
  return [
    `Paging ${names(people)}: level ${level + 1} of ${request.levels.length}${round}. `,
    timed(
      last ? "The next round, or the last resort, follows" : "The next level follows",
      left(request.until),
      ".",
    ),
  ];
}

/** @param {Incident} incident @returns {Child} */
function next({ request, endedAt }) {
  if (endedAt !== undefined) return `Since ${clockTime(Date.parse(endedAt))}.`;
  switch (request?.state) {
    case "open":
      return openRequest(request);
    case "paused":
      return timed("Paging goes on", left(request.until), ", unless a person takes it.");
    case "catch-all":
      return timed("The people of last resort are paged again", left(request.until), ".");
    case "satisfied":
      return "Nobody else is being paged. Escalate if more help is needed.";
    case "cancelled":
    case undefined:
      return "No page is open.";
  }
}

/** @param {Incident} incident */
export const statusPart = (incident) =>
  h(
    "section",
    { class: "status", "aria-label": "Where it stands" },
    h("p", { class: "headline" }, statusSentence(incident)),
    h("p", { class: "next" }, next(incident)),
    incident.request &&
      incident.request.levels.length > 0 &&
      ladder(incident.request, incident.endedAt !== undefined),
  );
