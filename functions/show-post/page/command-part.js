// The command of a response: who is here and who is on the way, how it was reported to stand, who else was asked for, and
// the orders by which all that changes.
import { hubNow } from "./clock.js";
import { commandActs } from "./command-acts.js";
import { h } from "./dom.js";
import { brief, quoted } from "./said.js";
import { ago, at, clockTime } from "./times.js";
import { mayOrder } from "./viewer-part.js";
import { names, requestWord } from "./words.js";

/** @import { Incident, PageRequest, Report } from "./wire.d.ts" */
/** @import { Act } from "./main.js" */

/** @param {string} name @param {string} text */
const line = (name, text) => text !== "" && h("div", {}, h("dt", {}, name), h("dd", {}, quoted(text, 500)));

/** @param {Report} report */
const reported = ({ conditions, actions, needs, by, at: when }) => [
  h(
    "dl",
    { key: "can", class: "can" },
    line("Conditions", conditions),
    line("Actions", actions),
    line("Needs", needs),
  ),
  h(
    "p",
    { key: "can-by", class: "dim" },
    "Reported by ",
    h("bdi", {}, brief(by.name, 60)),
    ", ",
    ago(when),
    ".",
  ),
];

/** @param {Incident} incident */
function due({ nextUpdateDue, endedAt }) {
  const moment = Date.parse(nextUpdateDue ?? "");
  if (endedAt !== undefined || Number.isNaN(moment)) return undefined;
  const late = moment < hubNow();
  return h(
    "p",
    { key: "due", class: "due", "data-late": late },
    late ? "An update has been due since " : "Next update due ",
    nextUpdateDue !== undefined && at(nextUpdateDue),
    ".",
  );
}

/** @param {Incident} incident */
function here({ roster = [] }) {
  const present = roster.filter(({ signedInAt }) => signedInAt !== undefined);
  const coming = roster.filter(
    ({ signedInAt, promisedFor }) => signedInAt === undefined && promisedFor !== undefined,
  );
  return [
    h(
      "p",
      { key: "here", class: "here" },
      h("b", {}, "Here: "),
      present.length === 0
        ? "nobody has signed in."
        : `${names(
            present.map(({ person }) => person.name),
            12,
          )}.`,
    ),
    coming.length > 0 &&
      h(
        "ul",
        { key: "coming", class: "coming", "aria-label": "On the way" },
        coming.map(({ person, promisedFor = "" }) =>
          h(
            "li",
            { key: person.id },
            h("bdi", {}, brief(person.name, 60)),
            ` is expected at ${clockTime(Date.parse(promisedFor))}.`,
          ),
        ),
      ),
  ];
}

/** @param {PageRequest} request */
const became = ({ about, owner, state }) =>
  owner === undefined
    ? requestWord(state)
    : owner.id === about?.id
      ? "said yes"
      : `${brief(owner.name, 40)} said yes`;

/** @param {PageRequest} request */
const asked = (request) => {
  const { id, kind, about, askedBy, state } = request;
  return h(
    "li",
    { key: id, class: `asked ${state}` },
    h("b", {}, h("bdi", {}, brief(about?.name ?? "", 60))),
    h("span", { class: "pill" }, became(request)),
    h(
      "span",
      { class: "dim" },
      kind === "subject" ? "somebody who answers for it, " : "",
      "asked for",
      askedBy !== undefined && [" by ", h("bdi", {}, brief(askedBy.name, 60))],
    ),
  );
};

/** @param {Incident} incident */
function further({ requests = [] }) {
  const more = requests.filter(({ kind }) => kind === "person" || kind === "subject");
  return (
    more.length > 0 &&
    h("ul", { key: "asked", class: "asked-for", "aria-label": "Also asked for" }, more.map(asked))
  );
}

/** @param {string} id @param {Act} act */
export function commandPanel(id, act) {
  const acts = commandActs(id, act);

  /** @param {Incident} incident */
  const draw = (incident) => {
    // An older hub knows nothing of it.
    if (incident.you === undefined) return undefined;
    const live = incident.endedAt === undefined;
    return h(
      "section",
      { key: "command", class: "part command", "aria-labelledby": "command-heading" },
      h("h2", { id: "command-heading" }, "Command"),
      incident.can !== undefined
        ? reported(incident.can)
        : h("p", { key: "can", class: "dim" }, "Nobody has reported how it stands."),
      due(incident),
      here(incident),
      further(incident),
      live && mayOrder(incident.you) && acts.draw(incident),
    );
  };

  return { draw, shortcuts: acts.shortcuts };
}
