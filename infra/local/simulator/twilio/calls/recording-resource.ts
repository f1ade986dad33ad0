// What was taken down, and a page of it, as Twilio's API shows them.
// https://www.twilio.com/docs/voice/api/recording#recording-properties
import { onDays, pageOf } from "../paging.ts";
import { apiVersion, dated } from "../wire.ts";
import { mediaUrl, type Recording } from "./recordings.ts";

export function recordingResource({ sid, call, at, seconds }: Recording, accountSid: string) {
  const uri = `/${apiVersion}/Accounts/${accountSid}/Recordings/${sid}`;
  return {
    account_sid: accountSid,
    api_version: apiVersion,
    call_sid: call,
    channels: 1,
    conference_sid: null,
    date_created: dated(at),
    date_updated: dated(at),
    duration: String(seconds),
    encryption_details: null,
    error_code: null,
    media_url: mediaUrl(accountSid, sid),
    price: null,
    price_unit: "USD",
    sid,
    source: "RecordVerb",
    start_time: dated(at - seconds * 1000),
    status: "completed",
    subresource_uris: {
      add_on_results: `${uri}/AddOnResults.json`,
      transcriptions: `${uri}/Transcriptions.json`,
    },
    uri: `${uri}.json`,
  };
}

/** `below`: the call or the conference whose recordings are asked for, as it stands in the path. */
export function recordingPage(
  all: readonly Recording[],
  accountSid: string,
  query: URLSearchParams,
  below = "",
) {
  const [kind, sid] = below.split("/");
  const call = kind === "Calls" ? sid : query.get("CallSid");
  const conference = kind === "Conferences" ? sid : query.get("ConferenceSid");
  const inTime = onDays(query, "DateCreated");
  const found = all.filter(
    (each) => (!call || each.call === call) && !conference && inTime(each.at), // of conferences none is made here
  );
  const show = (each: Recording) => recordingResource(each, accountSid);
  return pageOf({ all: found, accountSid, name: `${below}Recordings`, key: "recordings", show }, query);
}
