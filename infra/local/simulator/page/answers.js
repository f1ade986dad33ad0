// What a person would type: the answer's digit and the code of the message being answered.

/** @import { Message } from "./wire.d.ts" */

/** Longest first: "Reply 1 K7 yes, 2 no" names the code once, after the digit that says yes. */
const named = /\breply\s+1\s+([A-Z0-9]{2,8})\b/i;

/** The code of the newest page or notice that names one. @param {readonly Message[]} messages */
export function codeIn(messages) {
  for (const message of messages.toReversed()) {
    const code = message.direction === "outbound" ? named.exec(message.body)?.[1] : undefined;
    // Codes are given in capitals; "reply 1 to keep it" names none.
    if (code !== undefined && code === code.toUpperCase()) return code;
  }
  return undefined;
}

/** @param {string} digit @param {string | undefined} code */
export const answer = (digit, code) => (code === undefined ? digit : `${digit} ${code}`);

export const answers = [
  { digit: "1", words: "Yes, mine" },
  { digit: "2", words: "No" },
  { digit: "3", words: "More help" },
];
