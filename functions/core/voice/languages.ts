// Which voice a text needs: one speaks the letters of its own language, and stumbles over all others or leaves them out.

export interface Spoken {
  /** BCP 47. */
  readonly language: string;
  readonly text: string;
}

/** Scripts that a voice speaks, each in a language that most of its texts are written in. */
const languages = {
  Cyrillic: "ru-RU",
  Greek: "el-GR",
  Arabic: "ar-XA",
  Hebrew: "he-IL",
  Devanagari: "hi-IN",
  Bengali: "bn-IN",
  Gurmukhi: "pa-IN",
  Gujarati: "gu-IN",
  Tamil: "ta-IN",
  Telugu: "te-IN",
  Kannada: "kn-IN",
  Malayalam: "ml-IN",
  Thai: "th-TH",
  Ethiopic: "am-ET",
  Hangul: "ko-KR",
  Hiragana: "ja-JP",
  Katakana: "ja-JP",
  Han: "cmn-CN",
} as const;
type Script = keyof typeof languages;

const tests: readonly (readonly [Script, RegExp])[] = Object.keys(languages).map((script) => [
  script as Script,
  new RegExp(`\\p{Script=${script}}`, "u"),
]);

/** The languages that are asked of an adapter beside the text's own. */
export const foreignLanguages: readonly string[] = [...new Set([...Object.values(languages), "uk-UA"])];

/** Cuts a text where its script changes; digits and stops go with what stands before them. */
export function inLanguages(text: string, language: string): readonly Spoken[] {
  const runs: Spoken[] = [];
  for (const [letters] of text.matchAll(/[\p{L}\p{M}]+|[^\p{L}\p{M}]+/gu)) {
    for (const piece of pieces(letters, text, language)) {
      const last = runs.at(-1);
      if (last === undefined || (piece.language !== undefined && piece.language !== last.language))
        runs.push({ language: piece.language ?? language, text: piece.text });
      else runs.splice(-1, 1, { ...last, text: last.text + piece.text });
    }
  }
  return runs;
}

interface Piece {
  /** Undefined for what belongs to no script. */
  readonly language: string | undefined;
  readonly text: string;
}

function pieces(letters: string, whole: string, language: string): readonly Piece[] {
  if (!/\p{L}/u.test(letters)) return [{ language: undefined, text: letters }];
  // A lone Greek letter is a sign, such as that of a microsecond, unless Greek words stand beside it.
  if (/^\p{Script=Greek}$/u.test(letters) && !/\p{Script=Greek}{2}/u.test(whole))
    return [{ language, text: letters }];
  const made: { language: string; text: string }[] = [];
  for (const letter of letters) {
    const last = made.at(-1);
    const spokenIn =
      /\p{M}/u.test(letter) && last !== undefined ? last.language : languageOf(letter, whole, language);
    if (last?.language === spokenIn) last.text += letter;
    else made.push({ language: spokenIn, text: letter });
  }
  return made;
}

function languageOf(letter: string, whole: string, language: string): string {
  const script = scriptOf(letter);
  // Both languages write these characters: a text with kana beside them is Japanese.
  if (script === "Han" && /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(whole)) return "ja-JP";
  // The long mark belongs to both kana, and to no script of its own.
  if (letter === "ー") return "ja-JP";
  if (script === "Cyrillic" && /[ґєії]/iu.test(whole)) return "uk-UA";
  return script === undefined ? language : languages[script];
}

const scriptOf = (letter: string): Script | undefined => tests.find(([, test]) => test.test(letter))?.[0];

/** Whether the voice of the text's own language speaks it; where it speaks none of them, no other does either. */
export const isSpoken = (letter: string, byForeignVoices: boolean): boolean =>
  !/\p{L}/u.test(letter) ||
  /[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(letter) ||
  (byForeignVoices && scriptOf(letter) !== undefined);
