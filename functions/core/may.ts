// Who may give which order. One table; a reader checks it, not branches.
import type { Actor, Assurance } from "./command.ts";
import type { IncidentOrder } from "./incident/commands.ts";

interface Rule {
  readonly kinds: readonly Actor["kind"][];
  /** The least that has to be known of who a person is. */
  readonly assurance: Assurance;
}

const assurances: readonly Assurance[] = ["none", "number", "link", "signed-in", "internal"];

const hubOnly: Rule = { kinds: ["hub"], assurance: "internal" };
const answers: Rule = { kinds: ["person"], assurance: "number" };

const rules: Readonly<Record<IncidentOrder["type"], Rule>> = {
  JoinAlerts: hubOnly,
  ClearSignal: hubOnly,
  RecordDelivery: hubOnly,
  RecordNotice: hubOnly,
  PassTime: hubOnly,
  Acknowledge: { kinds: ["person", "machine"], assurance: "number" },
  Decline: answers,
  Escalate: answers,
  // A sender's number can be forged: it answers for its own page and ends nothing.
  StandDown: { kinds: ["person", "machine"], assurance: "signed-in" },
};

export function may(actor: Actor, order: IncidentOrder["type"]): boolean {
  const { kinds, assurance } = rules[order];
  return kinds.includes(actor.kind) && assurances.indexOf(actor.assurance) >= assurances.indexOf(assurance);
}
