// Why an order was not carried out. The names go to the timeline and to whoever gave the order; wording is made at the edge.

export const refusals = [
  "incident-closed",
  "incident-unknown",
  "page-unknown",
  "page-not-yours",
  "already-answered",
  "not-allowed",
  "not-a-person",
  "not-yet-open",
  // of the declaration and the close
  "already-declared",
  "not-declared",
  // of further requests
  "already-asked",
  "person-unknown",
  "person-unreachable",
  "service-unknown",
  // of a report
  "report-empty",
  // of the bridge
  "not-in-command",
  "bridge-not-open",
  "caller-unknown",
  "not-a-responder",
  "not-invited",
  "too-many-waiting",
  "called-lately",
  "nobody-to-call",
] as const;
export type RefusalReason = (typeof refusals)[number];

export interface Refusal {
  readonly reason: RefusalReason;
  /** The person who answered before, where that is the reason. */
  readonly by?: string;
}
