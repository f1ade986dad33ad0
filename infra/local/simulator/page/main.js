// The phones of everybody in the config, side by side: they ring here instead of on a bedside table.
import { h, render } from "./dom.js";
import { listen, sendSampleAlert, sendText } from "./feed.js";
import { handsetOf } from "./handset.js";
import { ring, toggleSound } from "./ring.js";
import { brief } from "./said.js";

/** @import { Hands } from "./handset.js" */
/** @import { Message, Phone } from "./wire.d.ts" */

// How long a phone buzzes, and how old a message may be for it to buzz when the page is opened.
const buzz = 8000;

/** @param {string} id */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @type {Phone[]} */
let phones = [];
/** @type {Map<string, readonly Message[]>} */
const talks = new Map();
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

/** @type {Hands} */
const hands = {
  text(number, body) {
    hands.look(number);
    void sendText(number, body).then((trouble) => {
      if (trouble === undefined) troubles.delete(number);
      else troubles.set(number, trouble);
      draw();
    });
  },
  look(number) {
    if (unread(number) === 0 && !ringingUntil.has(number)) return;
    seen.set(number, incoming(talks.get(number) ?? []));
    ringingUntil.delete(number);
    sessionStorage.setItem("muster.seen", JSON.stringify(Object.fromEntries(seen)));
    draw();
  },
};

function draw() {
  const now = Date.now();
  render(
    part("phones"),
    phones.map(({ number, name }) =>
      handsetOf(
        {
          number,
          name,
          messages: talks.get(number) ?? [],
          unread: unread(number),
          ringing: (ringingUntil.get(number) ?? 0) > now,
          trouble: troubles.get(number),
        },
        hands,
      ),
    ),
  );
  const waiting = phones.reduce((sum, { number }) => sum + unread(number), 0);
  document.title = waiting > 0 ? `(${waiting}) Phones · Muster` : "Phones · Muster";
}

/** @param {string} number @param {readonly Message[]} messages */
function heard(number, messages) {
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
    const name = phones.find((phone) => phone.number === number)?.name ?? number;
    render(part("announcer"), h("p", { key: Date.now() }, `New text for ${brief(name, 60)}`));
  }
  draw();
  const talk = part(`talk-${number}`);
  if (news.length > 0) talk.scrollTop = talk.scrollHeight;
}

part("sample").onclick = async () => {
  const trouble = await sendSampleAlert();
  render(part("sent"), trouble ?? "Alert sent: a phone rings in a moment.");
};
part("sound").onclick = () => {
  const on = toggleSound();
  part("sound").setAttribute("aria-pressed", String(on));
};
listen({
  phones(found) {
    phones = found;
    render(part("none"), found.length === 0 && "The config names no phones yet.");
    draw();
  },
  messages: heard,
  line: (trouble) => render(part("banner"), trouble),
});
