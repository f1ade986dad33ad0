// Teams as one person sees it: the chat with the bot, the team's channels, and the cards on which one presses.
import { h, render } from "./dom.js";
import { brief } from "./said.js";
import "./chat.js";
import "./teams-card.js";
import { change, listen, press, remove, say, sayIn } from "./teams-feed.js";
import { talkOf } from "./teams-talk.js";

/** @import { Hands } from "./teams-talk.js" */
/** @import { Channel, Overview, Person, Said } from "./teams-wire.d.ts" */

/** @param {string} id */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const who = /** @type {HTMLSelectElement} */ (part("who"));

/** @type {Overview | undefined} */
let overview;
/** @type {Map<string, readonly Said[]>} */
const talks = new Map();
/** What this window has looked at, by person and conversation. @type {Map<string, string>} */
const seen = new Map();
/** Messages on which a press is under way. @type {Set<string>} */
const pressing = new Set();
/** @type {string | undefined} */
let trouble;

/** Whom this window plays and where it looks stands in its address, so that it can be kept and sent on. */
const address = () => new URLSearchParams(location.hash.slice(1));

/** @returns {Person | undefined} */
function me() {
  const wanted = address().get("as");
  const people = overview?.people ?? [];
  return people.find(({ upn }) => upn === wanted) ?? people[0];
}

/** Left out: the chat with the bot. @returns {Channel | undefined} */
const open = () => channels().find(({ id }) => id === address().get("in"));

/** @returns {Channel[]} */
const channels = () => {
  const id = me()?.id;
  return (overview?.channels ?? []).filter(
    ({ members }) => members === undefined || (id !== undefined && members.includes(id)),
  );
};

/** @param {Person} person */
const here = (person) => open()?.id ?? person.conversation;

/** @param {Promise<unknown>} doing answers what went wrong, in words */
async function trying(doing) {
  try {
    const found = await doing;
    trouble = typeof found === "string" ? found : undefined;
  } catch {
    trouble = "The simulator did not take it.";
  }
  draw();
}

/** @param {(person: Person) => Promise<unknown>} doing */
const asMe = (doing) => {
  const person = me();
  if (person !== undefined) void trying(doing(person));
};

/** @type {Hands} */
const hands = {
  nameOf: (from) =>
    from === undefined
      ? (overview?.bot ?? "")
      : (overview?.people.find(({ id }) => id === from)?.name ?? "Somebody else"),
  busy: (id) => pressing.has(id),
  press(message, action) {
    asMe(async ({ upn }) => {
      pressing.add(message.id);
      draw();
      try {
        await press(upn, message, action);
      } finally {
        pressing.delete(message.id);
        await refresh();
      }
    });
  },
  say: (text) => asMe(({ upn }) => say(upn, text)),
  sayIn: (id, text, how) => asMe(({ upn }) => sayIn(upn, id, text, how)),
  change: (what) => asMe(({ upn }) => change(upn, what)),
  remove: (id) => asMe(() => remove(id)),
};

/** @param {string} conversation @param {string} name @param {string | undefined} newest @param {Person} person @param {string} note */
function placeOf(conversation, name, newest, person, note = "") {
  const isHere = here(person) === conversation;
  const key = `${person.upn} ${conversation}`;
  if (isHere && newest !== undefined) seen.set(key, newest);
  const isNew = newest !== undefined && seen.get(key) !== newest;
  return h(
    "li",
    { key: conversation },
    h(
      "a",
      {
        href: `#${new URLSearchParams({ as: person.upn, in: conversation })}`,
        class: isNew ? "new" : "",
        "aria-current": isHere ? "page" : undefined,
      },
      h("bdi", {}, brief(name, 60)),
      note !== "" && h("span", { class: "note" }, note),
      isNew && h("span", { class: "dot" }, h("span", { class: "unseen" }, "new")),
    ),
  );
}

function draw() {
  const person = me();
  if (overview === undefined) return;
  render(
    who,
    overview.people.map(({ upn, name }) =>
      h("option", { key: upn, value: upn, selected: upn === person?.upn }, brief(name, 60)),
    ),
  );
  if (person === undefined)
    return render(
      part("talk"),
      h("p", { class: "empty" }, "The config names nobody with an address in Teams."),
    );
  if (who.value !== person.upn) who.value = person.upn;
  const { bot, team } = overview;
  const notes = { absent: "not added", blocked: "blocked", installed: "" };
  render(
    part("places"),
    h("h2", {}, "Chat"),
    h("ul", {}, placeOf(person.conversation, bot, person.newest, person, notes[person.installed])),
    h("h2", {}, h("bdi", {}, brief(team.name, 60))),
    h(
      "ul",
      {},
      channels().map(({ id, name, newest, gone }) =>
        placeOf(id, name, newest, person, gone ? "deleted" : ""),
      ),
    ),
  );
  const messages = talks.get(`${person.upn} ${here(person)}`) ?? [];
  render(part("talk"), talkOf({ bot, me: person, channel: open(), messages, trouble }, hands));
  document.title = `${brief(open()?.name ?? bot, 40)} · ${brief(person.name, 40)} · Teams`;
}

/** @param {string} conversation @param {readonly Said[]} messages */
function heard(conversation, messages) {
  const person = me();
  if (person === undefined) return;
  const key = `${person.upn} ${conversation}`;
  const before = talks.get(key);
  talks.set(key, messages);
  const box = document.getElementById("posts");
  const atEnd = box === null || box.scrollHeight - box.scrollTop - box.clientHeight < 80;
  draw();
  const news = messages.filter(({ id }) => !before?.some((old) => old.id === id));
  if (news.length === 0) return;
  const end = document.getElementById("posts");
  if (end !== null && (atEnd || before === undefined)) end.scrollTop = end.scrollHeight;
  const [bots] = news.filter(({ from }) => from === undefined).slice(-1);
  if (before !== undefined && bots !== undefined)
    render(part("announcer"), h("p", { key: bots.id }, `New message from ${hands.nameOf(undefined)}`));
}

const refresh = listen({
  overview(found) {
    overview = found;
    draw();
  },
  messages: heard,
  looking() {
    const person = me();
    return person === undefined ? undefined : { upn: person.upn, conversation: here(person) };
  },
  line: (found) => render(part("banner"), found),
});

who.onchange = () => {
  const wanted = address();
  // Nobody reads the chat of somebody else: there it is the own one that opens.
  if (open() === undefined) wanted.delete("in");
  wanted.set("as", who.value);
  location.hash = wanted.toString();
};
addEventListener("hashchange", () => {
  trouble = undefined;
  draw();
  void refresh();
});
