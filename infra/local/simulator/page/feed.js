// Brings the phones' conversations and keeps them true: told by the simulator's event stream, asked for where that is silent.

/** @import { Conversation, Message, Phone } from "./wire.d.ts" */
/**
 * @typedef {object} Ears
 * @property {(phones: Phone[]) => void} phones
 * @property {(number: string, messages: Message[]) => void} messages
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

  /** @param {string} number */
  async function one(number) {
    const { messages } = /** @type {Conversation} */ (await (await ask(path(number))).json());
    ears.messages(number, messages);
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
