// What Twilio reports of a conference: who came in, left, was muted. Reports come late, twice and out of order; their number
// within the conference tells which is newer. https://www.twilio.com/docs/voice/twiml/conference#attributes-statusCallback
import type { RoomNews } from "../core/incident/bridge/orders.ts";

export interface RoomReport {
  readonly conference: string;
  readonly sequence: number;
  readonly happened: RoomNews;
}

type Form = Readonly<Record<string, string>>;

/** Undefined where it says nothing that the roster could use. */
export function roomReport(form: Form): RoomReport | undefined {
  const {
    ConferenceSid: conference = "",
    SequenceNumber: numbered = "",
    StatusCallbackEvent: event = "",
  } = form;
  if (conference === "" || !/^\d{1,9}$/.test(numbered)) return undefined;
  const happened = newsOf(event, form["CallSid"] ?? "");
  return happened === undefined ? undefined : { conference, sequence: Number(numbered), happened };
}

function newsOf(event: string, call: string): RoomNews | undefined {
  if (event === "conference-end") return { what: "end" };
  const what = Object.hasOwn(participantEvents, event)
    ? participantEvents[event as keyof typeof participantEvents]
    : undefined;
  return what === undefined || call === "" ? undefined : { what, call };
}

/** Others (the start, hold, speech, announcements) change nothing about who is there. */
const participantEvents = {
  "participant-join": "join",
  "participant-leave": "leave",
  "participant-mute": "mute",
  "participant-unmute": "unmute",
} as const;
