// The part of Twilio's REST API that looks after conferences: who is in them, who is muted, who has to go.
// https://www.twilio.com/docs/voice/api/conference-resource, …/conference-participant-resource
import type { Api, ApiRequest } from "../api.ts";
import { pageOf } from "../paging.ts";
import { type Answer, json, refusal, refusals } from "../refusals.ts";
import { apiVersion, dated } from "../wire.ts";
import type { Conference, Participant } from "./conferences.ts";

/** Undefined for a path that is not about conferences. */
export function answerConferences(request: ApiRequest, base: string, api: Api): Answer | undefined {
  const { path, method, query, form } = request;
  const { conferences } = api.exchange;
  const { accountSid } = api.account;
  if (path === `${base}/Conferences.json`) {
    if (method !== "GET") return refusal(refusals.method);
    return json(200, conferencePage(conferences.list(), accountSid, query));
  }
  const below = path.startsWith(`${base}/Conferences/`)
    ? /^([^/]+?)(\/Participants(?:\/([^/]+))?)?\.json$/.exec(path.slice(base.length + "/Conferences/".length))
    : null;
  const [, name = "", participants, who] = below ?? [];
  const conference = below === null ? undefined : conferences.find(decodeURIComponent(name));
  if (conference === undefined) return undefined;
  if (participants === undefined) {
    if (method === "POST") changeConference(conference, form, api);
    return json(200, conferenceResource(conference, accountSid));
  }
  if (who === undefined) {
    if (method !== "GET") return refusal(refusals.method);
    return json(200, participantPage(conference, accountSid, query));
  }
  const called = decodeURIComponent(who);
  const participant = conference.participants.find(
    ({ call, label }) => call.sid === called || label === called,
  );
  if (participant === undefined) return undefined;
  if (method === "DELETE") {
    conferences.kick(conference, participant);
    return { status: 204, headers: {}, body: "" };
  }
  if (method === "POST") changeParticipant(conference, participant, form, api);
  return json(200, participantResource(conference, participant, accountSid));
}

function changeConference(conference: Conference, form: URLSearchParams, { exchange }: Api): void {
  const announcement = form.get("AnnounceUrl");
  const method = form.get("AnnounceMethod")?.toUpperCase() === "GET" ? "GET" : "POST";
  if (announcement) exchange.announce(conference, { url: announcement, method });
  if (form.get("Status") === "completed") exchange.conferences.end(conference);
}

function changeParticipant(
  conference: Conference,
  who: Participant,
  form: URLSearchParams,
  { exchange }: Api,
): void {
  const { conferences } = exchange;
  const [muted, hold, endOnExit] = ["Muted", "Hold", "EndConferenceOnExit"].map((name) => form.get(name));
  if (muted) conferences.mute(conference, who, muted === "true");
  if (hold) conferences.hold(conference, who, hold === "true");
  if (endOnExit) who.endOnExit = endOnExit === "true";
}

function conferencePage(all: readonly Conference[], accountSid: string, query: URLSearchParams) {
  const [name, status] = [query.get("FriendlyName"), query.get("Status")];
  const found = all.filter(
    (each) => (name === null || each.friendlyName === name) && (status === null || each.status === status),
  );
  const show = (each: Conference) => conferenceResource(each, accountSid);
  return pageOf({ all: found, accountSid, name: "Conferences", key: "conferences", show }, query);
}

/** Who is in it now; whoever left is not shown any more. */
function participantPage(conference: Conference, accountSid: string, query: URLSearchParams) {
  const muted = query.get("Muted");
  const all = conference.participants.filter((who) => muted === null || String(who.muted) === muted);
  const show = (who: Participant) => participantResource(conference, who, accountSid);
  const name = `Conferences/${conference.sid}/Participants`;
  return pageOf({ all, accountSid, name, key: "participants", show }, query);
}

function conferenceResource(conference: Conference, accountSid: string) {
  const uri = `/${apiVersion}/Accounts/${accountSid}/Conferences/${conference.sid}`;
  return {
    account_sid: accountSid,
    api_version: apiVersion,
    call_sid_ending_conference: conference.endedBy ?? null,
    date_created: dated(conference.at),
    date_updated: dated(conference.updatedAt),
    friendly_name: conference.friendlyName,
    reason_conference_ended: null,
    region: "us1",
    sid: conference.sid,
    status: conference.status,
    subresource_uris: { participants: `${uri}/Participants.json`, recordings: `${uri}/Recordings.json` },
    uri: `${uri}.json`,
  };
}

function participantResource({ sid }: Conference, who: Participant, accountSid: string) {
  return {
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
    status: "connected",
    uri: `/${apiVersion}/Accounts/${accountSid}/Conferences/${sid}/Participants/${who.call.sid}.json`,
  };
}
