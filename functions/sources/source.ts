// What a monitoring source is: one pure function from the body that it posts to our alerts, or to the list of what is
// wrong with it. Nothing is half taken.
import type { Alert } from "../core/alert.ts";
import type { Instant } from "../core/time.ts";

export interface SourceContext {
  readonly now: Instant;
}

/** `field` is a path into the body, for example `alerts[3].labels`; empty: the body itself. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

export type Parsed =
  | { readonly alerts: readonly Alert[] }
  | { readonly problems: readonly [FieldProblem, ...FieldProblem[]] };

export interface Source {
  parse(body: unknown, context: SourceContext): Parsed;
}
