// What carriers say of the ways to a person goes to the person's own stream: what is refused stands there until a message goes
// through again. None of it may keep a page, a notice or a report: what fails here is logged.
import { byHub } from "./core/command.ts";
import type { CarrierName } from "./core/contact.ts";
import type { ReportedEvidence } from "./core/incident/commands.ts";
import type { Person } from "./core/organisation.ts";
import { person as aggregate, type PersonState } from "./core/person/person.ts";
import { refusalOrder } from "./core/person/refusals.ts";
import type { Sent } from "./core/provider/judge.ts";
import type { People } from "./decisions.ts";
import { addressDigest } from "./digest.ts";
import { described, type Tools } from "./lambda.ts";
import type { Clock } from "./ports.ts";

interface House {
  readonly people: People;
  readonly clock: Clock;
}

export interface SendOutcome {
  /** The function that heard it, and the name of what was sent. */
  readonly by: string;
  readonly name: string;
  readonly person: string;
  readonly method: Person["methods"][number];
  readonly carrier: CarrierName;
  /** `reported`: the carrier says so after it had taken the message. */
  readonly when: "answered" | "reported";
  readonly evidence: Sent | ReportedEvidence;
  /** What was read of the person when it was sent: most messages then cost no further read. */
  readonly learned?: PersonState;
}

export async function noteRefusal(
  { people, clock }: House,
  outcome: SendOutcome,
  tools: Tools,
): Promise<void> {
  const { by, name, person, carrier, when, evidence } = outcome;
  const { id: method, channel, address } = outcome.method;
  const way = { method, channel, carrier, address: addressDigest(address) };
  const order = refusalOrder(way, evidence, when === "answered" ? "on-request" : "after-acceptance");
  if (order === undefined) return;
  const about = { person, method, carrier };
  try {
    const stream = `person/${person}` as const;
    const command = { ...byHub(by, `${name}.${carrier}.${order.type}`, clock.now()), ...order };
    // Most messages go through to somebody to whom they always did: then nothing is written.
    const learned = outcome.learned ?? (await people.load(stream)).state;
    if (aggregate.decide(learned, command, { configVersion: "" }).events.length === 0) return;
    const recorded = await people.dispatch(stream, command);
    const events = recorded.outcome === "done" ? recorded.events : [];
    for (const event of events)
      if (event.type === "MethodRefused")
        tools.log.warn("carrier refuses a contact method", { ...about, reason: event.reason });
  } catch (error) {
    tools.log.error("refusal not recorded", { ...about, error: described(error) });
  }
}
