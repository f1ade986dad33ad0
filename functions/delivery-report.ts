// What a carrier reports of something that it took: evidence for the incident, in any order and more than once. What it
// refuses for a person stands with the person; where it says that the number itself is bad, the way over it is closed.
import type { StreamId } from "./core/aggregate.ts";
import { byHub } from "./core/command.ts";
import type { CarrierName } from "./core/contact.ts";
import type { IncidentOrder, ReportedEvidence } from "./core/incident/commands.ts";
import type { Incident } from "./core/incident/state.ts";
import { isForOperator } from "./core/provider/judge.ts";
import type { Decisions } from "./decisions.ts";
import { addressDigest } from "./digest.ts";
import type { Tools } from "./lambda.ts";
import type { Clock } from "./ports.ts";
import { methodForTexts } from "./reach.ts";
import { noteRefusal } from "./refusals.ts";

export interface DeliveryReport {
  /** The function that heard it. */
  readonly by: string;
  readonly stream: StreamId;
  readonly kind: string;
  /** The delivery's, the notice's or the call-in's own name. */
  readonly delivery: string;
  /** The carrier's name for what it reports on. */
  readonly receipt: string;
  readonly evidence: ReportedEvidence;
  readonly carrier: CarrierName;
}

type House = Decisions & { readonly clock: Clock };

export async function recordReport(house: House, report: DeliveryReport, tools: Tools): Promise<void> {
  const { by, stream, delivery, receipt, evidence, carrier } = report;
  const who = evidence.outcome === "pickedUp" ? `.${evidence.who}` : "";
  const id = `${stream}.${delivery}.${receipt}.${evidence.outcome}${who}`;
  const envelope = byHub(by, id, house.clock.now(), false, receipt === "" ? id : receipt);
  const recorded = await house.incidents.dispatch(stream, { ...envelope, ...orderOf(report) });
  if (isForOperator(evidence)) tools.count("OperatorAlarm");
  // That it is with the carrier says nothing of the person.
  if (recorded.outcome !== "done" || evidence.outcome === "handed") return;
  const reported = await methodOf(house, recorded.current.state, report);
  if (reported === undefined) return;
  const { person, method } = reported;
  await noteRefusal(house, { by, name: id, person, method, carrier, when: "reported", evidence }, tools);
  const why = evidence.method;
  // A call into the room is no reason to page by another number.
  if (why === undefined || reported.kind === "call-in") return;
  const order = {
    type: "CloseMethod",
    method: method.id,
    address: addressDigest(method.address),
    why,
  } as const;
  await house.people.dispatch(`person/${person}`, { ...envelope, id: `${id}.close`, ...order });
}

function orderOf({ kind, delivery, receipt, evidence }: DeliveryReport): IncidentOrder {
  if (kind === "call-in") return { type: "RecordCallIn", callIn: delivery, evidence };
  // It names the message: of one that does not count any more nothing is taken back.
  const named = evidence.outcome === "giveUp" && receipt !== "" ? { ...evidence, receipt } : evidence;
  if (kind === "notice") return { type: "RecordNotice", notice: delivery, evidence: named };
  return { type: "RecordDelivery", delivery, page: pageOf(delivery), evidence: named };
}

const pageOf = (delivery: string): string => delivery.split(".")[0] ?? "";

/** By which way it went, as the config has it now; undefined for what is not there any more. */
async function methodOf(house: House, incident: Incident, { kind, delivery, carrier }: DeliveryReport) {
  const sent = sentTo(incident, kind, delivery);
  if (sent === undefined) return undefined;
  const { person, kind: what } = sent;
  const methods = (await house.directory.person(person))?.methods ?? [];
  const named = methods.find(({ id }) => id === sent.method);
  // A notice that the chat did not take went as a text.
  const method =
    named?.channel === "teams" && carrier !== "teams" ? await methodForTexts(house, person) : named;
  return method === undefined ? undefined : { kind: what, person, method };
}

function sentTo({ notices, bridge, paging }: Incident, kind: string, delivery: string) {
  if (kind === "notice") {
    const notice = notices[delivery];
    return notice && { kind: "notice", person: notice.person, method: notice.method };
  }
  if (kind === "call-in") {
    const callIn = bridge.callIns[delivery];
    return callIn && { kind: "call-in", person: callIn.person, method: callIn.method };
  }
  const page = paging.pages[pageOf(delivery)];
  const method = page?.deliveries.find(({ id }) => id === delivery)?.method;
  return page === undefined || method === undefined
    ? undefined
    : { kind: "page", person: page.person, method };
}
