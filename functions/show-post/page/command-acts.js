// The orders that a response is commanded by: I am here, a report, the declaration, a false alarm. What has to say something
// opens a form in its place, and keeps what was typed until it is sent or put away.
import { order } from "./api.js";
import { confirmed } from "./confirm.js";
import { h } from "./dom.js";
import { plain } from "./said.js";

/** @import { CommandType, Incident } from "./wire.d.ts" */
/** @import { Act } from "./main.js" */
/**
 * @typedef {object} Field
 * @property {string} name
 * @property {string} label
 * @property {number} longest
 * @property {number} rows
 */
/**
 * @typedef {object} Form
 * @property {CommandType} type
 * @property {string} label
 * @property {string} send
 * @property {string} done
 * @property {string} meaning
 * @property {readonly Field[]} fields
 * @property {{ name: string, label: string }} [tick]
 */

// As long as a glance at the screen takes; then it is stale.
const told = 30_000;

/** @type {Form} */
const declaring = {
  type: "declare",
  label: "Declare",
  send: "Declare the incident",
  done: "Declared. From now on it ends when somebody in command closes it.",
  meaning: "It gets a codename that says nothing of its cause, and monitoring can't end it any more.",
  fields: [{ name: "synopsis", label: "What is wrong, in one sentence", longest: 200, rows: 2 }],
  tick: { name: "sensitive", label: "Sensitive: nothing of it where everybody can read it" },
};

/** @type {Form} */
const reporting = {
  type: "report",
  label: "Report",
  send: "Send the report",
  done: "Reported.",
  meaning: "How it stands now. At least one of the three.",
  fields: [
    { name: "conditions", label: "Conditions: what it is like", longest: 500, rows: 2 },
    { name: "actions", label: "Actions: what is being done", longest: 500, rows: 2 },
    { name: "needs", label: "Needs: what is missing", longest: 500, rows: 2 },
  ],
};

/** @param {string} name */
const idOf = (name) => `say-${name}`;

/** @param {string} name */
const control = (name) =>
  /** @type {HTMLInputElement | HTMLTextAreaElement | null} */ (document.getElementById(idOf(name)));

