// A call on a phone's screen: it rings, and whoever picks it up hears a voice as lines of text and has twelve keys.
import { h } from "./dom.js";
import { brief, said } from "./said.js";

/** @import { Call } from "./wire.d.ts" */
/**
 * @typedef {object} CallHands
 * @property {(sid: string) => void} answer
 * @property {(sid: string, key: string) => void} press
 * @property {(sid: string) => void} hangUp
 */
/** Whose call it is: the name, the PIN that the phone was told, and the names of others by number. */
/** @typedef {{ name: string, pin: string | undefined, nameOf: (number: string) => string }} Whose */

export const keypad = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
/** @type {Readonly<Record<string, string>>} */
const spelt = { "*": "star", "#": "hash" };

/** @param {Call} call */
const isLive = ({ status }) => status === "ringing" || status === "in-progress";

/** The one that is spoken in, or else the one that rings. @param {readonly Call[]} calls */
export const liveCall = (calls) =>
  calls.find(({ status }) => status === "in-progress") ?? calls.find((call) => isLive(call));

/** @param {Call} call */
export const ringsIn = ({ status, direction }) => status === "ringing" && direction === "outbound";

/** @param {Call} call @param {number} now */
export function lasted({ answeredAt, endedAt }, now) {
  if (answeredAt === undefined) return "";
  const until = endedAt === undefined ? now : Date.parse(endedAt);
  const whole = Math.max(0, Math.floor((until - Date.parse(answeredAt)) / 1000));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** @param {Call["transcript"][number]} line @param {number} index */
const lineOf = ({ who, text }, index) =>
  h(
    "p",
    { key: index, class: `line ${who}` },
    who === "key" && h("span", { class: "unseen" }, "You pressed "),
    said(text, 400),
  );

/** @param {Call} call */
export const transcriptOf = ({ transcript }) => transcript.slice(-100).map(lineOf);

/** @param {NonNullable<Call["conference"]>} conference @param {Whose["nameOf"]} nameOf */
const roomOf = ({ name, people }, nameOf) =>
  h(
    "div",
    { class: "room" },
    h("h3", {}, "In the room ", h("bdi", {}, brief(name, 12))),
    h(
      "ul",
      {},
      people.map(({ number, muted }) => h("li", { key: number }, nameOf(number), muted && " (muted)")),
    ),
  );

/** @param {Call} call @param {Whose} whose @param {CallHands} hands */
const ringing = ({ sid, from, direction }, { name }, hands) =>
  h(
    "section",
    { key: `ringing-${sid}`, class: "call", "aria-label": `Call for ${brief(name, 60)}` },
    h(
      "div",
      { class: "caller" },
      h("p", {}, direction === "outbound" ? "Incoming call" : "Calling Muster"),
      direction === "outbound" && h("p", { class: "from" }, brief(from, 20)),
    ),
    h(
      "div",
      { class: "pickup" },
      h(
        "button",
        { type: "button", class: "hangup", onclick: () => hands.hangUp(sid) },
        direction === "outbound" ? "Decline" : "Hang up",
      ),
      direction === "outbound" &&
        h("button", { type: "button", class: "answer", onclick: () => hands.answer(sid) }, "Answer"),
    ),
  );

/** The last that was said speaks of it. @param {Call} call */
const asksForPin = ({ transcript, listening }) =>
  listening && /\bPIN\b/.test(transcript.findLast(({ who }) => who === "voice")?.text ?? "");

/** @param {Call} call @param {Whose} whose @param {CallHands} hands @param {number} now */
const talking = (call, { name, pin, nameOf }, hands, now) =>
  h(
    "section",
    {
      key: `talking-${call.sid}`,
      class: "call",
      id: `call-${call.sid}`,
      tabindex: -1,
      "aria-label": `Call with ${brief(name, 60)}`,
    },
    h(
      "div",
      { class: "talk" },
      h("span", {}, call.direction === "inbound" ? "Muster" : brief(call.from, 20)),
      h("span", { class: "lasted" }, lasted(call, now)),
    ),
    h(
      "div",
      {
        class: "transcript",
        role: "log",
        tabindex: 0,
        "aria-label": "What is said",
        id: `heard-${call.sid}`,
      },
      transcriptOf(call),
    ),
    call.conference !== undefined && roomOf(call.conference, nameOf),
    // In a room nobody listens to keys, nor does a call that only speaks.
    call.conference === undefined &&
      call.keyless !== true &&
      h(
        "div",
        {
          key: "keypad",
          class: `keypad${call.listening ? " listening" : ""}`,
          role: "group",
          "aria-label": call.listening ? "Keypad; a key is waited for" : "Keypad",
        },
        keypad.map((key) =>
          h(
            "button",
            { key, type: "button", "aria-label": spelt[key], onclick: () => hands.press(call.sid, key) },
            key,
          ),
        ),
      ),
    h(
      "div",
      { class: "below" },
      pin !== undefined &&
        asksForPin(call) &&
        h("button", { key: "pin", type: "button", onclick: () => hands.press(call.sid, pin) }, `PIN ${pin}`),
      h(
        "button",
        { key: "hangup", type: "button", class: "hangup", onclick: () => hands.hangUp(call.sid) },
        "Hang up",
      ),
    ),
  );

/** @param {Call} call @param {Whose} whose @param {CallHands} hands @param {number} now */
export const callScreen = (call, whose, hands, now) =>
  call.status === "ringing" ? ringing(call, whose, hands) : talking(call, whose, hands, now);
