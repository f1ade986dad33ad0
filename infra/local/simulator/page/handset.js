// One phone: its screen with the conversation, and the keys to answer by; a call takes the place of both while it lasts.
import { answer, answers, codeIn } from "./answers.js";
import { callScreen, liveCall } from "./call.js";
import { h } from "./dom.js";
import { pastCall } from "./past-call.js";
import { pinIn } from "./pin.js";
import { brief, said } from "./said.js";

/** @import { CallHands } from "./call.js" */
/** @import { Call, Message } from "./wire.d.ts" */
/**
 * @typedef {object} Handset
 * @property {string} number
 * @property {string} name
 * @property {readonly Message[]} messages
 * @property {readonly Call[]} calls
 * @property {number} now
 * @property {number} unread
 * @property {boolean} ringing
 * @property {string | undefined} trouble
 */
/**
 * @typedef {CallHands & {
 *   text: (number: string, body: string) => void,
 *   callHub: (number: string) => void,
 *   nameOf: (number: string) => string,
 *   look: (number: string) => void,
 * }} Hands
 */

// A conversation shows its end; what is older is on the timeline.
const shown = 40;
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** @param {string} iso */
const at = (iso) => (Number.isNaN(Date.parse(iso)) ? "" : clock.format(Date.parse(iso)));

/** @param {Message} message */
const bubble = (message) =>
  h(
    "li",
    { key: message.sid, class: `bubble ${message.direction}` },
    h("p", {}, said(message.body, 700)),
    h(
      "p",
      { class: "small" },
      h("time", { datetime: message.at }, at(message.at)),
      message.direction === "outbound" && ` · from ${brief(message.from, 20)}`,
      message.status !== "" && ` · ${brief(message.status, 30)}`,
    ),
  );

/** Texts and calls that are over, in the order of their coming. @param {Handset} handset */
function entries({ messages, calls }) {
  const texts = messages.map((message) => ({ at: message.at, drawn: () => bubble(message) }));
  const over = calls
    .filter(({ endedAt }) => endedAt !== undefined)
    .map((call) => ({ at: call.at, drawn: () => pastCall(call, at) }));
  return [...texts, ...over].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** @param {Handset} handset @param {ReturnType<typeof entries>} [all] */
const conversation = ({ number, name, ...rest }, all = entries({ number, name, ...rest })) =>
  h(
    "ol",
    {
      class: "conversation",
      id: `talk-${number}`,
      tabindex: 0,
      "aria-label": `Texts with ${brief(name, 60)}`,
    },
    all.length === 0 && h("li", { class: "nothing" }, "No texts yet."),
    all.slice(-shown).map(({ drawn }) => drawn()),
  );

/** @param {Handset} handset @param {Hands} hands */
function keys({ number, name, messages }, hands) {
  const code = codeIn(messages);
  return h(
    "div",
    { class: "keys", role: "group", "aria-label": `Quick answers of ${brief(name, 60)}` },
    answers.map(({ digit, words }) =>
      h(
        "button",
        {
          key: digit,
          type: "button",
          class: `answer-${digit}`,
          title: `Sends "${answer(digit, code)}"`,
          onclick: () => hands.text(number, answer(digit, code)),
        },
        h("b", {}, digit),
        h("span", {}, words),
      ),
    ),
  );
}

/** @param {Handset} handset @param {Hands} hands */
const writing = ({ number, name }, hands) =>
  h(
    "form",
    {
      class: "writing",
      onsubmit(event) {
        event.preventDefault();
        const form = /** @type {HTMLFormElement} */ (event.currentTarget);
        const body = /** @type {HTMLInputElement} */ (form.elements.namedItem("body")).value.trim();
        if (body === "") return;
        form.reset();
        hands.text(number, body);
      },
    },
    h("input", {
      name: "body",
      maxlength: 1600,
      autocomplete: "off",
      placeholder: "Text message",
      "aria-label": `Text from ${brief(name, 60)}`,
    }),
    h("button", { type: "submit" }, "Send"),
  );

/** @param {Handset} handset @param {Hands} hands */
export function handsetOf(handset, hands) {
  const call = liveCall(handset.calls);
  return h(
    "li",
    {
      key: handset.number,
      class: `handset${handset.ringing ? " ringing" : ""}`,
      onpointerdown: () => hands.look(handset.number),
      onkeydown: () => hands.look(handset.number),
    },
    h(
      "header",
      {},
      h("h2", {}, h("bdi", {}, brief(handset.name, 60))),
      h("span", { class: "number" }, brief(handset.number, 20)),
      h(
        "span",
        { class: "badge", hidden: handset.unread === 0 },
        `${handset.unread}`,
        h("span", { class: "unseen" }, " unread"),
      ),
      h(
        "button",
        {
          type: "button",
          class: "call-hub",
          hidden: call !== undefined,
          "aria-label": `Call Muster from ${brief(handset.name, 60)}`,
          onclick: () => hands.callHub(handset.number),
        },
        "Call",
      ),
    ),
    handset.trouble !== undefined &&
      h("p", { key: "trouble", class: "trouble", role: "alert" }, handset.trouble),
    call !== undefined &&
      callScreen(
        call,
        { name: handset.name, pin: pinIn(handset.messages), nameOf: hands.nameOf },
        hands,
        handset.now,
      ),
    // Kept while a call covers it: somebody may be in the middle of writing.
    h(
      "div",
      { key: "texts", class: "texts", hidden: call !== undefined },
      conversation(handset),
      keys(handset, hands),
      writing(handset, hands),
    ),
  );
}
