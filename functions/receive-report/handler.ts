// What Twilio reports of a message or call that it took.
import { breakers as breakersOf } from "../breakers.ts";
import { byHub } from "../core/command.ts";
import { isCardGivenUp } from "../core/person/card.ts";
import { decisions } from "../decisions.ts";
import { recordReport } from "../delivery-report.ts";
import type { HttpHandler } from "../lambda.ts";
import { methodForTexts } from "../reach.ts";
import { noteRefusal } from "../refusals.ts";
import { reportedSid, statusEvidence } from "../sources/twilio-status.ts";
import type { PortsOf } from "../subscriptions.ts";
import { answered, fromTwilio } from "../twilio-call.ts";

export function make(ports: PortsOf<"receive-report">): HttpHandler {
  const house = { ...decisions(ports), clock: ports.clock };
  const breakers = breakersOf(ports, house.directory);

  return fromTwilio(ports.twilioSignature, "report", async (form, event, tools) => {
    const evidence = statusEvidence(form);
    if (evidence === undefined) return answered();
    const { incident = "", kind = "", delivery = "" } = event.pathParameters ?? {};
    const receipt = reportedSid(form) ?? "";
    // Taken, and refused later: only reports know that it holds for everybody. What else they tell is of one phone.
    if (evidence.outcome === "giveUp" && evidence.reason === "account-refused")
      await breakers.note("twilio", receipt, evidence, tools);
    if (kind === "card") {
      const id = `person/${incident}.${delivery}.${receipt}.${evidence.outcome}`;
      const envelope = byHub("receive-report", id, ports.clock.now(), false, receipt === "" ? id : receipt);
      const order = { ...envelope, type: "RecordCard", card: delivery, evidence } as const;
      const carried = await house.people.dispatch(`person/${incident}`, order);
      if (carried.outcome === "done" && isCardGivenUp(carried.events)) tools.count("OperatorAlarm");
      const method = evidence.outcome === "handed" ? undefined : await methodForTexts(house, incident);
      const about = {
        by: "receive-report",
        name: id,
        person: incident,
        carrier: "twilio",
        evidence,
      } as const;
      if (method !== undefined) await noteRefusal(house, { ...about, method, when: "reported" }, tools);
      return answered();
    }
    const about = { by: "receive-report", stream: `incident/${incident}`, kind, delivery } as const;
    await recordReport(house, { ...about, receipt, evidence, carrier: "twilio" }, tools);
    return answered();
  });
}
