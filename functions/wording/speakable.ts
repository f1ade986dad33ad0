// Text from outside, made fit to be spoken: bounded, without signs that a voice stumbles over or reads as markup.

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
