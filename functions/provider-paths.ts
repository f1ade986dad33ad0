// Our addresses for a provider, below the public one: where it reports what became of a delivery, and asks what to speak.
// A carrier that can't call an address brings it back with its events instead.
import { incidentId, type StreamId } from "./core/aggregate.ts";

export const reportPath = (stream: StreamId, kind: "page" | "machine" | "notice", id: string): string =>
  `/twilio/reports/${incidentId(stream)}/${kind}/${id}`;

export const callPath = (stream: StreamId, delivery: string): string =>
  `/twilio/calls/${incidentId(stream)}/${delivery}`;

export interface ReportedOn {
  readonly stream: StreamId;
  readonly kind: string;
  readonly id: string;
}

/** What an address for reports speaks of; undefined for any other text. */
export function readReportPath(path: string): ReportedOn | undefined {
  const [, incident, kind, id] = reportForm.exec(path) ?? [];
  if (incident === undefined || kind === undefined || id === undefined) return undefined;
  return { stream: `incident/${incident}`, kind, id };
}

const reportForm = /^\/twilio\/reports\/([\w-]{1,100})\/(page|notice)\/([\w.-]{1,100})$/;
