// The one rule for words that come from outside (titles, synopses, reports): they stand between quotation marks that they
// can't hold themselves. Readers and listeners know where such words begin and end, so that no alert speaks as the hub.

// All that looks like a double quotation mark, and single ones that are put together to look like one.
const doubles =
  /["\u00a8\u02ba\u02dd\u02ee\u02f5\u02f6\u05f2\u05f4\u1cd3\u201c-\u201f\u2033\u2034\u2036\u2037\u2057\u275d\u275e\u3003\u301d-\u301f\uff02\u{1f676}-\u{1f678}]/gu;
const singles =
  "['`\\u00b4\\u02b9-\\u02bd\\u02c8\\u02ca\\u02cb\\u02f4\\u055a\\u055d\\u05f3\\u07f4\\u07f5\\u1fbd\\u1fbf\\u1fef\\u1ffd\\u1ffe\\u2018-\\u201b\\u2032\\u2035\\u275b\\u275c\\uff07\\uff40]";
const pairs = new RegExp(`${singles}(?:\\p{M}|${singles})*${singles}`, "gu");

const inner = (words: string): string => words.replace(doubles, "'").replace(pairs, "'");

/** On screens. */
export const quoted = (words: string): string => `“${inner(words)}”`;

/** In texts: both marks are one septet each of GSM-7. `words` are fit for their alphabet already. */
export const quotedInText = (words: string): string => `"${inner(words)}"`;

/** In speech, of words that `speakable` has made: none of its signs is left of a mark, and another voice speaks what stands
 * between ours. */
export const quotedInSpeech = (words: string): string => `“${words}.”`;
