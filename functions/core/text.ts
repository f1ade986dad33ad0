// Text from outside, made inert and bounded: one rule for every entrance, and for what leaves by a terminal or as JSON.

// An engine may keep a step of a pattern for each repetition, and a text of millions of them uses up its stack: no pattern
// here repeats without bound.
const toSpace = (breaks: string) => {
  const following = new RegExp(`(?<=[${breaks}])[${breaks}]{1,1000}`, "g");
  const each = new RegExp(`[${breaks}]`, "g");
  return (text: string): string => text.replace(following, "").replace(each, " ");
};
const lineBreaksToSpace = toSpace(String.raw`\t\n\r\v\f\u0085\u2028\u2029`);
const strayBreaksToSpace = toSpace(String.raw`\t\r\v\f\u0085\u2028\u2029`);
// They move a cursor or turn the text around, and XML can't hold some of them. A mark shows where one stood.
const acting = /[^\P{Cc}\n]|[\p{Bidi_Control}\ufff9-\ufffb\p{Noncharacter_Code_Point}]/gu;
// Invisible in itself: two texts that look the same would differ. It stays only where a script or a picture needs it:
// joiners in Persian, Indic scripts and emoji, variants of Mongolian and Han letters and of emoji, and the flags of regions.
const joining =
  "(?<=(?![\\p{scx=Latin}\\p{scx=Greek}\\p{scx=Cyrillic}\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Hangul}\\p{sc=Common}\\p{sc=Inherited}\\p{Default_Ignorable_Code_Point}])[\\p{L}\\p{M}])[\\u200c\\u200d]|(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}]|\\p{Emoji}\\ufe0f)\\u200d";
const selecting =
  "(?<=\\p{Emoji})[\\ufe0e\\ufe0f]|(?<=\\p{scx=Han})[\\ufe00-\\ufe02\\u{e0100}-\\u{e01ef}]|(?<=(?=\\p{sc=Mongolian})\\p{L})[\\u180b-\\u180f]";
const flag = "(?<=\\u{1f3f4})[\\u{e0030}-\\u{e0039}\\u{e0061}-\\u{e007a}]{3,6}\\u{e007f}";
const unseen = new RegExp(`(${joining}|${selecting}|${flag})|\\p{Default_Ignorable_Code_Point}`, "gu");
/** More marks on one letter than any alphabet sets: they would cover the lines around it. */
const piledUp = /(?<=\p{M}{4})\p{M}{1,1000}/gu;
const unplain = /[^ -~]/;

/** One line of at most `max` characters; what was cut off is shown by an ellipsis. */
export const line = (text: string, max: number): string =>
  isPlain(text, max) ? text.trim() : cut(visible(lineBreaksToSpace(text)).trim(), max);

/** Several lines of at most `max` characters together. */
export const paragraph = (text: string, max: number): string =>
  isPlain(text, max)
    ? text.trim()
    : cut(visible(strayBreaksToSpace(text.replaceAll("\r\n", "\n"))).trim(), max);

// Nearly every text is this, and a storm brings a hundred thousand of them.
const isPlain = (text: string, max: number): boolean => text.length <= max && !unplain.test(text);

/** Reads as it is written, and does nothing; line feeds stay. */
export const visible = (text: string): string =>
  unplain.test(text)
    ? text
        .toWellFormed()
        .replace(acting, "\ufffd")
        .replace(unseen, (_, kept: string | undefined) => kept ?? "")
        .replace(piledUp, "")
    : text;

function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const kept = text.slice(0, max - 1);
  // Never half of a surrogate pair.
  return `${/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}

// Within JSON the same character may be written as its number, which no terminal obeys.
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}]/gu;

/** JSON for a terminal: every character that acts or can't be seen is written as `\uXXXX`. */
export const printableJson = (value: unknown): string =>
  JSON.stringify(value).replace(unprintable, (sign) =>
    sign
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
