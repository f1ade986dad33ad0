// Somebody in a conference, as Twilio's API shows it.
// https://www.twilio.com/docs/voice/api/conference-participant-resource#participant-properties
import { apiVersion, dated } from "../wire.ts";
import type { Conference, Participant } from "./conferences.ts";

export const participantResource = (
  { sid }: Conference,
  who: Omit<Participant, "goOn">,
  accountSid: string,
  status: "queued" | "connected" = "connected",
) => ({
  account_sid: accountSid,
  call_sid: who.call.sid,
  call_sid_to_coach: null,
  coaching: false,
  conference_sid: sid,
  date_created: dated(who.at),
  date_updated: dated(who.updatedAt),
  end_conference_on_exit: who.endOnExit,
  hold: who.hold,
  label: who.label ?? null,
  muted: who.muted,
  queue_time: null,
  start_conference_on_enter: who.startOnEnter,
  status,
  uri: `/${apiVersion}/Accounts/${accountSid}/Conferences/${sid}/Participants/${who.call.sid}.json`,
});
