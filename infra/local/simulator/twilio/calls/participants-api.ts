// The part of Twilio's REST API that calls somebody into a conference.
// https://www.twilio.com/docs/voice/api/conference-participant-resource#create-a-participant
import type { Api } from "../api.ts";
import { type Answer, json, refusal } from "../refusals.ts";
import { address } from "./call-plan.ts";
import { placeCall } from "./calls-api.ts";
import { participantResource } from "./participant-resource.ts";

/** In Twilio's own words, which are the same in TwiML but for their first letter. */
const passedOn = ["Beep", "EndConferenceOnExit", "Muted", "StartConferenceOnEnter"] as const;

/** `name`: of the conference, which is opened by that if there is none. */
export function callIn(name: string, form: URLSearchParams, api: Api): Answer {
  const { conferences } = api.exchange;
  const reports = address(form, "ConferenceStatusCallback", "ConferenceStatusCallbackMethod");
  const label = form.get("Label") ?? undefined;
  const conference =
    conferences.find(name) ??
    conferences.reserve({
      name,
      label,
      muted: form.get("Muted") === "true",
      startOnEnter: form.get("StartConferenceOnEnter") !== "false",
      endOnExit: form.get("EndConferenceOnExit") === "true",
      most: Number(form.get("MaxParticipants") ?? 250),
      reports: reports && { to: reports, events: form.getAll("ConferenceStatusCallbackEvent") },
    });
  const attributes: [string, string][] = [
    ...(label === undefined ? [] : [["participantLabel", label] satisfies [string, string]]),
    ...passedOn.flatMap((each): [string, string][] => {
      const value = form.get(each);
      return value === null ? [] : [[each.charAt(0).toLowerCase() + each.slice(1), value]];
    }),
  ];
  const inside = attributes.map(([key, value]) => ` ${key}="${written(value)}"`).join("");
  const twiml = `<Response><Dial><Conference${inside}>${written(conference.friendlyName)}</Conference></Dial></Response>`;
  const asCall = new URLSearchParams(form);
  asCall.delete("Url");
  asCall.set("Twiml", twiml);
  const placed = placeCall(asCall, api);
  if ("code" in placed) return refusal(placed);
  const { call } = placed;
  const who = {
    call,
    label,
    at: call.at,
    updatedAt: call.updatedAt,
    startOnEnter: form.get("StartConferenceOnEnter") !== "false",
    endOnExit: form.get("EndConferenceOnExit") === "true",
    muted: form.get("Muted") === "true",
    hold: false,
  };
  return json(201, participantResource(conference, who, api.account.accountSid, "queued"));
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const written = (text: string): string => text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);
