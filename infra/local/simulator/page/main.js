// The phones of everybody in the config, side by side: they ring here instead of on a bedside table.
import { keypad, liveCall, ringsIn } from "./call.js";
import { hear } from "./calls-heard.js";
import { h, render } from "./dom.js";
import { callHub, handle, listen, sendSampleAlert, sendText } from "./feed.js";
import { handsetOf } from "./handset.js";
import { hush, ring, say, toggleSound } from "./ring.js";
import { roomsOf, roomsPart } from "./rooms.js";
import { brief } from "./said.js";

/** @import { Hands } from "./handset.js" */
/** @import { Call, Message, Phone } from "./wire.d.ts" */

// How long a phone buzzes, and how old a message may be for it to buzz when the page is opened.
const buzz = 8000;
const ringEvery = 3000;
/** A number that is in no config: of the drama numbers, which belong to nobody. */
const stranger = "+447700900999";

/** @param {string} id */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @type {Phone[]} */
let phones = [];
/** @type {Map<string, readonly Message[]>} */
const talks = new Map();
/** @type {Map<string, readonly Call[]>} */
const callsOf = new Map();
/** How many messages of each phone have been looked at. @type {Map<string, number>} */
const seen = new Map(Object.entries(JSON.parse(sessionStorage.getItem("muster.seen") ?? "{}")));
/** @type {Map<string, number>} */
const ringingUntil = new Map();
/** @type {Map<string, string>} */
const troubles = new Map();

/** @param {readonly Message[]} messages */
const incoming = (messages) => messages.filter((message) => message.direction === "outbound").length;

/** @param {string} number */
const unread = (number) => Math.max(0, incoming(talks.get(number) ?? []) - (seen.get(number) ?? 0));

/** @param {string} number */
const live = (number) => liveCall(callsOf.get(number) ?? []);

/** @param {string} number */
const nameOf = (number) => brief(phones.find((phone) => phone.number === number)?.name ?? number, 60);

/** @param {string} number @param {Promise<string | undefined>} doing */
async function trying(number, doing) {
  const trouble = await doing;
  if (trouble === undefined) troubles.delete(number);
  else troubles.set(number, trouble);
  draw();
}

/** @param {string} sid */
const phoneOf = (sid) => [...callsOf].find(([, calls]) => calls.some((call) => call.sid === sid))?.[0] ?? "";

/** Whoever answers by keyboard has the keypad under the fingers. @type {string | undefined} */
let toFocus;

/** @type {Hands} */
const hands = {
  text(number, body) {
    hands.look(number);
    void trying(number, sendText(number, body));
  },
  look(number) {
    if (unread(number) === 0 && !ringingUntil.has(number)) return;
    seen.set(number, incoming(talks.get(number) ?? []));
    ringingUntil.delete(number);
    sessionStorage.setItem("muster.seen", JSON.stringify(Object.fromEntries(seen)));
    draw();
  },
  nameOf,
  callHub: (number) => void trying(number, callHub(number)),
  answer(sid) {
    toFocus = sid;
    void trying(phoneOf(sid), handle(sid, "answer"));
  },
  press: (sid, key) => void trying(phoneOf(sid), handle(sid, "press", key)),
  hangUp: (sid) => void trying(phoneOf(sid), handle(sid, "hangup")),
};

function draw() {
  const now = Date.now();
  render(
    part("phones"),
    phones.map(({ number, name }) => {
      const call = live(number);
      return handsetOf(
        {
          number,
          name,
          messages: talks.get(number) ?? [],
          calls: callsOf.get(number) ?? [],
          now,
          unread: unread(number),
          ringing: (call !== undefined && ringsIn(call)) || (ringingUntil.get(number) ?? 0) > now,
          trouble: troubles.get(number),
        },
        hands,
      );
    }),
  );
  render(part("rooms"), roomsPart(roomsOf(callsOf), nameOf, now));
  const waiting = phones.reduce((sum, { number }) => sum + unread(number), 0);
  const calling = phones.some(({ number }) => live(number)?.status === "ringing");
  document.title = `${calling ? "Call · " : ""}${waiting > 0 ? `(${waiting}) ` : ""}Phones · Muster`;
}

