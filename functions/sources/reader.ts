// Reads fields of a body that anybody may have written, and keeps a list of what is wrong. Written by hand, as one POST
// may carry 12,000 alerts: a schema library takes ten times as long and its bundle slows every cold start.
import type { Alert } from "../core/alert.ts";
import { line } from "../core/text.ts";
import type { FieldProblem, Parsed } from "./source.ts";

const problemsShown = 20;
const longestField = 200;

export type Fields = Readonly<Record<string, unknown>>;

export interface Reader {
  problem(field: string, message: string): void;
  /** The body's own field; undefined (and a problem) when it is there but no text. Empty text counts as left out. */
  text(from: Fields, name: string, at: string): string | undefined;
  object(value: unknown, at: string): Fields | undefined;
  list(value: unknown, at: string): readonly unknown[] | undefined;
  /** All alerts, or all problems. */
  parsed(alerts: readonly Alert[]): Parsed;
  readonly failed: boolean;
}

export function reader(): Reader {
  const problems: FieldProblem[] = [];
  let unshown = 0;
  const problem = (field: string, message: string): void => {
    if (problems.length < problemsShown) problems.push({ field: line(field, longestField), message });
    else unshown += 1;
  };
  return {
    problem,
    text(from, name, at) {
      const value = own(from, name);
      if (value === undefined || value === null || value === "") return undefined;
      if (typeof value === "string") return value;
      problem(join(at, name), `must be text, but is ${nameOf(value)}`);
      return undefined;
    },
    object(value, at) {
      if (isFields(value)) return value;
      problem(at, `must be an object, but is ${nameOf(value)}`);
      return undefined;
    },
    list(value, at) {
      if (Array.isArray(value)) return value;
      problem(at, `must be a list, but is ${nameOf(value)}`);
      return undefined;
    },
    parsed(alerts) {
      const [first, ...rest] = problems;
      if (first === undefined) return { alerts };
      const more = unshown === 0 ? [] : [{ field: "", message: `and ${unshown} more problems` }];
      return { problems: [first, ...rest, ...more] };
    },
    get failed() {
      return problems.length > 0;
    },
  };
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Own fields only: a body can't borrow `constructor` or `__proto__`. */
export const own = (from: Fields, name: string): unknown =>
  Object.hasOwn(from, name) ? from[name] : undefined;

export const join = (at: string, name: string): string => (at === "" ? name : `${at}.${name}`);

function nameOf(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  return typeof value === "string" ? "text" : `a ${typeof value}`;
}
