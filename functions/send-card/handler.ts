// Carries the last-resort card to whoever holds a command role, with what stands on it at the moment of sending.
import type { EventRef } from "../core/bus.ts";
import { byHub } from "../core/command.ts";
import type { DeliveryEvidence } from "../core/incident/commands.ts";
import { isCardGivenUp } from "../core/person/card.ts";
import { hours, seconds } from "../core/time.ts";
import { peopleOf } from "../decisions.ts";
import { directory } from "../directory.ts";
import { cardOf, holdersOf, rolesOf } from "../emergency-card.ts";
import { type Envelope, type QueueHandler, queue } from "../lambda.ts";
import { mayBegin } from "../lease-gate.ts";
import type { Delivery, OutboundText } from "../ports.ts";
import { cardReportPath } from "../provider-paths.ts";
import { methodForTexts } from "../reach.ts";
import { noteRefusal } from "../refusals.ts";
import type { PortsOf } from "../subscriptions.ts";
import { cardMessage } from "../wording/card.ts";

/** Longer than a provider's answer may take; a doubled card is better than none. */
const leaseFor = seconds(6);
/** A card is as good tomorrow; no carrier keeps a text for longer than this. */
const validFor = hours(10);

export function make(ports: PortsOf<"send-card">): QueueHandler {
  const { clock, journal, leases, channels, dialIn } = ports;
  const directoryNow = directory(ports.configItems, clock);
  const people = peopleOf(journal, () => directoryNow.version());
  const house = { directory: directoryNow, people };

  /** Undefined for somebody who holds no role any more. */
  const textFor = async (id: string): Promise<string | undefined> => {
    const emergency = await directoryNow.emergency();
    const roles = rolesOf(emergency, id);
    if (roles.length === 0) return undefined;
    const found = await Promise.all(holdersOf(emergency).map((each) => directoryNow.person(each)));
    const known = new Map(found.flatMap((person) => (person === undefined ? [] : [[person.id, person]])));
    const organisation = await directoryNow.organisationName();
    return cardMessage(await cardOf(roles, { organisation, emergency, people: known }, dialIn));
  };

  return queue(async (body, tools) => {
    const { stream, ref = "" } = (body as Envelope<EventRef>).detail;
    const id = stream.slice("person/".length);
    const { state, epoch } = await people.load(stream);
    if (state.card?.name !== ref || state.card.state !== "wanted") return;

    const record = async (evidence: DeliveryEvidence): Promise<void> => {
      const envelope = byHub("send-card", `${stream}.${ref}.${evidence.outcome}`, clock.now());
      const recorded = await people.dispatch(stream, {
        ...envelope,
        type: "RecordCard",
        card: ref,
        evidence,
      });
      if (recorded.outcome === "done" && isCardGivenUp(recorded.events)) tools.count("OperatorAlarm");
    };

    const [text, method] = await Promise.all([textFor(id), methodForTexts(house, id)]);
    if (text === undefined || method === undefined)
      return record({ outcome: "giveUp", reason: "method-gone", operator: method === undefined });
    const name = `${stream}.${ref}`;
    if (!(await mayBegin(ports, { name, stream, epoch, lasts: leaseFor }))) return;
    const reportTo = cardReportPath(id, ref);
    const card: OutboundText = { to: method.address, text, drill: false, reference: ref, reportTo, validFor };
    const evidence = await channels.sms.send(card);
    await record(evidenceOf(evidence));
    await leases.finish(name);
    const carried = { by: "send-card", name, person: id, method, carrier: "twilio", evidence } as const;
    await noteRefusal({ people, clock }, { ...carried, when: "answered" }, tools);
  });
}

const evidenceOf = (sent: Delivery): DeliveryEvidence =>
  sent.outcome === "done" ? { outcome: "handed", receipt: sent.receipt } : sent;
