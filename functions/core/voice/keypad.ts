// Which key means what, in one call. The key that acknowledges is another one in each call and is spoken in the prompt:
// a voicemail box, a screener or a pocket that presses its favourite key does not answer a page.

export const keyMeanings = ["acknowledge", "decline", "escalate", "later", "more", "join"] as const;
export type KeyMeaning = (typeof keyMeanings)[number];

export type Keypad = Readonly<Record<KeyMeaning, string>>;

/** The same for every repetition within one call. `page` names the page, `attempt` is the delivery's. */
export function keypadOf(page: string, attempt: number): Keypad {
  const acknowledge = chosenKey(page, attempt);
  const others = Array.from({ length: 9 }, (_, n) => String(n + 1)).filter((key) => key !== acknowledge);
  const [decline = "", escalate = "", later = "", more = "", join = ""] = others;
  return { acknowledge, decline, escalate, later, more, join };
}

/** From 1 to 9, by what the call is about. */
export const chosenKey = (about: string, attempt = 0): string =>
  String(Array.from(about).reduce((sum, sign) => (sum * 31 + (sign.codePointAt(0) ?? 0)) % 9, attempt) + 1);

/** Undefined for a key that means nothing here: it is asked again, and never declines. */
export const meaningOf = (keypad: Keypad, key: string): KeyMeaning | undefined =>
  keyMeanings.find((meaning) => keypad[meaning] === key);
