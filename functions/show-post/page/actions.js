// The three orders that matter at night, as buttons for a thumb. What can't be taken back asks first, in plain words.
import { order } from "./api.js";
import { confirmed } from "./confirm.js";
import { h } from "./dom.js";
import { plain } from "./said.js";
import { names } from "./words.js";

/** @import { CommandType, Incident } from "./wire.d.ts" */
/** @import { Act } from "./main.js" */
/**
 * @typedef {object} Order
 * @property {CommandType} type
 * @property {string} key
 * @property {string} label
 * @property {string} doing
 * @property {string} done
 * @property {boolean} asks
 * @property {(incident: Incident) => string} meaning
 */

/** @param {Incident} incident */
const paged = (incident) => {
  const open = incident.pages.filter((page) => page.state === "open").map((page) => page.person.name);
  return [...new Set(open)];
};

/** @param {Incident} incident */
function nextLevel({ request }) {
  if (request?.state !== "open") return "The next people of the escalation policy are paged at once.";
  const people = request.levels[(request.level ?? 0) + 1]?.people;
  return people === undefined
    ? "That was the last level: the next round, or the people of last resort, are paged at once."
    : `Level ${(request.level ?? 0) + 2} is paged at once: ${names(people)}.`;
}

/** @param {Incident} incident */
const callsOff = (incident) =>
  paged(incident).length > 0 ? `Pages to ${names(paged(incident))} are called off.` : "No page is open.";

/** How an incident ends that was declared. @type {Order} */
const close = {
  type: "close",
  key: "r",
  label: "Close",
  doing: "Closing…",
  done: "Closed: everybody is released.",
  asks: true,
  meaning: (incident) =>
    `The response is over for everybody, and can't be opened again. ${callsOff(incident)} Everybody who was paged or has signed in is told and released.`,
};

/** @param {Incident} incident */
const ordersOf = ({ phase }) =>
  phase === "declared" || phase === "mitigated"
    ? orders.map((each) => (each.type === "stand-down" ? close : each))
    : orders;

/** @type {readonly Order[]} */
const orders = [
  {
    type: "acknowledge",
    key: "a",
    label: "Acknowledge",
    doing: "Acknowledging…",
    done: "Acknowledged.",
    asks: false,
    meaning: (incident) =>
      paged(incident).length > 0
        ? `You have it from now on. Paging stops, and ${names(paged(incident))} will be told.`
        : "You have it from now on.",
  },
  {
    type: "escalate",
    key: "e",
    label: "Escalate",
    doing: "Escalating…",
    done: "Escalated.",
    asks: true,
    meaning: (incident) => `${nextLevel(incident)} Whoever has it stays on it.`,
  },
  {
    type: "stand-down",
    key: "r",
    label: "Resolve",
    doing: "Resolving…",
    done: "Resolved: the incident is stood down.",
    asks: true,
    meaning: (incident) =>
      `The incident ends for everybody and can't be opened again. ${callsOff(incident)} Everybody who was paged gets an all-clear. If monitoring still fires, a new incident opens.`,
  },
];

/** @param {string} id @param {Act} act */
export function actions(id, act) {
  /** @type {CommandType | undefined} */
  let busy;
  /** @type {{ good: boolean, text: string } | undefined} */
  let result;

  /** @param {Order} chosen @param {Incident} incident @param {boolean} ask */
  async function give(chosen, incident, ask) {
    if (busy !== undefined || incident.endedAt !== undefined) return;
    if (ask && !(await confirmed(`${chosen.label}?`, chosen.meaning(incident), chosen.label))) return;
    busy = chosen.type;
    result = undefined;
    act.redraw();
    const outcome = await order(id, chosen.type, act.authorization);
    busy = undefined;
    if (outcome.kind === "signed-out") return act.signedOut();
    result =
      outcome.kind === "done" ? { good: true, text: chosen.done } : { good: false, text: plain(outcome.why) };
    act.announce(result.text);
    act.redraw();
    act.pollNow();
  }

  /** @param {Incident} incident */
  const draw = (incident) =>
    incident.endedAt === undefined &&
    h(
      "section",
      { class: "actions", "aria-label": "Act" },
      h("p", { class: "result", "data-good": result?.good }, result?.text ?? ""),
      ordersOf(incident).map((each) =>
        h(
          "button",
          {
            key: each.type,
            type: "button",
            class: `act ${each.type}`,
            "aria-busy": busy === each.type ? "true" : undefined,
            "aria-disabled": busy === undefined ? undefined : "true",
            "aria-keyshortcuts": each.key,
            title: each.meaning(incident),
            onclick: () => void give(each, incident, each.asks),
          },
          h("span", {}, busy === each.type ? each.doing : each.label),
          h("kbd", { "aria-hidden": "true" }, each.key),
        ),
      ),
    );

  /** A key is easily hit by accident: each of them asks. @param {string} key @param {Incident} incident */
  const shortcuts = (key, incident) => {
    const chosen = ordersOf(incident).find((each) => each.key === key);
    if (chosen) void give(chosen, incident, true);
    return chosen !== undefined;
  };

  return { draw, shortcuts };
}
