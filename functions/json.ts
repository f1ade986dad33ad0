// JSON from strangers: measured for its depth before it is parsed, and told precisely where it breaks.

export type JsonOutcome =
  | { readonly value: unknown }
  | { readonly fault: "too deep" | "broken"; readonly offset: number; readonly expected?: string };

export const deepest = 64;

export function parseJson(text: string): JsonOutcome {
  const offset = tooDeepAt(text);
  if (offset !== undefined) return { fault: "too deep", offset };
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { fault: "broken", ...breakOf(text) };
  }
}

/** Line and column, both from 1. */
export function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

const [quote, backslash, openList, closeList, openObject, closeObject] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d];

function tooDeepAt(text: string): number | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfText(text, at);
    else if (code === openList || code === openObject) {
      depth += 1;
      if (depth > deepest) return at;
    } else if (code === closeList || code === closeObject) depth -= 1;
  }
  return undefined;
}

/** Offset of the closing quote, or of the end where there is none. */
function endOfText(text: string, open: number): number {
  for (let end = text.indexOf('"', open + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === backslash) slashes += 1;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
}

// No repetition of a pattern runs over a sender's text: for each round the engine may put a place on a stack, and a text of
// nine million digits or blanks is as many rounds.
const word = /true|false|null/y;
const signs = { blanks: new Set(" \t\n\r"), digits: new Set("0123456789") };
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const specialInText = /["\\\p{Cc}]/gu;
const firstPrintable = 0x20;

/** The length of the text that begins here, its quotes included; 0 if it is broken. No single pattern: it would need a stack as
 * deep as the text is long. */
function textLength(text: string, open: number): number {
  specialInText.lastIndex = open + 1;
  for (let found = specialInText.exec(text); found !== null; found = specialInText.exec(text)) {
    const code = text.charCodeAt(found.index);
    if (code === quote) return found.index + 1 - open;
    if (code < firstPrintable) return 0;
    if (code !== backslash) continue; // a control character that JSON allows
    escape.lastIndex = found.index;
    if (!escape.test(text)) return 0;
    specialInText.lastIndex = escape.lastIndex;
  }
  return 0;
}

/** Where the run of these signs that begins here ends. */
function endOfRun(text: string, from: number, run: ReadonlySet<string>): number {
  let end = from;
  while (run.has(text.charAt(end))) end += 1;
  return end;
}

/** The length of the number that begins here, as far as it is one; 0 for none. */
function numberLength(text: string, from: number): number {
  const { digits } = signs;
  const whole = text.charAt(from) === "-" ? from + 1 : from;
  let end = text.charAt(whole) === "0" ? whole + 1 : endOfRun(text, whole, digits);
  if (end === whole) return 0;
  const afterPoint = text.charAt(end) === "." ? endOfRun(text, end + 1, digits) : end;
  if (afterPoint > end + 1) end = afterPoint;
  if (!/e/i.test(text.charAt(end))) return end - from;
  const power = /[+-]/.test(text.charAt(end + 1)) ? end + 2 : end + 1;
  const afterPower = endOfRun(text, power, digits);
  return (afterPower > power ? afterPower : end) - from;
}

type Expected = "a value" | "a value or ]" | "a name or }" | "a name" | ":" | ", or ]" | ", or }" | "the end";

/** Walks over text that the engine refused, and says where the first wrong character stands: not every message of V8
 * does. */
function breakOf(text: string): { readonly offset: number; readonly expected: string } {
  const open: ("[" | "{")[] = [];
  let expected: Expected = "a value";
  let at = 0;
  const afterValue = (): Expected =>
    open.length === 0 ? "the end" : open.at(-1) === "[" ? ", or ]" : ", or }";
  const scalarLength = (): number => {
    word.lastIndex = at;
    return word.exec(text)?.[0].length ?? numberLength(text, at);
  };
  for (;;) {
    at = endOfRun(text, at, signs.blanks);
    const char = text[at];
    if (char === undefined) return { offset: at, expected };
    const wantsValue: boolean = expected === "a value" || expected === "a value or ]";
    const wantsName: boolean = expected === "a name" || expected === "a name or }";
    if (wantsValue && (char === "[" || char === "{")) {
      open.push(char);
      expected = char === "[" ? "a value or ]" : "a name or }";
      at += 1;
    } else if (
      (char === "]" && (expected === ", or ]" || expected === "a value or ]")) ||
      (char === "}" && (expected === ", or }" || expected === "a name or }"))
    ) {
      open.pop();
      expected = afterValue();
      at += 1;
    } else if (char === "," && (expected === ", or ]" || expected === ", or }")) {
      expected = expected === ", or ]" ? "a value" : "a name";
      at += 1;
    } else if (char === ":" && expected === ":") {
      expected = "a value";
      at += 1;
    } else if (wantsValue || (wantsName && char === '"')) {
      const length = char === '"' ? textLength(text, at) : scalarLength();
      if (length === 0)
        return { offset: at, expected: char === '"' ? "text that ends with a quote" : expected };
      expected = wantsName ? ":" : afterValue();
      at += length;
    } else return { offset: at, expected };
  }
}
