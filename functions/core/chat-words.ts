// What somebody asked of the bot in typed words. Strict on purpose, like a reply by text: an order counts only when it is
// the beginning of what was said and all of it is understood; a question changes nothing; and whatever else was said is no
// order at all.
import { type Duration, hours, minutes } from "./time.ts";

/** What may follow a command's words. */
export type Takes =
  | "nothing"
  /** The name of an incident, where another one is meant than the one at hand. */
  | "incident"
  /** How long: "20", "45 minutes", "an hour". */
  | "time"
  /** Whatever was typed. */
  | "words";

export interface TypedForm<Name extends string> {
  readonly verb: Name;
  /** Lower case, as they are said. */
  readonly words: readonly string[];
  readonly takes: Takes;
  /** It changes something: with a question mark it was a question. */
  readonly changes: boolean;
}

export interface Typed<Name extends string> {
  readonly verb: Name;
  /** What stands behind the words, as it was typed. */
  readonly rest: string;
  /** Of a page, in capitals. */
  readonly code?: string;
  readonly time?: Duration;
}

/** More than any order has; the rest of a longer text is nothing that we read. */
export const longestTyped = 4_000;
/** Somebody who takes longer than this has not promised anything. */
const longestTime: Duration = hours(4);
const longestName = 60;

/** Said out of politeness, by text as well; they change nothing. */
export const politeWords = ["please", "pls", "thanks", "thank", "you", "thx"] as const;
const fillers: ReadonlySet<string> = new Set([...politeWords, "now", "muster", "hey"]);

/** What is left of free words without what is only said to be polite. */
export const withoutManners = (said: string): string =>
  said.replace(/[\s,;.!?]*(?:\b(?:please|pls|thanks|thx|thank you|now)\b[\s,;.!?]*)*$/iu, "");

interface Token {
  readonly word: string;
  /** Where it ends in what was said. */
  readonly to: number;
}

export function readTyped<Name extends string>(
  text: string,
  forms: readonly TypedForm<Name>[],
): Typed<Name> | undefined {
  const said = text.slice(0, longestTyped).normalize("NFKC");
  const all = tokensOf(said);
  const first = all.findIndex(({ word }) => !fillers.has(word));
  if (first < 0) return undefined;
  const tokens = all.slice(first);
  const form = longestForm(tokens, forms);
  if (form === undefined || (form.changes && isQuestion(said))) return undefined;
  const last = tokens[form.length - 1];
  return understood(form, said.slice(last?.to ?? 0), tokens.slice(form.length));
}

interface Fitting<Name extends string> extends TypedForm<Name> {
  /** How many words it took. */
  readonly length: number;
}

/** "help me" is not "help" with something behind it. */
function longestForm<Name extends string>(
  tokens: readonly Token[],
  forms: readonly TypedForm<Name>[],
): Fitting<Name> | undefined {
  let found: Fitting<Name> | undefined;
  for (const form of forms) {
    for (const phrase of form.words) {
      const words = phrase.split(" ");
      if (words.length <= (found?.length ?? 0)) continue;
      if (words.every((word, n) => tokens[n]?.word === word)) found = { ...form, length: words.length };
    }
  }
  return found;
}

function understood<Name extends string>(
  { verb, takes, words }: TypedForm<Name>,
  behind: string,
  tokens: readonly Token[],
): Typed<Name> | undefined {
  const rest = behind.replace(/^[\s:,;.!\-–—]+/u, "").trimEnd();
  if (takes === "words") return { verb, rest };
  const said = tokens.map(({ word }) => word).filter((word) => !fillers.has(word));
  const codes = new Set(said.filter(isCode));
  const others = said.filter((word) => !isCode(word));
  const [code] = codes;
  const named = code === undefined ? {} : { code: code.toUpperCase() };
  // Two codes: nobody can tell which was meant.
  if (codes.size > 1) return undefined;
  switch (takes) {
    case "nothing":
      return others.length > 0 ? undefined : { verb, rest: "", ...named };
    case "incident": {
      const behindIt = others.join(" ");
      // "ack, I'm on it" says the same twice, and names nothing.
      const name = words.some((phrase) => phrase.includes(" ") && phrase === behindIt) ? "" : behindIt;
      return name.length > longestName ? undefined : { verb, rest: name, ...named };
    }
    case "time": {
      const time = readTime(others.join(" "));
      return time === undefined ? undefined : { verb, rest: "", time, ...named };
    }
  }
}

/** As it is shown on a page: a region's letter and digits. Digits alone are a time, or nothing. */
const isCode = (word: string): boolean => /^[a-z][0-9]{3,4}$/.test(word);

const isQuestion = (said: string): boolean => /[?¿؟]/u.test(said);

/**
 * Full-width letters, capitals, curly apostrophes and punctuation make no difference. A picture is no word, nor is the mark
 * that makes one of a sign; a digit in a box is the digit.
 */
const tokensOf = (said: string): readonly Token[] =>
  [...said.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’‘`´]*/gu)].map((found) => ({
    word: found[0].toLowerCase().replace(/['’‘`´\p{Me}\p{VS}]/gu, ""),
    to: found.index + found[0].length,
  }));

const numbers: Readonly<Record<string, number>> = { a: 1, an: 1, one: 1, two: 2, three: 3, four: 4 };
const minuteWord = "(?:m|mins?|minutes?)";
const hourWord = "(?:h|hrs?|hours?)";
const halfHour = new RegExp("^half an hour$");
const inMinutes = new RegExp(`^(\\d{1,3}) ?${minuteWord}?$`);
const inHours = new RegExp(
  `^(\\d|${Object.keys(numbers).join("|")}) ?${hourWord}(?: ?(?:and )?(?:(\\d{1,2}) ?${minuteWord}?|a (half)))?$`,
);

/** "20", "20 min", "half an hour", "1h30", "two hours": from one minute up to four hours. */
export function readTime(said: string): Duration | undefined {
  const time = timeOf(said);
  return time === undefined || time < minutes(1) || time > longestTime ? undefined : time;
}

function timeOf(said: string): Duration | undefined {
  if (halfHour.test(said)) return minutes(30);
  const [, count] = inMinutes.exec(said) ?? [];
  if (count !== undefined) return minutes(Number(count));
  const [, whole, more, half] = inHours.exec(said) ?? [];
  if (whole === undefined) return undefined;
  const wholeHours = hours(numbers[whole] ?? Number(whole));
  return wholeHours + (half === undefined ? minutes(Number(more ?? 0)) : minutes(30));
}
