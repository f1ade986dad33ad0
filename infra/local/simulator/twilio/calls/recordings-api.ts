// The part of Twilio's REST API that hands out what was taken down, as a resource or as sound.
// https://www.twilio.com/docs/voice/api/recording#fetch-a-recordings-media
import type { Api, ApiRequest } from "../api.ts";
import { type Answer, json, refusal, refusals } from "../refusals.ts";
import { apiVersion, dated } from "../wire.ts";
import { mp3Of, type Recording } from "./recordings.ts";

/** Undefined for a path that is not about recordings. */
export function answerRecordings(request: ApiRequest, base: string, api: Api): Answer | undefined {
  const { path, method } = request;
  if (!path.startsWith(`${base}/Recordings/`)) return undefined;
  const [, sid = "", form] =
    /^(RE[0-9a-f]{32})\.(json|mp3)$/.exec(path.slice(`${base}/Recordings/`.length)) ?? [];
  const recording = api.exchange.recordings.find(sid);
  if (recording === undefined) return undefined;
  if (method === "DELETE") {
    api.exchange.recordings.remove(sid);
    return { status: 204, headers: {}, body: "" };
  }
  if (method !== "GET") return refusal(refusals.method);
  if (form === "json") return json(200, resource(recording, api.account.accountSid));
  return { status: 200, headers: { "content-type": "audio/mpeg" }, body: "", bytes: mp3Of(recording) };
}

const resource = ({ sid, call, at, seconds }: Recording, accountSid: string) => ({
  account_sid: accountSid,
  api_version: apiVersion,
  call_sid: call,
  channels: 1,
  conference_sid: null,
  date_created: dated(at),
  date_updated: dated(at),
  duration: String(seconds),
  error_code: null,
  price: null,
  price_unit: "USD",
  sid,
  source: "RecordVerb",
  start_time: dated(at - seconds * 1000),
  status: "completed",
  uri: `/${apiVersion}/Accounts/${accountSid}/Recordings/${sid}.json`,
});
