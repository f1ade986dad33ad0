// The title of a page about calls for help that were held.
import type { HeldCall } from "../core/limits/held.ts";
import { line } from "../core/text.ts";
import { type Names, nameOf } from "./names.ts";

const longest = 160;
const shown = 3;

/** `more` calls are not listed. */
export function heldCallsTitle(calls: readonly HeldCall[], more: number, names: Names): string {
  const count = calls.length + more;
  const callers = [...new Set(calls.map((call) => callerOf(call, names)))];
  const others = callers.length > shown || more > 0 ? " and others" : "";
  const from = `from ${callers.slice(0, shown).join(", ")}${others}`;
  return line(
    count === 1 ? `Unanswered call for help ${from}` : `${count} unanswered calls for help ${from}`,
    longest,
  );
}

function callerOf({ person, ending }: HeldCall, names: Names): string {
  if (person !== undefined) return nameOf(names, person);
  return ending === undefined ? "an unknown caller" : `a number ending in ${ending}`;
}
