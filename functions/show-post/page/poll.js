// Asks again and again, each time only for news, and knows how old the last good answer is.
import { read } from "./api.js";

/** @import { Authorization, Answer } from "./api.js" */
/**
 * @typedef {object} Line what a reader should know about the connection
 * @property {number | undefined} heardAt when the hub last answered, by this machine's clock
 * @property {string | undefined} trouble why it does not answer now
 * @property {boolean} lost long enough to say so loudly
 */
/**
 * @typedef {object} Watch
 * @property {string} path
 * @property {Authorization} authorization
 * @property {(body: unknown) => number} every milliseconds until the next question
 * @property {(body: unknown) => void} fresh
 * @property {(answer: Exclude<Answer, { kind: "fresh" | "same" | "failed" }>) => void} refused
 * @property {(line: Line) => void} line
 */

// One lost answer is the weather; two, or one that came after a long silence, is news.
const tolerated = 1;

/** @param {Watch} watch */
export function poll({ path, authorization, every, fresh, refused, line }) {
  /** @type {string | undefined} */
  let etag;
  /** @type {unknown} */
  let body;
  /** @type {number | undefined} */
  let heardAt;
  let failures = 0;
  let stopped = false;
  let asking = false;
  let again = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  async function ask() {
    if (stopped) return;
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    clearTimeout(timer);
    const answer = await read(path, etag, authorization);
    asking = false;
    if (stopped) return;
    failures = answer.kind === "failed" ? failures + 1 : 0;
    if (answer.kind !== "failed") heardAt = Date.now();
    if (answer.kind === "fresh") {
      ({ body, etag } = answer);
      fresh(body);
    } else if (answer.kind !== "same" && answer.kind !== "failed") {
      refused(answer);
    }
    line({
      heardAt,
      trouble: answer.kind === "failed" ? answer.why : undefined,
      lost: failures > tolerated || (failures > 0 && (heardAt === undefined || !navigator.onLine)),
    });
    const wait = again ? 0 : every(body);
    again = false;
    timer = setTimeout(next, wait);
  }

  const next = () => void ask();
  const wake = () => {
    if (document.visibilityState === "visible") next();
  };
  const events = ["online", "offline"];
  document.addEventListener("visibilitychange", wake);
  for (const event of events) addEventListener(event, next);
  next();
  return {
    now: next,
    stop() {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", wake);
      for (const event of events) removeEventListener(event, next);
    },
  };
}
