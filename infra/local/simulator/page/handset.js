// One phone: its screen with the conversation, and the keys to answer by. A call would take the place of `conversation`.
import { answer, answers, codeIn } from "./answers.js";
import { h } from "./dom.js";
import { brief, said } from "./said.js";

/** @import { Message } from "./wire.d.ts" */
/**
 * @typedef {object} Handset
 * @property {string} number
 * @property {string} name
 * @property {readonly Message[]} messages
 * @property {number} unread
 * @property {boolean} ringing
 * @property {string | undefined} trouble
 */
/**
 * @typedef {object} Hands
 * @property {(number: string, body: string) => void} text
 * @property {(number: string) => void} look
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
      message.status !== "" && ` · ${brief(message.status, 30)}`,
    ),
  );

/** @param {Handset} handset */
const conversation = ({ number, name, messages }) =>
  h(
    "ol",
    {
      class: "conversation",
      id: `talk-${number}`,
      tabindex: 0,
      "aria-label": `Texts with ${brief(name, 60)}`,
    },
    messages.length === 0 && h("li", { class: "nothing" }, "No texts yet."),
    messages.slice(-shown).map(bubble),
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
export const handsetOf = (handset, hands) =>
  h(
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
    ),
    conversation(handset),
    handset.trouble !== undefined && h("p", { class: "trouble", role: "alert" }, handset.trouble),
    keys(handset, hands),
    writing(handset, hands),
  );
