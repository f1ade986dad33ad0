// Text from outside, made inert and bounded: one rule for every entrance.

const lineBreaks = /[\t\n\r\v\f\u0085\u2028\u2029]+/g;
const strayBreaks = /[\t\r\v\f\u0085\u2028\u2029]+/g;
// Control characters, and those that reorder or hide what stands beside them: a title must read as it is written.
const treacherous =
  /[^\P{Cc}\n]|[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb]/gu;
const plain = /^[ -~]*$/;

/** One line of at most `max` characters; what was cut off is shown by an ellipsis. */
export const line = (text: string, max: number): string =>
  isPlain(text, max) ? text.trim() : cut(inert(text.replace(lineBreaks, " ")), max);

/** Several lines of at most `max` characters together. */
export const paragraph = (text: string, max: number): string =>
  isPlain(text, max) ? text.trim() : cut(inert(text.replaceAll("\r\n", "\n").replace(strayBreaks, " ")), max);

// Nearly every text is this, and a storm brings a hundred thousand of them.
const isPlain = (text: string, max: number): boolean => text.length <= max && plain.test(text);

const inert = (text: string): string => text.toWellFormed().replace(treacherous, "\ufffd").trim();

function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const kept = text.slice(0, max - 1);
  // Never half of a surrogate pair.
  return `${/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}
