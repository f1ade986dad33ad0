// The forms in which this line speaks: it asks and listens, it says something and ends, it goes on. The dialogue's state
// travels in the path, which the provider signs.
import { type CallScript, lastWords, type Step, say } from "../core/voice/script.ts";
import { linePath } from "../provider-paths.ts";
import { lineWords } from "../wording/line.ts";

/** Each question is asked so often; then the call ends. */
export const rounds = 3;

interface Question {
  readonly speak: readonly string[];
  /** How many keys make an answer; one if left out. */
  readonly keys?: number;
  /** Where the answer goes. */
  readonly to: string;
}

const { language } = lineWords();

export const script = (...steps: readonly Step[]): CallScript => ({ language, steps });

export const ask = ({ speak, keys = 1, to }: Question): CallScript =>
  script({
    do: "ask",
    speak: speak.map(say),
    keys,
    waitSeconds: 6,
    keysTo: linePath(to),
  });

export const ending = (...texts: readonly string[]): CallScript => lastWords(language, ...texts);

/** Nobody hears it: the call is over. */
export const silence = ending();

export const takeDown = (text: string, mostSeconds: number, to: string): CallScript =>
  script(say(text), { do: "take-down", mostSeconds, nextTo: linePath(to) });

export const wait = (text: string | undefined, seconds: number, to: string): CallScript =>
  script(
    ...(text === undefined ? [] : [say(text)]),
    { do: "pause", seconds },
    { do: "go-on", to: linePath(to) },
  );

/** A round that the path names; one that nobody made is the last. */
export const roundOf = (text: string): number => (/^\d{1,2}$/.test(text) ? Number(text) : rounds);