/** @param {string} id @param {Act} act */
export function commandActs(id, act) {
  /** @type {CommandType | undefined} */
  let busy;
  /** @type {Form | undefined} */
  let open;
  /** @type {{ good: boolean, text: string, at: number } | undefined} */
  let result;

  /** @param {CommandType} type @param {string} done @param {Record<string, string>} [about] */
  async function give(type, done, about) {
    if (busy !== undefined) return false;
    busy = type;
    result = undefined;
    act.redraw();
    const outcome = await order(id, type, act.authorization, about);
    busy = undefined;
    if (outcome.kind === "signed-out") {
      act.signedOut();
      return false;
    }
    const good = outcome.kind === "done";
    result = { good, text: good ? done : plain(outcome.why), at: Date.now() };
    if (good) open = undefined;
    act.announce(result.text);
    act.redraw();
    act.pollNow();
    return good;
  }

  /** @param {Form} form */
  function show(form) {
    open = open === form ? undefined : form;
    result = undefined;
    act.redraw();
    const [first] = form.fields;
    if (open !== undefined && first !== undefined) control(first.name)?.focus();
  }

  /** @param {Form} form */
  function putAway(form) {
    open = undefined;
    act.redraw();
    document.getElementById(`act-${form.type}`)?.focus();
  }

  /** @param {Form} form */
  async function send({ type, done, fields, tick }) {
    /** @type {Record<string, string>} */
    const about = {};
    for (const { name } of fields) about[name] = control(name)?.value.trim() ?? "";
    if (tick !== undefined) {
      const box = control(tick.name);
      about[tick.name] = String(box instanceof HTMLInputElement && box.checked);
    }
    if (await give(type, done, about)) document.getElementById("command-result")?.focus();
  }

  async function falseAlarm() {
    const meaning =
      "The incident ends for everybody as none. Everybody who was paged is told and released. Use Close for one that was real.";
    if (busy === undefined && (await confirmed("A false alarm?", meaning, "False alarm")))
      void give("stand-down", "Stood down.");
  }

  async function arrived() {
    if (busy === undefined) void give("sign-in", "You are here: everybody sees it.");
  }

  async function asksArrived() {
    const meaning = "Everybody sees that you have arrived and work on it.";
    if (await confirmed("Are you here?", meaning, "I am here")) void arrived();
  }

  /** @param {CommandType} type @param {string} label @param {() => void} onclick @param {boolean} [opens] */
  const button = (type, label, onclick, opens) =>
    h(
      "button",
      {
        key: type,
        id: `act-${type}`,
        type: "button",
        class: `small ${type}`,
        "aria-expanded": opens === undefined ? undefined : String(opens),
        "aria-busy": busy === type ? "true" : undefined,
        "aria-disabled": busy === undefined ? undefined : "true",
        onclick,
      },
      label,
    );

  /** @param {Form} form */
  const drawForm = (form) =>
    h(
      "form",
      {
        key: `form-${form.type}`,
        class: "say",
        "aria-labelledby": `act-${form.type}`,
        onsubmit: (event) => {
          event.preventDefault();
          void send(form);
        },
        onkeydown: (event) => {
          if (event instanceof KeyboardEvent && event.key === "Escape") putAway(form);
        },
      },
      h("p", { class: "dim" }, form.meaning),
      form.fields.map(({ name, label, longest, rows }) =>
        h(
          "div",
          { key: name, class: "field" },
          h("label", { for: idOf(name) }, label),
          h("textarea", { id: idOf(name), rows, maxlength: longest }),
        ),
      ),
      form.tick !== undefined &&
        h(
          "label",
          { key: "tick" },
          h("input", { id: idOf(form.tick.name), type: "checkbox" }),
          form.tick.label,
        ),
      h(
        "div",
        { key: "choices", class: "say-acts" },
        h(
          "button",
          { type: "submit", class: "small send", "aria-disabled": busy === undefined ? undefined : "true" },
          form.send,
        ),
        h("button", { type: "button", class: "small", onclick: () => putAway(form) }, "Cancel"),
      ),
    );

  /** Which of them this reader may give now. @param {Incident} incident */
  const offered = ({ you, phase }) => ({
    signIn: you?.signedIn === false,
    declare: you?.inCommand === true && phase === "triage",
    falseAlarm: you?.inCommand === true && (phase === "declared" || phase === "mitigated"),
  });

  /** @param {Incident} incident */
  const draw = (incident) => {
    const may = offered(incident);
    if (open === declaring && !may.declare) open = undefined;
    if (result?.good && Date.now() - result.at > told) result = undefined;
    return [
      h(
        "p",
        {
          key: "result",
          id: "command-result",
          tabindex: -1,
          class: "result",
          role: "status",
          "data-good": result?.good,
        },
        result?.text ?? "",
      ),
      h(
        "div",
        { key: "acts", class: "command-acts" },
        may.signIn && button("sign-in", "I am here", () => void arrived()),
        button("report", reporting.label, () => show(reporting), open === reporting),
        may.declare && button("declare", declaring.label, () => show(declaring), open === declaring),
        may.falseAlarm && button("stand-down", "False alarm", () => void falseAlarm()),
      ),
      open !== undefined && drawForm(open),
    ];
  };

  /** @param {string} key @param {Incident} incident */
  const shortcuts = (key, incident) => {
    if (incident.endedAt !== undefined || incident.you === undefined) return false;
    const may = offered(incident);
    if (key === "u") show(reporting);
    else if (key === "d" && may.declare) show(declaring);
    else if (key === "h" && may.signIn) void asksArrived();
    else return false;
    return true;
  };

  return { draw, shortcuts };
}
