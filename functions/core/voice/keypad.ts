// Which key means what, in one call. The key that acknowledges is another one in each call and is spoken in the prompt:
// a voicemail box, a screener or a pocket that presses its favourite key does not answer a page.

export const keyMeanings = ["acknowledge", "decline", "escalate", "later", "more"] as const;
export type KeyMeaning = (typeof keyMeanings)[number];

export type Keypad = Readonly<Record<KeyMeaning, string>>;

/** The same for every repetition within one call. `page` names the page, `attempt` is the delivery's. */
export function keypadOf(page: string, attempt: number): Keypad {
  const first =
    (Array.from(page).reduce((sum, sign) => sum * 31 + (sign.codePointAt(0) ?? 0), attempt) % 9) + 1;
  const others = Array.from({ length: 9 }, (_, n) => String(n + 1)).filter((key) => key !== String(first));
  const [decline = "", escalate = "", later = "", more = ""] = others;
  return { acknowledge: String(first), decline, escalate, later, more };
}

/** Undefined for a key that means nothing here: it is asked again, and never declines. */
export const meaningOf = (keypad: Keypad, key: string): KeyMeaning | undefined =>
  keyMeanings.find((meaning) => keypad[meaning] === key);
