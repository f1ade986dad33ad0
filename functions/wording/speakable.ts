// Text from outside, made fit to be spoken: bounded, without signs that a voice stumbles over or reads as markup.
import { isSpoken } from "../core/voice/languages.ts";

/** `checkout-eu-1.example.com` becomes `checkout eu 1 dot example dot com`. */
export function speakable(text: string, most: number): string {
  const plain = text
    .normalize("NFKC")
    .replace(/https?:\/\/\S+/gi, " a link ")
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/(?<=[\p{L}\p{N}])\.(?=[\p{L}])/gu, " dot ")
    .replace(/%/g, " percent ")
    .replace(/&/g, " and ")
    .replace(/[_/\\|<>{}[\]()"'`*#~^=+@:;-]+/g, " ")
    .replace(/[^\p{L}\p{N}\p{M}.,!? ]+/gu, " ")
    .replace(/ +/g, " ")
    .trim();
  return Array.from(plain).slice(0, most).join("").trim();
}

/** For a call: what no voice speaks is said to be there. */
export const spoken = (text: string, most: number): string => heard(speakable(text, most), true);

/** For one voice alone: it speaks Latin letters, and no others. */
export const spokenByOne = (text: string, most: number): string => heard(speakable(text, most), false);

const unheard = "words in another alphabet that stand in the text message";

/** A private character, of which no words are left that come here. */
const unspoken = "\ue000";

function heard(words: string, byForeignVoices: boolean): string {
  const kept = words
    .split(" ")
    .map((word) => (Array.from(word).every((letter) => isSpoken(letter, byForeignVoices)) ? word : unspoken))
    .join(" ");
  return kept.replace(/\ue000(?: [^\p{L}\ue000]*\ue000)*/gu, unheard);
}
