// The first message of a page, and where the provider reports what became of it.
import { seconds } from "../core/time.ts";
import type { Outbound } from "../ports.ts";
import { firstMessage } from "../wording/sms.ts";
import type { Errand } from "./errand.ts";

/** A page that arrives later than this wakes somebody for what others have in hand. */
const validFor = seconds(300);

export function pageMessage(errand: Errand, now: number): Outbound {
  const { signal } = errand.incident;
  const { page, person, drill } = errand;
  return {
    to: errand.method.address,
    drill,
    reference: page.code,
    validFor,
    reportTo: reportPath(errand.stream, "page", errand.delivery.id),
    text: firstMessage({
      drill,
      severity: signal.severity,
      service: signal.serviceName,
      symptom: signal.title,
      since: signal.since,
      now,
      timeZone: person.timeZone,
      others: page.others,
      code: page.code,
    }),
  };
}

const reportPath = (stream: string, kind: string, id: string): string =>
  `/twilio/reports/${stream.slice("incident/".length)}/${kind}/${id}`;
