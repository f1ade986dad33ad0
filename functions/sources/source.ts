// What a monitoring source is: one pure function from the body that it posts to our alerts. Deliver rather than lose: of
// an odd field what can be read is taken, with a warning. Only a body that says nothing at all is refused.
import type { Alert } from "../core/alert.ts";
import type { Instant } from "../core/time.ts";

export interface SourceContext {
  readonly now: Instant;
  /** Its name in the config, for the title of an alert that has none. */
  readonly source?: string;
}

/** `field` is a path into the body, for example `alerts[3].labels`; empty: the body itself. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

export type Parsed =
  | {
      readonly alerts: readonly Alert[];
      /** What was odd, and what was done about it; left out if nothing was. */
      readonly warnings?: readonly FieldProblem[];
    }
  | { readonly problems: readonly [FieldProblem, ...FieldProblem[]] };

export interface Source {
  parse(body: unknown, context: SourceContext): Parsed;
}
