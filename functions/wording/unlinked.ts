// What a phone would make a link or a call of, in words from outside: it can still be read, and no longer be tapped. An
// underscore stands where the phone needs a dot, a blank or the next digit: it costs nothing, and detectors stop at it.
// Android's detectors are public: `Linkify` with `Patterns.AUTOLINK_WEB_URL`, and libphonenumber's `findNumbers` at its most
// lenient, https://android.googlesource.com/platform/frameworks/base/+/refs/heads/main/core/java/android/text/util/Linkify.java.
// Apple's are not; that they stop at the same places is assumed.

/** Of a web address what names the place is worth reading; the query string may be long and hold secrets. */
const webAddress = /https?:\/\/(?![^\s/?#]*@)([^\s?#"'()<>]+)[^\s"'()<>]*/giu;
const otherAddress = /[a-z][a-z0-9+.-]{0,20}:\/\/[^\s)"']*/giu;
/** Those that an address begins with and no slashes follow. */
const opensAnApp =
  /\b(mailto|tel|telprompt|callto|sms|smsto|mms|facetime|facetime-audio|sip|sips|skype|whatsapp|xmpp|geo|market|intent|javascript|data):(?=\S)/giu;
// A name ends in a label of letters, in any alphabet: a list of endings would go stale. Android takes almost any sign into the
// label before it, symbols and emoji too (UCS_CHAR).
const dots = "[.\\uff0e\\u2024\\ufe52]";
const liveDot = new RegExp(`(?<=[^\\s"'.])${dots}(?=\\p{L}\\p{M}*\\p{L})`, "gu");
/** In Chinese and Japanese it ends a sentence; between Latin letters a browser takes it for a dot. */
const liveStop = /(?<=[\p{sc=Latin}\p{Nd}])[\u3002\uff61](?=\p{sc=Latin}{2})/gu;
/** The middle one of four numbers. */
const addressDot = new RegExp(`(?<=\\p{Nd}${dots}\\p{Nd}{1,3})${dots}(?=\\p{Nd}{1,3}${dots}\\p{Nd})`, "gu");

// libphonenumber's VALID_PUNCTUATION, of which four in a row keep a number together.
const between =
  "[-x\\u2010-\\u2015\\u2212\\u30fc\\uff0d-\\uff0f \\u00a0\\u3000()\\uff08\\uff09\\uff3b\\uff3d.\\[\\]/~\\u2053\\u223c\\uff5e]";
const phoneNumber = new RegExp(`\\p{Nd}(?:${between}{0,4}\\p{Nd}){6,}`, "giu");
/** 1-800-FLOWERS. */
const vanityNumber =
  /(\b1[-. (]{1,2}(?:8\d\d|900)|\b(?:8(?:00|33|44|55|66|77|88)|900)(?=[-.)]))[-. )]{1,2}(?=[A-Z]{3})/gu;
/** A number of so many digits is no phone number anywhere. */
const tooShort = 6;

export const unlinked = (text: string): string =>
  text
    .replace(webAddress, "$1")
    .replace(otherAddress, "(link)")
    .replace(opensAnApp, "$1 ")
    .replace(liveDot, "_")
    .replace(liveStop, "_")
    .replace(addressDot, "_")
    .replace(phoneNumber, inPieces)
    .replace(vanityNumber, "$1_");

/** Broken as rarely as can be: "10.0.0.1 1.2.3" stays readable. */
function inPieces(number: string): string {
  let digits = 0;
  return number.replace(new RegExp(`(${between}*)(\\p{Nd}+)`, "giu"), (_, gap: string, group: string) => {
    const length = Array.from(group).length;
    const isBroken = digits > 0 && digits + length > tooShort;
    digits = isBroken || digits === 0 ? length : digits + length;
    if (length > tooShort) digits = pieceOf(length);
    return `${isBroken ? "_" : gap}${length > tooShort ? evenly(group) : group}`;
  });
}

const pieceOf = (length: number): number => Math.ceil(length / Math.ceil(length / tooShort));

function evenly(digits: string): string {
  const each = Array.from(digits);
  const size = pieceOf(each.length);
  return Array.from({ length: Math.ceil(each.length / size) }, (_, n) =>
    each.slice(n * size, (n + 1) * size).join(""),
  ).join("_");
}
