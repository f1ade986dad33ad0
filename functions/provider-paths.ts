// Our addresses for a provider, below the public one: where it reports what became of a delivery, and asks what to speak.
// A carrier that can't call an address brings it back with its events instead.
import { incidentId, type StreamId } from "./core/aggregate.ts";

export const reportPath = (stream: StreamId, kind: ReportKind, id: string): string =>
  `/twilio/reports/${incidentId(stream)}/${kind}/${id}`;

/** What a report is about. */
export type ReportKind = "page" | "machine" | "notice" | "call-in" | "card";

/** Of a person's last-resort card. */
export const cardReportPath = (person: string, card: string): string =>
  `/twilio/reports/${person}/${"card" satisfies ReportKind}/${card}`;

export const callPath = (stream: StreamId, delivery: string): string =>
  `/twilio/calls/${incidentId(stream)}/${delivery}`;

/** A call into the room: what it is asked, and where its keys go. */
export const callInPath = (stream: StreamId, callIn: string): string =>
  `/twilio/call-ins/${incidentId(stream)}/${callIn}`;

/** Who comes into the room, leaves it, is muted. */
export const roomPath = (stream: StreamId): string => `/twilio/rooms/${incidentId(stream)}`;

/** Who waits to be let in, and who hung up meanwhile. */
export const waitingPath = (stream: StreamId): string => `/twilio/waiting/${incidentId(stream)}`;

/** In place of an incident: the standing room, which belongs to none. */
export const emergencyRoom = "emergency";

const byClaim = "pin-";
/** The same for a room of which only the PIN is known, by the claim that stands for it. */
export const claimedRoomPath = (claim: string): string => `/twilio/rooms/${claim.replace("pin/", byClaim)}`;
/** The claim in such an address; undefined in that of an incident. */
export const claimOfRoom = (room: string): string | undefined =>
  room.startsWith(byClaim) ? `pin/${room.slice(byClaim.length)}` : undefined;

export const emergencyRoomPath = `/twilio/rooms/${emergencyRoom}`;

/** What is spoken in the room. */
export const announcementPath = (stream: StreamId, announcement: string): string =>
  `/twilio/announcements/${incidentId(stream)}/${announcement}`;

/** Where such a call is led when its answer can't be had. */
export const lineFallbackPath = (round?: number): string =>
  round === undefined ? "/twilio/line-fallback" : `/twilio/line-fallback/${round}`;

/** The hub's own number: where a call to it begins, and where its keys go. */
export const linePath = (step?: string): string =>
  step === undefined ? "/twilio/line" : `/twilio/line/${step}`;

/** A waiting call goes on here when a responder lets it in, or sends it away. */
export const letInPath = (stream: StreamId): string => linePath(`let-in/${incidentId(stream)}`);

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
