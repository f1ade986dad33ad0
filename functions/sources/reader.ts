// Reads fields of a body that anybody may have written: what is odd is read as well as it can be, and noted. Written by
// hand, as one POST may carry 12,000 alerts: a schema library takes ten times as long and its bundle slows every cold
// start.
import type { Alert } from "../core/alert.ts";
import { line } from "../core/text.ts";
import type { FieldProblem, Parsed } from "./source.ts";

const notesShown = 20;
const longestField = 200;

export type Fields = Readonly<Record<string, unknown>>;
export type Pairs = readonly (readonly [string, string])[];

export interface Reader {
  /** Something odd, and what was done about it. */
  warn(field: string, message: string): void;
  /** The body's own field as text; what is no text is read as text, and noted. Empty text counts as left out. */
  text(from: Fields, name: string, at: string): string | undefined;
  /** By what the sender tells its alerts apart; undefined where several may have come to be the same. */
  key(from: Fields, name: string, at: string): string | undefined;
  /** Names and texts of an object, for example labels; a missing object is an empty one, as Go writes `null` for it. */
  pairs(value: unknown, at: string): Pairs;
  /** An alert's own fields; undefined (and noted) if it says nothing. `main`: what it should say at the least. */
  entry(value: unknown, at: string, main: string): Fields | undefined;
  /** A field that has to be an object to be of use; undefined (and noted) otherwise. */
  object(value: unknown, at: string): Fields | undefined;
  list(value: unknown, at: string): readonly unknown[] | undefined;
  parsed(alerts: readonly Alert[]): Parsed;
  /** Nothing could be read: the notes are what is wrong with the body. */
  refused(field: string, message: string): Parsed;
}

export function reader(): Reader {
  const notes: FieldProblem[] = [];
  let unshown = 0;
  const warn = (field: string, message: string): void => {
    if (notes.length < notesShown) notes.push({ field: line(field, longestField), message });
    else unshown += 1;
  };
  const all = (): readonly FieldProblem[] =>
    unshown === 0 ? notes : [...notes, { field: "", message: `and ${unshown} more problems` }];

  function textOf(value: unknown, at: string): string | undefined {
    const text = readable(value);
    if (text === undefined) warn(at, `is ${nameOf(value)}, so it was left out`);
    else if (typeof value !== "string") warn(at, `is ${nameOf(value)}, taken as text; write it as text`);
    return text;
  }

  function text(from: Fields, name: string, at: string): string | undefined {
    const value = own(from, name);
    if (value === undefined || value === null || value === "") return undefined;
    return typeof value === "string" ? value : textOf(value, join(at, name));
  }

  return {
    warn,
    text,
    key(from, name, at) {
      const value = own(from, name);
      if (!(typeof value === "number" && Math.abs(value) > Number.MAX_SAFE_INTEGER))
        return text(from, name, at);
      warn(join(at, name), "is a number that was rounded, so it was left out; write it as text");
      return undefined;
    },
    pairs(value, at) {
      if (value === undefined || value === null) return [];
      if (!isFields(value)) {
        warn(at, `is ${nameOf(value)} instead of an object, so it was left out`);
        return [];
      }
      const pairs: [string, string][] = [];
      for (const name of Object.keys(value)) {
        const each = value[name];
        const text = typeof each === "string" ? each : textOf(each, join(at, name));
        if (text !== undefined) pairs.push([name, text]);
      }
      return pairs;
    },
    entry(value, at, main) {
      if (!isFields(value)) warn(at, `must be an object, but is ${nameOf(value)}; it was skipped`);
      else if (Object.values(value).some(saysSomething)) return value;
      else warn(join(at, main), `is missing: say in a few words what is wrong`);
      return undefined;
    },
    object(value, at) {
      if (isFields(value)) return value;
      warn(at, `must be an object, but is ${nameOf(value)}`);
      return undefined;
    },
    list(value, at) {
      if (Array.isArray(value)) return value;
      warn(at, `must be a list, but is ${nameOf(value)}`);
      return undefined;
    },
    parsed: (alerts) => (notes.length === 0 ? { alerts } : { alerts, warnings: all() }),
    refused(field, message) {
      const [first, ...rest] = all();
      return { problems: first === undefined ? [{ field, message }] : [first, ...rest] };
    },
  };
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Own fields only: a body can't borrow `constructor` or `__proto__`. */
export const own = (from: Fields, name: string): unknown =>
  Object.hasOwn(from, name) ? from[name] : undefined;

export const join = (at: string, name: string): string => (at === "" ? name : `${at}.${name}`);

/** Text, a number or true/false as text; undefined for anything else. */
export function scalar(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** What is shown of a body that is in no known form: the texts, numbers and true/false among its own fields. */
export const scalars = (from: Fields): Pairs =>
  Object.entries(from).flatMap(([name, value]) => {
    const text = scalar(value);
    return text === undefined || text === "" || isSecret.test(name) ? [] : [[name, text] as const];
  });

const isSecret = /key|token|secret|passw|auth|credential/i;

/** A number or true/false is its text, an object or a list its JSON; null is nothing. */
const readable = (value: unknown): string | undefined =>
  scalar(value) ?? (value === null || value === undefined ? undefined : JSON.stringify(value));

function saysSomething(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return false;
  return typeof value !== "object" || Object.values(value).some(saysSomething);
}

function nameOf(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  return typeof value === "string"
    ? "text"
    : typeof value === "boolean"
      ? "true or false"
      : `a ${typeof value}`;
}
