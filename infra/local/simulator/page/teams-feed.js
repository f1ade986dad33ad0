// Brings what the chat shows to one person and keeps it true; says and presses what that person does.

/** @import { Overview, Press, Said } from "./teams-wire.d.ts" */
/**
 * @typedef {object} Ears
 * @property {(overview: Overview) => void} overview
 * @property {(conversation: string, messages: Said[]) => void} messages
 * @property {(trouble: string | undefined) => void} line
 * @property {() => { upn: string, conversation: string } | undefined} looking
 */

const base = "/simulator/chat";
const told = 10_000;
const untold = 1500;

/** @param {string} path @param {RequestInit} [options] */
async function ask(path, options) {
  const signal = AbortSignal.timeout(20_000);
  const response = await fetch(base + path, { cache: "no-store", signal, ...options });
  if (!response.ok) throw new Error(`error ${response.status}`);
  return response.json();
}

/** @param {Ears} ears @returns {() => Promise<void>} to ask at once */
export function listen(ears) {
  const events = new EventSource(`${base}/events`);
  /** An answer is on its way; and there was news meanwhile. */
  let asking = false;
  let news = false;

  async function all() {
    // One question at a time: an older answer must not come in after a newer one.
    if (asking) return void (news = true);
    asking = true;
    try {
      do {
        news = false;
        ears.overview(await ask("/people"));
        const looking = ears.looking();
        if (looking === undefined) continue;
        const { upn, conversation } = looking;
        const query = `as=${encodeURIComponent(upn)}&in=${encodeURIComponent(conversation)}`;
        const { messages } = await ask(`/view?${query}`);
        ears.messages(conversation, messages);
      } while (news);
      ears.line(undefined);
    } catch {
      ears.line("The simulator does not answer. What you see may be old.");
    } finally {
      asking = false;
    }
  }

  async function again() {
    await all();
    setTimeout(() => void again(), events.readyState === EventSource.OPEN ? told : untold);
  }

  events.onopen = () => void all();
  events.onmessage = () => void all();
  void again();
  return all;
}

/** @param {string} path @param {unknown} [content] @returns {Promise<any>} */
const post = (path, content = {}) => ask(path, { method: "POST", body: JSON.stringify(content) });

/** @param {string} name */
const person = (name) => `/people/${encodeURIComponent(name)}`;
/** @param {string} id */
const channel = (id) => `/channels/${encodeURIComponent(id)}`;

/** @param {{ outcome: string, status?: number }} delivered @returns {string | undefined} what went wrong */
const troubleOf = ({ outcome, status }) => {
  if (outcome === "answered" && status !== undefined && status < 300) return undefined;
  if (outcome === "answered") return `The bot did not take it: error ${status}.`;
  return outcome === "unreachable" ? "The bot can't be reached." : undefined;
};

/** @param {string} upn @param {string} text */
export const say = async (upn, text) => troubleOf(await post(`${person(upn)}/says`, { text }));

/** @param {string} upn @param {string} id @param {string} text @param {{ thread?: string, mentions: boolean }} how */
export const sayIn = async (upn, id, text, how) =>
  troubleOf(await post(`${channel(id)}/says`, { as: upn, text, ...how }));

/** What becomes of it is shown under the card. @param {string} upn @param {Said} message @param {Press} action */
export const press = (upn, { conversation, id }, action) =>
  post(`${person(upn)}/presses`, { conversation, message: id, action });

/** @param {string} upn @param {"installs" | "uninstalls" | "blocks" | "unblocks"} what */
export const change = (upn, what) => post(`${person(upn)}/${what}`);

/** @param {string} id */
export const remove = (id) => post(`${channel(id)}/deletes`);
