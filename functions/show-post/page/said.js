// Words that somebody else wrote: isolated, with what could reorder or hide the text around them made visible, and folded
// when they are very long.
import { h } from "./dom.js";

const tricks = /(?![\n\r\t])[\p{Cc}\p{Bidi_Control}\uFFF9-\uFFFB]/gu;

/** @param {string} text */
export const plain = (text) => text.replace(tricks, "\u{FFFD}");

/** @param {string} text @param {number} [limit] characters shown before the rest is folded away */
export function said(text, limit = 400) {
  const whole = plain(text);
  if (whole.length <= limit) return h("bdi", {}, whole);
  return h(
    "details",
    { class: "long" },
    h(
      "summary",
      {},
      h("bdi", {}, `${whole.slice(0, limit)}…`),
      h("span", { class: "more" }, `all ${whole.length} characters`),
    ),
    h("bdi", {}, whole),
  );
}

/**
 * A title, a synopsis or a report: in quotation marks, so that nobody takes it for a line or a button of ours.
 * @param {string} text @param {number} [limit]
 */
export const quoted = (text, limit) => h("q", {}, said(text, limit));

/** The same in words, for whoever listens. @param {string} text @param {number} [limit] */
export const inQuotes = (text, limit) => `“${brief(text, limit).replace(/["“”„‟″]/gu, "'")}”`;

/** One line's worth, for places that can't unfold. @param {string} text */
export function brief(text, limit = 120) {
  const whole = plain(text);
  return whole.length > limit ? `${whole.slice(0, limit)}…` : whole;
}

/** A link from outside, if it is one that may be followed. @param {string | undefined} link */
export function webLink(link) {
  if (link === undefined || !URL.canParse(link)) return undefined;
  const url = new URL(link);
  return url.protocol === "https:" || url.protocol === "http:" ? url.href : undefined;
}
