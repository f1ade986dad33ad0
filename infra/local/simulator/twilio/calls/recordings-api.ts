// The part of Twilio's REST API that hands out what was taken down, as a resource or as sound.
// https://www.twilio.com/docs/voice/api/recording#fetch-a-recordings-media
import type { Api, ApiRequest } from "../api.ts";
import { type Answer, gone, json, refusal, refusals } from "../refusals.ts";
import { recordingPage, recordingResource } from "./recording-resource.ts";
import { mp3Of } from "./recordings.ts";

/** Undefined for a path that is not about recordings. */
export function answerRecordings(request: ApiRequest, base: string, api: Api): Answer | undefined {
  const { path, method, query } = request;
  const { accountSid } = api.account;
  if (!path.startsWith(`${base}/`)) return undefined;
  const [list, below] =
    /^((?:Calls\/CA|Conferences\/CF)[0-9a-f]{32}\/)?Recordings\.json$/.exec(path.slice(base.length + 1)) ??
    [];
  if (list !== undefined) {
    if (method !== "GET") return refusal(refusals.method);
    return json(200, recordingPage(api.exchange.recordings.list(), accountSid, query, below));
  }
  if (!path.startsWith(`${base}/Recordings/`)) return undefined;
  const [, sid = "", form] =
    /^(RE[0-9a-f]{32})\.(json|mp3)$/.exec(path.slice(`${base}/Recordings/`.length)) ?? [];
  const recording = api.exchange.recordings.find(sid);
  if (recording === undefined) return undefined;
  if (method === "DELETE") {
    api.exchange.recordings.remove(sid);
    return gone;
  }
  if (method !== "GET") return refusal(refusals.method);
  if (form === "json") return json(200, recordingResource(recording, accountSid));
  return { status: 200, headers: { "content-type": "audio/mpeg" }, body: "", bytes: mp3Of(recording) };
}
