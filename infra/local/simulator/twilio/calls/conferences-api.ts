// The part of Twilio's REST API that looks after conferences: who is in them, who is muted, who has to go.
// https://www.twilio.com/docs/voice/api/conference-resource, …/conference-participant-resource
import type { Api, ApiRequest } from "../api.ts";
import { onDays, pageOf } from "../paging.ts";
import { type Answer, gone, json, refusal, refusals } from "../refusals.ts";
import { apiVersion, dated } from "../wire.ts";
import { address } from "./call-plan.ts";
import type { Conference, Participant } from "./conferences.ts";
import { participantResource } from "./participant-resource.ts";
import { callIn } from "./participants-api.ts";

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
  if (below === null) return undefined;
  if (participants !== undefined && who === undefined && method === "POST")
    return callIn(decodeURIComponent(name), form, api);
  const conference = conferences.find(decodeURIComponent(name));
  if (conference === undefined) return undefined;
  if (participants === undefined) {
    if (method === "POST") return changeConference(conference, form, api);
    if (method !== "GET") return refusal(refusals.method);
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
    return gone;
  }
  if (method === "POST") changeParticipant(conference, participant, form, api);
  else if (method !== "GET") return refusal(refusals.method);
  return json(200, participantResource(conference, participant, accountSid));
}

function changeConference(conference: Conference, form: URLSearchParams, { account, exchange }: Api): Answer {
  const status = form.get("Status");
  if (status !== null && status !== "completed") return refusal(refusals.badParameter("Status"));
  const words = address(form, "AnnounceUrl", "AnnounceMethod");
  if (words !== undefined) exchange.announce(conference, words);
  if (status === "completed") exchange.conferences.end(conference);
  return json(200, conferenceResource(conference, account.accountSid));
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
  const words = address(form, "AnnounceUrl", "AnnounceMethod");
  if (words !== undefined) exchange.announce(conference, words, who);
}

function conferencePage(all: readonly Conference[], accountSid: string, query: URLSearchParams) {
  const [name, status] = [query.get("FriendlyName"), query.get("Status")];
  const [created, updated] = [onDays(query, "DateCreated"), onDays(query, "DateUpdated")];
  const found = all.filter(
    (each) =>
      (name === null || each.friendlyName === name) &&
      (status === null || each.status === status) &&
      created(each.at) &&
      updated(each.updatedAt),
  );
  const show = (each: Conference) => conferenceResource(each, accountSid);
  return pageOf({ all: found, accountSid, name: "Conferences", key: "conferences", show }, query);
}

/** Who is in it now; whoever left is not shown any more. */
function participantPage(conference: Conference, accountSid: string, query: URLSearchParams) {
  const [muted, hold, coaching] = ["Muted", "Hold", "Coaching"].map((name) => query.get(name));
  const all = conference.participants.filter(
    (who) =>
      (!muted || String(who.muted) === muted) && (!hold || String(who.hold) === hold) && coaching !== "true",
  );
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
    // Twilio's page says null while it goes on, the types of its document do not: left out it is right by both.
    ...(conference.reason !== undefined && { reason_conference_ended: conference.reason }),
    region: "us1",
    sid: conference.sid,
    status: conference.status,
    subresource_uris: { participants: `${uri}/Participants.json`, recordings: `${uri}/Recordings.json` },
    uri: `${uri}.json`,
  };
}
