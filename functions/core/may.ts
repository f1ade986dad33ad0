// Who may give which order. One table; a reader checks it, not branches.
import type { Actor, Assurance } from "./command.ts";
import type { IncidentOrder } from "./incident/commands.ts";
import type { RefusalReason } from "./refusal.ts";

interface Rule {
  readonly kinds: readonly Actor["kind"][];
  /** The least that has to be known of who a person is. */
  readonly assurance: Assurance;
  /** Only whoever is in command of the response. */
  readonly inCommand?: true;
}

const assurances: readonly Assurance[] = ["none", "number", "link", "signed-in", "internal"];

const hubOnly: Rule = { kinds: ["hub"], assurance: "internal" };
const answers: Rule = { kinds: ["person"], assurance: "number" };
/** A number can be forged: a powerful act asks for a sign-in. */
const commands: Rule = { kinds: ["person"], assurance: "signed-in", inCommand: true };

const rules: Readonly<Record<IncidentOrder["type"], Rule>> = {
  JoinAlerts: hubOnly,
  ClearSignal: hubOnly,
  RecordLateCopies: hubOnly,
  RecordDelivery: hubOnly,
  RecordNotice: hubOnly,
  PassTime: hubOnly,
  Acknowledge: { kinds: ["person", "machine"], assurance: "number" },
  Decline: answers,
  Escalate: answers,
  // A sender's number can be forged: it answers for its own page and ends nothing.
  StandDown: { kinds: ["person", "machine"], assurance: "signed-in" },
  Declare: commands,
  Close: commands,
  PagePerson: commands,
  PageSubject: commands,
  SignIn: answers,
  Report: answers,
  OpenBridge: answers,
  MoveToBridge: hubOnly,
  TellChatIsBack: hubOnly,
  SetUpBridge: hubOnly,
  EndBridge: commands,
  ReturnToChat: commands,
  // Oneself; whoever has another's phone rung has to be in command.
  CallIn: answers,
  ControlCaller: commands,
  // Of those who work on it: at a key in a call that we placed, or signed in.
  LetIn: answers,
  RecordCallIn: hubOnly,
  FailControl: hubOnly,
  FailAnnouncement: hubOnly,
  AdmitCaller: hubOnly,
  EndWaiting: hubOnly,
  NameCaller: hubOnly,
  RecordHelp: hubOnly,
  RecordRoom: hubOnly,
};

/** Why not; undefined where this actor may. */
export function may(
  actor: Actor,
  order: IncidentOrder["type"],
  isInCommand: boolean,
): RefusalReason | undefined {
  if (actor.kind === "account") return "not-a-person";
  const { kinds, assurance, inCommand } = rules[order];
  if (!kinds.includes(actor.kind) || assurances.indexOf(actor.assurance) < assurances.indexOf(assurance))
    return "not-allowed";
  return inCommand === true && !isInCommand ? "not-in-command" : undefined;
}
