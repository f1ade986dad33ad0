// What Twilio reports of a message or call that it took: evidence for the incident, in any order and more than once.
import type { StreamId } from "../core/aggregate.ts";
import { byHub } from "../core/command.ts";
import { decisions } from "../decisions.ts";
import { addressDigest } from "../digest.ts";
import type { HttpHandler } from "../lambda.ts";
import { reportedSid, statusEvidence } from "../sources/twilio-status.ts";
import type { PortsOf } from "../subscriptions.ts";
import { answered, formOf, refused } from "../twilio-call.ts";

export function make(ports: PortsOf<"receive-report">): HttpHandler {
  const house = decisions(ports);
  const { clock, twilioSignature } = ports;

  return async (event, tools) => {
    const form = await formOf(event, twilioSignature);
    if (form === undefined) {
      tools.log.warn("report refused: not signed by Twilio");
      return refused;
    }
    const evidence = statusEvidence(form);
    if (evidence === undefined) return answered();
    const { incident = "", kind, delivery = "" } = event.pathParameters ?? {};
    const stream: StreamId = `incident/${incident}`;
    const sid = reportedSid(form) ?? "";
    const who = evidence.outcome === "pickedUp" ? `.${evidence.who}` : "";
    const id = `${stream}.${delivery}.${sid}.${evidence.outcome}${who}`;
    const envelope = byHub("receive-report", id, clock.now(), false, sid === "" ? id : sid);
    if (kind === "notice") {
      await house.incidents.dispatch(stream, {
        ...envelope,
        type: "RecordNotice",
        notice: delivery,
        evidence,
      });
      return answered();
    }
    if (kind === "call-in") {
      await house.incidents.dispatch(stream, {
        ...envelope,
        type: "RecordCallIn",
        callIn: delivery,
        evidence,
      });
      return answered();
    }
    const page = delivery.split(".")[0] ?? "";
    const about = { delivery, page, evidence };
    const recorded = await house.incidents.dispatch(stream, {
      ...envelope,
      type: "RecordDelivery",
      ...about,
    });
    if (evidence.outcome === "giveUp" && evidence.operator) tools.count("OperatorAlarm");
    const closed = "method" in evidence ? evidence.method : undefined;
    if (closed !== undefined && recorded.outcome === "done") {
      const paged = recorded.current.state.paging.pages[page];
      const way = paged?.deliveries.find(({ id: name }) => name === delivery)?.method;
      const person = paged === undefined ? undefined : await house.directory.person(paged.person);
      const address = person?.methods.find(({ id: name }) => name === way)?.address;
      if (person !== undefined && way !== undefined && address !== undefined) {
        const order = {
          type: "CloseMethod",
          method: way,
          address: addressDigest(address),
          why: closed,
        } as const;
        await house.people.dispatch(`person/${person.id}`, { ...envelope, id: `${id}.close`, ...order });
      }
    }
    return answered();
  };
}
