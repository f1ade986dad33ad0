// The rooms in which phones are together: who is in them, who can't be heard, and the last thing that was said to all.
import { lasted } from "./call.js";
import { h } from "./dom.js";
import { brief, said } from "./said.js";

/** @import { Call } from "./wire.d.ts" */
/**
 * @typedef {object} Room
 * @property {string} name
 * @property {{ number: string, muted: boolean, call: Call | undefined }[]} people
 */

/** @param {ReadonlyMap<string, readonly Call[]>} phones calls by number @returns {Room[]} */
export function roomsOf(phones) {
  /** @type {Map<string, Room>} */
  const rooms = new Map();
  const live = [...phones].flatMap(([number, calls]) =>
    calls.filter(({ endedAt }) => endedAt === undefined).map((call) => ({ number, call })),
  );
  for (const {
    call: { conference },
  } of live) {
    if (conference === undefined) continue;
    const people = conference.people.map((each) => ({
      ...each,
      call: live.find(
        ({ number, call }) => number === each.number && call.conference?.name === conference.name,
      )?.call,
    }));
    // Each phone tells of its room as it was when it was asked: the one that knows of most knows best.
    const known = rooms.get(conference.name);
    if (known === undefined || known.people.length < people.length)
      rooms.set(conference.name, { name: conference.name, people });
  }
  return [...rooms.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** @param {Room} room */
const lastSaid = ({ people }) =>
  people.flatMap(({ call }) => call?.transcript.findLast(({ who }) => who === "voice") ?? []).at(-1)?.text;

/** @param {Room} room @param {(number: string) => string} nameOf @param {number} now */
function roomOf(room, nameOf, now) {
  const words = lastSaid(room);
  return h(
    "li",
    { key: room.name, class: "a-room" },
    h("h3", {}, "Room ", h("bdi", {}, brief(room.name, 8))),
    h(
      "ul",
      { "aria-label": "In the room" },
      room.people.map(({ number, muted, call }) =>
        h(
          "li",
          { key: number, class: muted ? "muted" : "heard" },
          h("b", {}, h("bdi", {}, nameOf(number))),
          h("span", {}, muted ? "muted" : "can be heard"),
          call !== undefined && h("span", { class: "lasted" }, lasted(call, now)),
        ),
      ),
    ),
    words !== undefined && h("p", { class: "last" }, "Last said: ", said(words, 200)),
  );
}

/** @param {Room[]} rooms @param {(number: string) => string} nameOf @param {number} now */
export const roomsPart = (rooms, nameOf, now) =>
  rooms.length > 0 && [
    h(
      "h2",
      { id: "rooms-heading" },
      rooms.length === 1 ? "A room is open" : `${rooms.length} rooms are open`,
    ),
    h(
      "ul",
      { class: "rooms-list", "aria-labelledby": "rooms-heading" },
      rooms.map((room) => roomOf(room, nameOf, now)),
    ),
  ];
