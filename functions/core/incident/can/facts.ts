// The report by which a response says how it stands: conditions, actions, needs.
import type { Instant } from "../../time.ts";

/** What it is like, what is being done, what is missing; at least one of the three says something. */
export interface Can {
  readonly conditions: string;
  readonly actions: string;
  readonly needs: string;
}

/** `nextDue`: when the next one is expected. */
export type CanEvent = { readonly type: "CanReported"; readonly nextDue: Instant } & Can;