/** @param {string} words */
const announce = (words) => render(part("announcer"), h("p", { key: Date.now() }, words));

/** @param {string} number @param {readonly Message[]} messages @returns {boolean} whether there is any news */
function heardTexts(number, messages) {
  const before = talks.get(number) ?? [];
  talks.set(number, messages);
  const news = messages.filter(({ sid }) => !before.some((old) => old.sid === sid));
  const rings = news.some(
    (message) => message.direction === "outbound" && Date.parse(message.at) > Date.now() - 60_000,
  );
  if (rings && unread(number) > 0) {
    ringingUntil.set(number, Date.now() + buzz);
    setTimeout(draw, buzz + 50);
    ring();
    announce(`New text for ${nameOf(number)}`);
  }
  return news.length > 0;
}

/** @param {string} number @param {readonly Call[]} calls @returns {boolean} whether one is over that was not before */
function heardCalls(number, calls) {
  const past = (/** @type {readonly Call[]} */ all) =>
    all.filter(({ endedAt }) => endedAt !== undefined).length;
  const before = past(callsOf.get(number) ?? []);
  callsOf.set(number, calls);
  hear(calls, {
    rings(call) {
      if (!ringsIn(call)) return;
      ring();
      announce(`Call for ${nameOf(number)}`);
    },
    said: (_, text) => say(text),
    over(call) {
      hush();
      announce(`The call with ${nameOf(number)} is over`);
      if (toFocus === call.sid) toFocus = undefined;
    },
  });
  return past(calls) > before;
}

/** The newest stands at the end. @param {string} id */
function toEnd(id) {
  const box = document.getElementById(id);
  if (box !== null) box.scrollTop = box.scrollHeight;
}

part("sample").onclick = async () => {
  const trouble = await sendSampleAlert();
  render(part("sent"), trouble ?? "Alert sent: a phone rings in a moment.");
};
part("stranger").onclick = async () => {
  const trouble = await callHub(stranger);
  render(part("sent"), trouble ?? "Somebody whom nobody knows calls Muster.");
};
part("sound").onclick = () => {
  const on = toggleSound();
  part("sound").setAttribute("aria-pressed", String(on));
};
// Digits of the keyboard are keys of the phone: of the one in whose call the focus is, or of the only one in a call.
document.addEventListener("keydown", ({ key, target, ctrlKey, metaKey, altKey }) => {
  if (!keypad.includes(key) || ctrlKey || metaKey || altKey || target instanceof HTMLInputElement) return;
  const talking = phones
    .map(({ number }) => live(number))
    .filter((call) => call !== undefined && call.status === "in-progress");
  const focused = talking.find(
    (call) => target instanceof Node && document.getElementById(`call-${call?.sid}`)?.contains(target),
  );
  const call = focused ?? (talking.length === 1 ? talking[0] : undefined);
  if (call !== undefined) hands.press(call.sid, key);
});
setInterval(() => {
  if (phones.some(({ number }) => live(number) !== undefined)) draw();
}, 1000);
setInterval(() => {
  if ([...callsOf.values()].some((calls) => calls.some(ringsIn))) ring();
}, ringEvery);
listen({
  phones(found) {
    phones = found;
    render(part("none"), found.length === 0 && "The config names no phones yet.");
    draw();
  },
  conversation(number, { messages, calls }) {
    const before = live(number);
    const over = heardCalls(number, calls);
    const news = heardTexts(number, messages);
    draw();
    if (news || over) toEnd(`talk-${number}`);
    const call = live(number);
    if (call === undefined) return;
    const isNews = call.transcript.length !== before?.transcript.length;
    if (isNews || call.conference?.name !== before?.conference?.name) toEnd(`heard-${call.sid}`);
    if (toFocus === call.sid && call.status === "in-progress") {
      document.getElementById(`call-${call.sid}`)?.focus();
      toFocus = undefined;
    }
  },
  line: (trouble) => render(part("banner"), trouble),
});
