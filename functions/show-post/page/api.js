// Every call to the hub's API, with what its answers mean to a reader. Nothing here throws: a dead connection is an answer.
import { setByHub } from "./clock.js";
import { refusalWord } from "./words.js";

/** @import { CommandType } from "./wire.d.ts" */
/** @typedef {Record<string, string>} Headers */
/**
 * Headers that say who asks. `renew` gets others for those that were not taken; false when there are none.
 * @typedef {(() => Headers) & { renew?: (refused: Headers) => Promise<boolean> }} Authorization
 */
/**
 * @typedef {{ kind: "fresh", body: unknown, etag: string | undefined }
 *   | { kind: "same" }
 *   | { kind: "signed-out" }
 *   | { kind: "refused", status: number, why: string }
 *   | { kind: "failed", why: string }} Answer
 */
/** @typedef {{ kind: "done" } | { kind: "signed-out" } | { kind: "not-done", why: string }} Outcome */

// Longer than a cold start, shorter than a person's patience.
const patience = 8000;

/**
 * One request; a second one where a sign-in was not taken and a newer one can be had.
 * @param {string} path
 * @param {Authorization} authorization
 * @param {{ method?: string, headers?: Headers, body?: string }} [request]
 */
export async function ask(path, authorization, request = {}) {
  /** @param {Headers} who */
  const by = (who) =>
    fetch(path, {
      ...request,
      headers: { ...request.headers, ...who },
      signal: AbortSignal.timeout(patience),
      cache: "no-store",
    });
  const who = authorization();
  const response = await by(who);
  if (response.status !== 401 || (await authorization.renew?.(who)) !== true) return response;
  return by(authorization());
}

/** @param {string} path @param {string | undefined} etag @param {Authorization} authorization @returns {Promise<Answer>} */
export async function read(path, etag, authorization) {
  const askedAt = Date.now();
  const headers = {
    accept: "application/json",
    ...(etag === undefined ? {} : { "if-none-match": etag }),
  };
  try {
    const response = await ask(path, authorization, { headers });
    setByHub(response.headers.get("date"), askedAt, Date.now());
    if (response.status === 304) return { kind: "same" };
    if (response.status === 401) return { kind: "signed-out" };
    if (response.ok)
      return {
        kind: "fresh",
        body: await response.json(),
        etag: response.headers.get("etag") ?? undefined,
      };
    if (response.status < 500 && response.status !== 408 && response.status !== 429)
      return { kind: "refused", status: response.status, why: await problem(response) };
    return { kind: "failed", why: `the hub answers with error ${response.status}` };
  } catch {
    return { kind: "failed", why: navigator.onLine ? "the hub does not answer" : "this device is offline" };
  }
}

/**
 * @param {string} incident
 * @param {CommandType} type
 * @param {Authorization} authorization
 * @param {Record<string, string>} [about] what the order says beside its type
 * @returns {Promise<Outcome>}
 */
export async function order(incident, type, authorization, about = {}) {
  try {
    const response = await ask(`/api/incidents/${encodeURIComponent(incident)}/commands`, authorization, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        // The same order twice is carried out once.
        "idempotency-key": crypto.randomUUID(),
      },
      body: JSON.stringify({ type, ...about }),
    });
    if (response.ok) return { kind: "done" };
    if (response.status === 401) return { kind: "signed-out" };
    return { kind: "not-done", why: await problem(response) };
  } catch {
    return { kind: "not-done", why: "No answer from the hub. It may have been done: look at the timeline." };
  }
}

/** The words of a problem document (RFC 9457). @param {Response} response */
async function problem(response) {
  const stated = `The hub answered with error ${response.status}.`;
  try {
    const { detail, reason, title } = await response.json();
    for (const text of [detail, reason && refusalWord(reason), title])
      if (typeof text === "string" && text !== "") return text;
    return stated;
  } catch {
    return stated;
  }
}
