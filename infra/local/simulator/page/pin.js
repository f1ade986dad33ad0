// The PIN that a phone was told by text, so that nobody has to copy six digits from one corner of the screen to another.

/** @import { Message } from "./wire.d.ts" */

const told = /\bPIN\s+(\d{6})\b/;

/** That of the newest text that names one. @param {readonly Message[]} messages */
export function pinIn(messages) {
  for (const { direction, body } of messages.toReversed()) {
    const pin = direction === "outbound" ? told.exec(body)?.[1] : undefined;
    if (pin !== undefined) return pin;
  }
  return undefined;
}
