// Brings the phones' conversations and keeps them true: told by the simulator's event stream, asked for where that is silent.

/** @import { Conversation, Phone } from "./wire.d.ts" */
/**
 * @typedef {object} Ears
 * @property {(phones: Phone[]) => void} phones
 * @property {(number: string, conversation: Conversation) => void} conversation
 * @property {(trouble: string | undefined) => void} line
 */

const told = 10_000;
const untold = 1500;

/** @param {string} path @param {RequestInit} [options] */
async function ask(path, options) {
  const response = await fetch(path, { cache: "no-store", signal: AbortSignal.timeout(8000), ...options });
  if (!response.ok) throw new Error(`error ${response.status}`);
  return response;
}

/** @param {string} number */
const path = (number) => `/simulator/phones/${encodeURIComponent(number)}`;

/** @param {Ears} ears */
export function listen(ears) {
  /** @type {Phone[]} */
  let phones = [];
  const events = new EventSource("/simulator/events");

  /** Phones that are being asked for, and whether there was news meanwhile. @type {Map<string, boolean>} */
  const asking = new Map();

  /** @param {string} number */
  async function one(number) {
    // One question at a time: an older answer must not come in after a newer one.
    if (asking.has(number)) return void asking.set(number, true);
    asking.set(number, false);
    try {
      const answer = await ask(path(number));
      ears.conversation(number, /** @type {Conversation} */ (await answer.json()));
    } finally {
      const news = asking.get(number);
      asking.delete(number);
      if (news) await one(number);
    }
  }

  async function all() {
    try {
      ({ phones } = await (await ask("/simulator/phones")).json());
      ears.phones(phones);
      for (const { number } of phones) await one(number);
      ears.line(undefined);
    } catch {
      ears.line("The simulator does not answer. What you see may be old.");
    }
  }

  async function again() {
    await all();
    setTimeout(() => void again(), events.readyState === EventSource.OPEN ? told : untold);
  }

  events.onopen = () => void all();
  events.onmessage = ({ data }) => {
    /** @type {{ phone?: string }} */
    const { phone: number } = JSON.parse(data);
    if (number === undefined) return;
    // A number that is not shown yet belongs to a new phone.
    if (phones.some((phone) => phone.number === number)) one(number).catch(() => void all());
    else void all();
  };
  void again();
}

/** @param {string} number @param {string} body @returns {Promise<string | undefined>} what went wrong */
export const sendText = (number, body) =>
  post(`${path(number)}/text`, { body }, "The text was not sent: the hub does not answer.");

/** @param {string} sid @param {"answer" | "press" | "hangup"} action @param {string} [digits] @returns {Promise<string | undefined>} what went wrong */
export const handle = (sid, action, digits) =>
  post(
    `/simulator/calls/${sid}/${action}`,
    digits === undefined ? {} : { digits },
    action === "press" ? "The key was not taken: the call is over." : "That call does not ring any more.",
  );

/** The phone calls the hub's number. @param {string} number @returns {Promise<string | undefined>} what went wrong */
export const callHub = (number) =>
  post(`${path(number)}/call`, {}, "The call did not begin: the simulator does not answer.");

/** @returns {Promise<string | undefined>} what went wrong */
export const sendSampleAlert = () =>
  post("/simulator/sample-alert", {}, "The alert was not sent: the hub does not answer.");

/** @param {string} to @param {unknown} content @param {string} trouble */
async function post(to, content, trouble) {
  try {
    const headers = { "content-type": "application/json" };
    await ask(to, { method: "POST", headers, body: JSON.stringify(content) });
    return undefined;
  } catch {
    return trouble;
  }
}
