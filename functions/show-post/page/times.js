// How times are said: in the reader's zone, on a 24-hour clock, with the exact moment in the tooltip.
import { hubNow } from "./clock.js";
import { h } from "./dom.js";

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });
const exact = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "long" });
const utc = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", timeZone: "UTC" });

/** @param {number} at */
const valid = (at) => !Number.isNaN(at);

/** @param {number} at */
export function clockTime(at) {
  if (!valid(at)) return "unknown time";
  const sameDay = day.format(at) === day.format(hubNow());
  return sameDay ? clock.format(at) : `${day.format(at)}, ${clock.format(at)}`;
}

/** @param {number} ms */
export function lasted(ms) {
  const s = Math.max(0, Math.round(ms / 1000));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min`;
  if (s < 86_400) return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
  return `${Math.floor(s / 86_400)} d ${Math.floor((s % 86_400) / 3600)} h`;
}

/** Minutes and seconds, as on a stop-watch. @param {number} ms */
export function countdown(ms) {
  const s = Math.max(0, Math.ceil(ms / 1000));
  const rest = `${String(Math.floor(s / 60) % 60).padStart(s < 3600 ? 1 : 2, "0")}:${String(s % 60).padStart(2, "0")}`;
  return s < 3600 ? rest : `${Math.floor(s / 3600)}:${rest}`;
}

/** @param {string} iso @param {string} text */
function time(iso, text) {
  const at = Date.parse(iso);
  const title = valid(at) ? `${exact.format(at)} (${utc.format(at)} UTC)` : undefined;
  return h("time", { datetime: iso, title }, text);
}

/** "4 min ago". @param {string} iso */
export function ago(iso) {
  const past = hubNow() - Date.parse(iso);
  return time(iso, valid(past) ? (past < 5000 ? "just now" : `${lasted(past)} ago`) : "unknown time");
}

/** "03:12:09". @param {string} iso */
export const at = (iso) => time(iso, clockTime(Date.parse(iso)));
