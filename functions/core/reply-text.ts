// What a person wrote, out of all that a phone or a gateway sends with it: without signatures and quoted lines, in digits
// and letters that can be compared.

/** No reply is as long. */
const longestRead = 1_000;

// RFC 3676, section 4.3: two dashes on a line of their own. Phones and mail gateways draw other lines as well.
const signatureLine = /^\s*(?:--+|—+|–+|__+|\*\*+)\s*$/u;
const sentFrom =
  /^\s*(?:sent from|sent via|get outlook for|von meinem|gesendet von|envoyé de|enviado desde|enviado do|inviato da|skickat från|verzonden vanaf|sendt fra)\b/iu;
const quoted = /^\s*>/u;
/** Stands above what a mail gateway quotes. */
const quoteHead = /\b(?:wrote|schrieb|a écrit|escribió|skrev|schreef):\s*$/iu;

/** In small letters, words apart by one blank. */
export function plainReply(text: string): string {
  return withAsciiDigits(ownLines(text.slice(0, longestRead)).normalize("NFKC"))
    .replace(invisible, "")
    .toLowerCase()
    .replace(/['’‘`´]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .replace(lookAlike, (letter) => latinOf[letter] ?? letter)
    .trim();
}

/** A question changes nothing, and neither does a sign that says no beside words that say yes. */
export const isDoubtful = (text: string): boolean =>
  /[?¿؟？]|[👎❌✖🚫⛔🙅🤷❓❔🤔]/u.test(ownLines(text.slice(0, longestRead)));

function ownLines(text: string): string {
  const kept: string[] = [];
  for (const line of text.split(/\r\n|[\n\r\u2028\u2029]/u)) {
    const hasBegun = kept.some((each) => each.trim() !== "");
    if (signatureLine.test(line) || (hasBegun && (sentFrom.test(line) || quoteHead.test(line)))) break;
    if (!quoted.test(line)) kept.push(line);
  }
  return kept.join("\n");
}

/** Marks that join, hide, reorder or box a sign: "1️⃣" is a 1. */
const invisible = /[\p{Cf}\p{Mn}\p{Me}]/gu;

/** The zero of each script in which keyboards write numbers; the other digits follow it in Unicode. */
const zeros = Array.from("٠۰߀०০੦૦୦௦౦೦൦๐໐༠၀០᠐", (zero) => zero.codePointAt(0) ?? 0);

const withAsciiDigits = (text: string): string =>
  text.replace(/\p{Nd}/gu, (digit) => {
    const point = digit.codePointAt(0) ?? 0;
    const zero = zeros.find((each) => point >= each && point < each + 10);
    return zero === undefined ? digit : String(point - zero);
  });

/** A code's letter as another keyboard writes it: it looks the same, and stands before digits. */
const latinOf: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from("авекмнорстухαβεζηικμνορτυχ", (letter, n) => [letter, "abekmhopctyxabezhikmnoptyx"[n] ?? ""]),
);
const lookAlike = new RegExp(`(?<![\\p{L}\\p{N}])[${Object.keys(latinOf).join("")}](?= ?[0-9])`, "gu");
