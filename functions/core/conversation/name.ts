// A user principal name is an account's for a while: it changes, and is given to another account. So a name that the chat once
// gave is asked for again, and not believed for ever.
import { type Duration, hours, type Instant } from "../time.ts";
import type { Acquaintance } from "./facts.ts";

const askedAgainAfter: Duration = hours(12);
/** Between the two a chat that doesn't answer does no harm. */
const believedFor: Duration = hours(24);

export interface BelievedName {
  readonly name: string;
  /** It is not to be asked for again yet. */
  readonly isFresh: boolean;
}

/** Undefined for a name that is unknown, or too old. */
export function believedName(person: Acquaintance | undefined, now: Instant): BelievedName | undefined {
  if (person?.name === undefined) return undefined;
  const age = now - (person.namedAt ?? Number.NEGATIVE_INFINITY);
  return age < believedFor ? { name: person.name, isFresh: age < askedAgainAfter } : undefined;
}
