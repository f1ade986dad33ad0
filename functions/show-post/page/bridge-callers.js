// Who is in the room, and who waits to be let in. Callers whom the config does not know stand out.
import { h } from "./dom.js";
import { player } from "./recording.js";
import { brief } from "./said.js";
import { ago, at } from "./times.js";
import { admissionWord, counted } from "./words.js";

/** @import { Bridge, Caller } from "./wire.d.ts" */
/** @import { BridgeActs } from "./bridge-acts.js" */
/** @import { Act } from "./main.js" */

/** @param {Caller} caller */
const isUnknown = ({ person }) => person === undefined;

/** @param {Caller} caller */
const capital = ({ name }) => brief(name.slice(0, 1).toUpperCase() + name.slice(1), 60);

/** @param {Caller} caller @param {BridgeActs | undefined} acts @param {string} incident @param {Act} act */
const row = (caller, acts, incident, act) =>
  h(
    "li",
    {
      key: caller.call,
      class: `caller${isUnknown(caller) ? " stranger" : ""}${caller.muted ? " muted" : ""}`,
    },
    h("b", {}, h("bdi", {}, capital(caller))),
    h(
      "span",
      { class: "pill" },
      caller.presence === "admitted" ? "coming in" : caller.muted ? "muted" : "can be heard",
    ),
    h(
      "span",
      { class: "dim" },
      isUnknown(caller) && "nobody knows who this is · ",
      caller.way !== undefined && `${brief(admissionWord(caller.way), 40)} · `,
      at(caller.since),
      " ",
      ago(caller.since),
    ),
    (caller.recordings.length > 0 || acts !== undefined) &&
      h(
        "span",
        { class: "caller-acts" },
        caller.recordings.map(({ kind, id }) => player(incident, id, kind, capital(caller), act)),
        caller.presence === "in" && acts?.forCaller(caller),
      ),
  );

/** Whether or not a bridge is open. @param {Bridge} bridge @param {BridgeActs} acts @param {string} incident @param {Act} act */
export function waitingPart({ callers, you }, acts, incident, act) {
  const waiting = callers.filter(({ presence }) => presence === "waiting");
  if (waiting.length === 0) return undefined;
  return h(
    "ul",
    { key: "waiting", class: "callers waiting", "aria-label": "Waiting to be let in" },
    waiting.map((caller) =>
      h(
        "li",
        { key: caller.call, class: `caller${isUnknown(caller) ? " stranger" : ""}` },
        h("b", {}, h("bdi", {}, capital(caller))),
        h("span", { class: "pill" }, caller.letIn === true ? "coming in" : "waiting"),
        h(
          "span",
          { class: "dim" },
          caller.removedBefore === true && "removed before · ",
          isUnknown(caller) && "number not in the config · ",
          at(caller.since),
          " ",
          ago(caller.since),
        ),
        h(
          "span",
          { class: "caller-acts" },
          caller.recordings.map(({ kind, id }) => player(incident, id, kind, capital(caller), act)),
          acts.forWaiting(caller, you),
        ),
      ),
    ),
  );
}

/** @param {Bridge} bridge @param {BridgeActs} acts @param {string} incident @param {Act} act */
export function callersPart({ state, callers, you }, acts, incident, act) {
  if (state === "none" || state === "wanted") return undefined;
  const inside = callers.filter(({ presence }) => presence === "admitted" || presence === "in");
  const left = callers.filter(({ presence }) => presence === "left");
  const may = state === "open" && you.inCommand ? acts : undefined;
  return [
    inside.length === 0
      ? state === "open" && h("p", { key: "empty", class: "dim empty" }, "Nobody is in the room.")
      : h(
          "ul",
          { key: "inside", class: "callers", "aria-label": "In the room" },
          inside.map((caller) => row(caller, may, incident, act)),
        ),
    left.length > 0 &&
      h(
        "details",
        { key: "left", class: "left" },
        h("summary", {}, `${counted(left.length, "caller")} left`),
        h(
          "ul",
          {},
          left.map((caller) =>
            h(
              "li",
              { key: caller.call },
              h("bdi", {}, capital(caller)),
              " ",
              h("span", { class: "dim" }, at(caller.since)),
            ),
          ),
        ),
      ),
  ];
}
