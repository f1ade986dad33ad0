// What a carrier reports of something that it took: evidence for the incident, in any order and more than once; and where
// it says that the number itself is bad, the way over it is closed.
import type { StreamId } from "./core/aggregate.ts";
import { byHub } from "./core/command.ts";
import type { ReportedEvidence } from "./core/incident/commands.ts";
import type { Decisions } from "./decisions.ts";
import { addressDigest } from "./digest.ts";
import type { Tools } from "./lambda.ts";
import type { Clock } from "./ports.ts";

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
}

type House = Decisions & { readonly clock: Clock };

export async function recordReport(
  house: House,
  { by, stream, kind, delivery, receipt, evidence }: DeliveryReport,
  tools: Tools,
): Promise<void> {
  const who = evidence.outcome === "pickedUp" ? `.${evidence.who}` : "";
  const id = `${stream}.${delivery}.${receipt}.${evidence.outcome}${who}`;
  const envelope = byHub(by, id, house.clock.now(), false, receipt === "" ? id : receipt);
  if (kind === "notice") {
    await house.incidents.dispatch(stream, {
      ...envelope,
      type: "RecordNotice",
      notice: delivery,
      evidence,
    });
    return;
  }
  if (kind === "call-in") {
    await house.incidents.dispatch(stream, {
      ...envelope,
      type: "RecordCallIn",
      callIn: delivery,
      evidence,
    });
    return;
  }
  const page = delivery.split(".")[0] ?? "";
  const named = evidence.outcome === "giveUp" && receipt !== "" ? { ...evidence, receipt } : evidence;
  const about = { delivery, page, evidence: named };
  const recorded = await house.incidents.dispatch(stream, { ...envelope, type: "RecordDelivery", ...about });
  if (evidence.outcome === "giveUp" && evidence.operator) tools.count("OperatorAlarm");
  const why = evidence.method;
  if (why === undefined || recorded.outcome !== "done") return;
  const paged = recorded.current.state.paging.pages[page];
  const method = paged?.deliveries.find(({ id: name }) => name === delivery)?.method;
  const person = paged === undefined ? undefined : await house.directory.person(paged.person);
  const address = person?.methods.find(({ id: name }) => name === method)?.address;
  if (person === undefined || method === undefined || address === undefined) return;
  const order = { type: "CloseMethod", method, address: addressDigest(address), why } as const;
  await house.people.dispatch(`person/${person.id}`, { ...envelope, id: `${id}.close`, ...order });
}
