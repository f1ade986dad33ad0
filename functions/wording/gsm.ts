// Text from outside, made fit for one SMS: only characters that cost one septet each in the GSM 7-bit alphabet
// (3GPP TS 23.038), one line, no live links. One emoji would halve the room of the whole message.
import { unlinked } from "./unlinked.ts";

const basic = new Set(
  "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);

// The extension table's characters cost two septets, so that they are exchanged too; then a length is a count.
const substitutes: Readonly<Record<string, string>> = {
  "[": "(",
  "]": ")",
  "{": "(",
  "}": ")",
  "\\": "/",
  "|": "/",
  "^": "'",
  "~": "-",
  "€": "EUR",
  "`": "'",
  "´": "'",
  "‘": "'",
  "’": "'",
  "‚": "'",
  "‛": "'",
  "“": '"',
  "”": '"',
  "„": '"',
  "«": '"',
  "»": '"',
  "‹": "'",
  "›": "'",
  "‐": "-",
  "‑": "-",
  "‒": "-",
  "–": "-",
  "—": "-",
  "―": "-",
  "−": "-",
  "…": "...",
  "•": "*",
  "·": "-",
  "×": "x",
  "÷": "/",
  "→": "->",
  "←": "<-",
  "≥": ">=",
  "≤": "<=",
  "≠": "!=",
  "°": "deg",
  µ: "u",
  μ: "u",
  ł: "l",
  Ł: "L",
  đ: "d",
  Đ: "D",
  ð: "d",
  Ð: "D",
  þ: "th",
  Þ: "Th",
  ħ: "h",
  Ħ: "H",
  ŧ: "t",
  Ŧ: "T",
  ŋ: "ng",
  Ŋ: "NG",
  ẞ: "SS",
  "⁄": "/",
  ı: "i",
  œ: "oe",
  Œ: "OE",
  "©": "(c)",
  "®": "(R)",
};

export const longestRead = 1_000;
// Marks that join, hide or reorder: dropped, so that nothing reads otherwise than it is written.
const invisible = /[\p{Cf}\p{Mn}\p{Me}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;
const breaks = /[\p{Cc}\p{Z}]+/gu;

/** Every character of the answer is one septet. */
export function gsm(text: string): string {
  let plain = "";
  for (const character of text.slice(0, longestRead).replace(breaks, " ").replace(invisible, ""))
    plain += septets(character);
  return unlinked(plain)
    .replace(/\?(?: *\?)+/g, "?")
    .replace(/ {2,}/g, " ")
    .trim();
}

/**
 * Whether somebody would read "?" for a letter or a digit, or for all that there is: a picture beside words is no loss, one
 * alone is.
 */
export function losesWords(text: string): boolean {
  const said = text.slice(0, longestRead).replace(invisible, "").normalize("NFC");
  const lost = Array.from(said).filter((character) => character !== "?" && septets(character).includes("?"));
  return (
    lost.some(isWord) || (lost.some((character) => /\S/u.test(character)) && !Array.from(said).some(isWord))
  );
}

const isWord = (character: string): boolean => /[\p{L}\p{N}]/u.test(character);

function septets(character: string): string {
  if (basic.has(character)) return character;
  if (Object.hasOwn(substitutes, character)) return substitutes[character] ?? "?";
  // "ç" is "c" with a mark, "ﬁ" is "fi", "５" is "5": what stays after taking them apart is read as such.
  const apart = Array.from(character.normalize("NFKD").replace(invisible, ""));
  if (apart.length === 1 && apart[0] === character) return "?";
  return apart.map((part) => (basic.has(part) ? part : (substitutes[part] ?? "?"))).join("");
}

/** At most `max` characters; two dots show that something was cut off. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  if (max < 3) return text.slice(0, Math.max(max, 0));
  return `${text.slice(0, max - 2).trimEnd()}..`;
}
