// Which alphabet a text goes out in: one part of GSM-7 wherever no letter is lost, up to three parts of UCS-2 where one
// would be. A means, and being understood is the end.

import { quotedInText } from "../core/quoted.ts";
import { visible } from "../core/text.ts";
import { gsm, longestRead, losesWords, shorten } from "./gsm.ts";
import { unlinked } from "./unlinked.ts";

export interface Alphabet {
  /** How long each kind of text may be. */
  readonly room: Readonly<Record<"message" | "withLink" | "contactSheet", number>>;
  /** Words from outside, made fit for it: of at most so many characters. */
  fit(text: string, max?: number): string;
  /** The same as a quotation, with its marks. */
  quote(text: string, max?: number): string;
  /** Of words that are fit for it already. */
  cut(text: string, max: number): string;
}

type Fitting = Omit<Alphabet, "quote">;

const withQuotes = (alphabet: Fitting): Alphabet => ({
  ...alphabet,
  quote: (text, max) => quotedInText(alphabet.fit(text, max === undefined ? undefined : max - 2)),
});

// A part of several has 153 septets, 152 where a toll-free number sends. A contact sheet goes out by the first carrier only,
// which takes 1,600 characters of either alphabet: https://www.twilio.com/docs/api/errors/21617. The second one takes 1,530 of
// GSM-7 and 630 of UCS-2: https://docs.aws.amazon.com/sms-voice/latest/userguide/sms-limitations-character.html.
const gsm7: Fitting = {
  room: { message: 160, withLink: 2 * 152, contactSheet: 1_530 },
  fit: (text, max) => (max === undefined ? gsm(text) : shorten(gsm(text), max)),
  cut: shorten,
};

// A part has 67 characters, 66 where a toll-free number sends. An emoji counts as two, and where it would be cut in half it
// moves to the next part, which leaves one place empty in each of the first two.
const threeParts = 3 * 66 - 2;

const ucs2: Fitting = {
  room: { message: threeParts, withLink: threeParts, contactSheet: 20 * 67 },
  fit: (text, max = longestRead) => asWritten(text, max),
  cut: cutWhole,
};

/** Writes a message in the smallest alphabet that keeps its words. `compose` fits all that comes from outside. */
export function inAlphabet(compose: (alphabet: Alphabet) => string): string {
  let lost = false;
  const text = compose(
    withQuotes({
      ...gsm7,
      fit(words, max) {
        lost ||= losesWords(words);
        return gsm7.fit(words, max);
      },
    }),
  );
  return lost ? compose(withQuotes(ucs2)) : text;
}

// Those that hide or reorder what stands beside them, and what no alphabet has; joiners belong to the words of some.
const invisible = /(?![\u200c\u200d])[\p{Cf}\p{Co}\p{Cs}\p{Cn}]/gu;
const breaks = /[\p{Cc}\p{Z}]+/gu;

function asWritten(text: string, max: number): string {
  const plain = text.slice(0, longestRead).toWellFormed().replace(breaks, " ").replace(invisible, "");
  const words = unlinked(visible(plain.normalize("NFC")))
    .replace(/ {2,}/g, " ")
    .trim();
  // Words from right to left keep to themselves: beside them a code or a number reads as it is written.
  return rightToLeft.test(words) ? `\u2068${cutWhole(words, max - 2)}\u2069` : cutWhole(words, max);
}

const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

const letters = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Letters are kept whole, with their marks, and pictures as well; two dots show that something was cut off. */
function cutWhole(text: string, max: number): string {
  if (text.length <= max) return text;
  let kept = "";
  for (const { segment } of letters.segment(text.slice(0, max))) {
    if (kept.length + segment.length > max - 2) break;
    kept += segment;
  }
  return `${kept.trimEnd()}..`.slice(0, Math.max(max, 0));
}
