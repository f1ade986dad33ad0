// Our addresses for a provider, below the public one: where it reports what became of a delivery, and asks what to speak.
import { incidentId, type StreamId } from "./core/aggregate.ts";

export const reportPath = (stream: StreamId, kind: "page" | "machine" | "notice", id: string): string =>
  `/twilio/reports/${incidentId(stream)}/${kind}/${id}`;

export const callPath = (stream: StreamId, delivery: string): string =>
  `/twilio/calls/${incidentId(stream)}/${delivery}`;
