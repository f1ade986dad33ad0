// What phones make links of in a text, written after Android's public detectors (Linkify, Patterns.AUTOLINK_WEB_URL,
// libphonenumber's matcher at its most lenient), and libphonenumber's own port as a second judge. Apple's are not public.
import { type CountryCode, findPhoneNumbersInText } from "libphonenumber-js";

/** Some of the root zone's 1,400, https://data.iana.org/TLD/tlds-alpha-by-domain.txt; `example` stands for the rest. */
const endings =
  "com|net|org|ws|to|info|biz|app|dev|zip|mov|xyz|top|online|shop|link|click|live|cloud|prod|foo|example|html|eu|io|co|uk|de|ch|ly|sh|рф|укр|中国|网络|みんな|한국|ไทย|भारत|xn--[a-z0-9-]+";
/** Android's LABEL_CHAR: ASCII letters and digits, and its UCS_CHAR, which has symbols and emoji. */
const sign =
  "[a-zA-Z0-9\\u00a1-\\u1fff\\u200b-\\u2027\\u202a-\\u202e\\u2030-\\u2fff\\u3001-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\uffef\\u{10000}-\\u{1fffd}]";
const label = `${sign}(?:(?:${sign}|[_-])*${sign})?`;
const dot = "[.．]";

const patterns: readonly RegExp[] = [
  /[a-z][a-z0-9+.-]*:\/\/\S/giu,
  /\b(?:mailto|tel|sms|smsto|callto|facetime|sip|javascript|data):\S/giu,
  // The name ends where its alphabet does: "example.comが".
  new RegExp(`(?:${label}${dot})+(?:${endings})(?![\\p{sc=Latin}\\p{N}\\p{M}])`, "giu"),
  new RegExp(`[\\w.+%-]+@(?:${label}${dot})+\\p{L}{2,}`, "giu"),
  /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/gu,
  // At least seven digits, with up to four signs between two of them.
  /\p{Nd}(?:[-x‐-―−ー－-／ \u00a0\u3000()（）［］.[\]/~⁓∼～]{0,4}\p{Nd}){6,}/giu,
  /\b1?[-. (]*8(?:00|33|44|55|66|77|88)[-. )]{1,3}[A-Z]{3,}/gu,
];

const countries: readonly CountryCode[] = ["US", "GB", "DE", "SE", "IN", "SG"];

export const tappable = (text: string): readonly string[] => [
  ...patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([found]) => found)),
  ...countries.flatMap((country) =>
    findPhoneNumbersInText(text, country)
      // "10.00" is a number to a German exchange; those of people are longer.
      .filter(({ number }) => number.nationalNumber.length >= 7)
      .map(({ startsAt, endsAt }) => text.slice(startsAt, endsAt)),
  ),
];

export const tappableExamples: readonly string[] = [
  "http://evil.example/pay",
  "HTTPS://EVIL.EXAMPLE",
  "evil.com/pay",
  "www.evil.zip",
  "evil．com",
  "сайт.рф",
  "公司.中国",
  "xn--80ak6aa92e.com",
  "i❤.ws/x",
  "a£.ws/x",
  "a§.to",
  "ops@a£.ws",
  "ops@evil.example",
  "mailto:ops@evil.example",
  "tel:+442079460000",
  "sms:+442079460000",
  "javascript:alert(1)",
  "+44 20 7946 0000",
  "020 7946 0018",
  "(202) 555-0143",
  "1-800-555-0199",
  "1-800-FLOWERS",
  "+1.202.555.0143",
  "07700/900123",
  "+46 (0)70-174 06 05",
  "10.0.0.1",
  "192.168.100.200",
  "INC-1234.html",
];
