// What is new in a phone's calls since they were last looked at: one began to ring, something was said, one was over.

/** @import { Call } from "./wire.d.ts" */
/**
 * @typedef {object} News
 * @property {(call: Call) => void} rings
 * @property {(call: Call, text: string) => void} said
 * @property {(call: Call) => void} over
 */

/** @type {Map<string, { status: string, lines: number }>} */
const known = new Map();

/** @param {readonly Call[]} calls @param {News} news */
export function hear(calls, news) {
  for (const call of calls) {
    const before = known.get(call.sid);
    known.set(call.sid, { status: call.status, lines: call.transcript.length });
    if (call.endedAt !== undefined) {
      if (before !== undefined && before.status !== call.status) news.over(call);
      continue;
    }
    if (call.status === "ringing" && before === undefined) news.rings(call);
    for (const { who, text } of call.transcript.slice(before?.lines ?? call.transcript.length))
      if (who === "voice") news.said(call, text);
  }
}
