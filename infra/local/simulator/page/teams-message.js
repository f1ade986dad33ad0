// One message as one person sees it: who and when, words or a card, and what the last press brought.
import { h } from "./dom.js";
import { brief, said } from "./said.js";

/** @import { Press, Said } from "./teams-wire.d.ts" */
/**
 * @typedef {object} Hands
 * @property {(from: string | undefined) => string} nameOf
 * @property {(message: Said, press: Press) => void} press
 * @property {(id: string) => boolean} busy
 */

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** @param {string} iso */
const at = (iso) => (Number.isNaN(Date.parse(iso)) ? "" : clock.format(Date.parse(iso)));

/** @param {Said} message @param {Hands} hands */
export function messageOf(message, hands) {
  const { id, text, card, notice, from, editedAt } = message;
  const busy = hands.busy(id);
  return h(
    "article",
    { class: `post ${from === undefined ? "bot" : "person"}`, "aria-busy": busy ? "true" : "false" },
    h(
      "p",
      { class: "by" },
      h("b", {}, h("bdi", {}, brief(hands.nameOf(from), 60))),
      " ",
      h("time", { datetime: message.at }, at(message.at)),
      editedAt !== undefined && h("span", { class: "edited" }, `changed ${at(editedAt)}`),
    ),
    text !== "" && h("p", { class: "words" }, said(text, 2000)),
    card !== undefined &&
      h("adaptive-card", {
        card: JSON.stringify(card),
        // The element tells what was pressed, and no event.
        onpress: /** @type {any} */ ((/** @type {Press} */ press) => hands.press(message, press)),
      }),
    busy && h("p", { key: "busy", class: "notice", role: "status" }, "Sending…"),
    !busy &&
      notice !== undefined &&
      h("p", { key: "notice", class: `notice ${notice.kind}`, role: "status" }, said(notice.text, 400)),
  );
}
