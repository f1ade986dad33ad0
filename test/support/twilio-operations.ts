// What Twilio's REST API can be asked, as far as we ask it or simulate it, from its reference: each operation by its
// parameters, its status and its answer. The referee beside it holds requests and answers against this.
import {
  account,
  call,
  callStatus,
  conference,
  count,
  day,
  type Kind,
  like,
  many,
  message,
  method,
  needed,
  number,
  oneOf,
  orNull,
  participant,
  path,
  type Resource,
  recording,
  sid,
  text,
  webAddress,
  whole,
  yesNo,
} from "./twilio-resources.ts";

/** Of every list: https://www.twilio.com/docs/usage/twilios-response#pagination */
export const pageFields: Readonly<Record<string, Kind>> = {
  end: whole,
  first_page_uri: text,
  next_page_uri: orNull(path),
  page: whole,
  page_size: whole,
  previous_page_uri: orNull(path),
  start: whole,
  uri: text,
};

export interface Operation {
  readonly name: string;
  readonly method: "GET" | "POST" | "DELETE";
  /** Below the account. */
  readonly path: RegExp;
  readonly status: 200 | 201 | 204;
  readonly answers:
    | { readonly one: Resource }
    | { readonly many: Resource; readonly key: string }
    | "nothing";
  readonly takes: Readonly<Record<string, Kind>>;
  readonly page: string;
}

const paged = {
  PageSize: like(/^([1-9]\d{0,2}|1000)$/),
  Page: count,
  PageToken: text,
};
const around = (name: string) => ({ [name]: day, [`${name}<`]: day, [`${name}>`]: day });
const reported = {
  StatusCallback: webAddress,
  StatusCallbackEvent: many(oneOf("initiated", "ringing", "answered", "completed")),
  StatusCallbackMethod: method,
};
const seconds = (most: number): Kind => ({ ...count, like: new RegExp(`^\\d{1,${String(most).length}}$`) });
const messages = "https://www.twilio.com/docs/messaging/api/message-resource";
const calls = "https://www.twilio.com/docs/voice/api/call-resource";
const conferences = "https://www.twilio.com/docs/voice/api/conference-resource";
const participants = "https://www.twilio.com/docs/voice/api/conference-participant-resource";
const recordings = "https://www.twilio.com/docs/voice/api/recording";

export const operations: readonly Operation[] = [
  {
    name: "fetch an account",
    method: "GET",
    path: /^\.json$/,
    status: 200,
    answers: { one: account },
    takes: {},
    page: "https://www.twilio.com/docs/iam/api/account#fetch-an-account-resource",
  },
  {
    name: "create a message",
    method: "POST",
    path: /^\/Messages\.json$/,
    status: 201,
    answers: { one: message },
    takes: {
      To: needed(number),
      From: number,
      MessagingServiceSid: sid("MG"),
      Body: like(/^[^]{1,1600}$/),
      StatusCallback: webAddress,
      ValidityPeriod: like(/^([1-9]\d{0,3}|[12]\d{4}|3[0-5]\d{3}|36000)$/),
      SmartEncoded: yesNo,
    },
    page: `${messages}#create-a-message-resource`,
  },
  {
    name: "list messages",
    method: "GET",
    path: /^\/Messages\.json$/,
    status: 200,
    answers: { many: message, key: "messages" },
    takes: { To: number, From: number, ...around("DateSent"), ...paged },
    page: `${messages}#read-multiple-message-resources`,
  },
  {
    name: "fetch a message",
    method: "GET",
    path: /^\/Messages\/(SM|MM)[0-9a-f]{32}\.json$/,
    status: 200,
    answers: { one: message },
    takes: {},
    page: `${messages}#fetch-a-message-resource`,
  },
  {
    name: "change a message",
    method: "POST",
    path: /^\/Messages\/(SM|MM)[0-9a-f]{32}\.json$/,
    status: 200,
    answers: { one: message },
    takes: { Body: like(/^$/), Status: oneOf("canceled") },
    page: `${messages}#update-a-message-resource`,
  },
  {
    name: "delete a message",
    method: "DELETE",
    path: /^\/Messages\/(SM|MM)[0-9a-f]{32}\.json$/,
    status: 204,
    answers: "nothing",
    takes: {},
    page: `${messages}#delete-a-message-resource`,
  },
  {
    name: "create a call",
    method: "POST",
    path: /^\/Calls\.json$/,
    status: 201,
    answers: { one: call },
    takes: {
      To: needed(number),
      From: needed(number),
      Url: webAddress,
      Method: method,
      Twiml: like(/^<[^]{1,3999}$/),
      FallbackUrl: webAddress,
      FallbackMethod: method,
      ...reported,
      Timeout: seconds(600),
      MachineDetection: oneOf("Enable", "DetectMessageEnd"),
      MachineDetectionTimeout: seconds(59),
      AsyncAmd: yesNo,
      AsyncAmdStatusCallback: webAddress,
      AsyncAmdStatusCallbackMethod: method,
    },
    page: `${calls}#create-a-call-resource`,
  },
  {
    name: "list calls",
    method: "GET",
    path: /^\/Calls\.json$/,
    status: 200,
    answers: { many: call, key: "calls" },
    takes: {
      To: number,
      From: number,
      ParentCallSid: sid("CA"),
      Status: callStatus,
      ...around("StartTime"),
      ...around("EndTime"),
      ...paged,
    },
    page: `${calls}#retrieve-a-list-of-calls`,
  },
  {
    name: "fetch a call",
    method: "GET",
    path: /^\/Calls\/CA[0-9a-f]{32}\.json$/,
    status: 200,
    answers: { one: call },
    takes: {},
    page: `${calls}#fetch-a-call-resource`,
  },
  {
    name: "change a call",
    method: "POST",
    path: /^\/Calls\/CA[0-9a-f]{32}\.json$/,
    status: 200,
    answers: { one: call },
    takes: {
      Status: oneOf("canceled", "completed"),
      Url: webAddress,
      Method: method,
      Twiml: like(/^<[^]{1,3999}$/),
      FallbackUrl: webAddress,
      FallbackMethod: method,
      StatusCallback: webAddress,
      StatusCallbackMethod: method,
      TimeLimit: count,
    },
    page: `${calls}#update-a-call-resource`,
  },
  {
    name: "delete a call",
    method: "DELETE",
    path: /^\/Calls\/CA[0-9a-f]{32}\.json$/,
    status: 204,
    answers: "nothing",
    takes: {},
    page: `${calls}#delete-a-call-resource`,
  },
  {
    name: "list conferences",
    method: "GET",
    path: /^\/Conferences\.json$/,
    status: 200,
    answers: { many: conference, key: "conferences" },
    takes: {
      FriendlyName: text,
      Status: oneOf("init", "in-progress", "completed"),
      ...around("DateCreated"),
      ...around("DateUpdated"),
      ...paged,
    },
    page: `${conferences}#read-multiple-conference-resources`,
  },
  {
    name: "fetch a conference",
    method: "GET",
    path: /^\/Conferences\/CF[0-9a-f]{32}\.json$/,
    status: 200,
    answers: { one: conference },
    takes: {},
    page: `${conferences}#fetch-a-conference-resource`,
  },
  {
    name: "change a conference",
    method: "POST",
    path: /^\/Conferences\/CF[0-9a-f]{32}\.json$/,
    status: 200,
    answers: { one: conference },
    takes: { Status: oneOf("completed"), AnnounceUrl: webAddress, AnnounceMethod: method },
    page: `${conferences}#update-a-conference-resource`,
  },
  {
    name: "call somebody into a conference",
    method: "POST",
    path: /^\/Conferences\/[^/]+\/Participants\.json$/,
    status: 201,
    answers: { one: participant },
    takes: {
      From: needed(number),
      To: needed(number),
      Label: text,
      Muted: yesNo,
      Beep: oneOf("true", "false", "onEnter", "onExit"),
      StartConferenceOnEnter: yesNo,
      EndConferenceOnExit: yesNo,
      Timeout: seconds(600),
      ...reported,
      ConferenceStatusCallback: webAddress,
      ConferenceStatusCallbackMethod: method,
      ConferenceStatusCallbackEvent: many(
        oneOf("start", "end", "join", "leave", "mute", "hold", "modify", "speaker", "announcement"),
      ),
    },
    page: `${participants}#create-a-participant`,
  },
  {
    name: "list participants",
    method: "GET",
    path: /^\/Conferences\/CF[0-9a-f]{32}\/Participants\.json$/,
    status: 200,
    answers: { many: participant, key: "participants" },
    takes: { Muted: yesNo, Hold: yesNo, Coaching: yesNo, ...paged },
    page: `${participants}#read-multiple-participant-resources`,
  },
  {
    name: "fetch a participant",
    method: "GET",
    path: /^\/Conferences\/CF[0-9a-f]{32}\/Participants\/[^/]+\.json$/,
    status: 200,
    answers: { one: participant },
    takes: {},
    page: `${participants}#fetch-a-participant-resource`,
  },
  {
    name: "change a participant",
    method: "POST",
    path: /^\/Conferences\/CF[0-9a-f]{32}\/Participants\/[^/]+\.json$/,
    status: 200,
    answers: { one: participant },
    takes: {
      Muted: yesNo,
      Hold: yesNo,
      HoldUrl: webAddress,
      HoldMethod: method,
      AnnounceUrl: webAddress,
      AnnounceMethod: method,
      BeepOnExit: yesNo,
      EndConferenceOnExit: yesNo,
    },
    page: `${participants}#update-a-participant-resource`,
  },
  {
    name: "put somebody out of a conference",
    method: "DELETE",
    path: /^\/Conferences\/CF[0-9a-f]{32}\/Participants\/[^/]+\.json$/,
    status: 204,
    answers: "nothing",
    takes: {},
    page: `${participants}#delete-a-participant-resource`,
  },
  {
    name: "list recordings",
    method: "GET",
    path: /^(\/Calls\/CA[0-9a-f]{32}|\/Conferences\/CF[0-9a-f]{32})?\/Recordings\.json$/,
    status: 200,
    answers: { many: recording, key: "recordings" },
    takes: { CallSid: sid("CA"), ConferenceSid: sid("CF"), ...around("DateCreated"), ...paged },
    page: `${recordings}#read-multiple-recording-resources`,
  },
  {
    name: "fetch a recording",
    method: "GET",
    path: /^\/Recordings\/RE[0-9a-f]{32}\.json$/,
    status: 200,
    answers: { one: recording },
    takes: { IncludeSoftDeleted: yesNo },
    page: `${recordings}#fetch-a-recording-resource`,
  },
  {
    name: "delete a recording",
    method: "DELETE",
    path: /^\/Recordings\/RE[0-9a-f]{32}\.json$/,
    status: 204,
    answers: "nothing",
    takes: {},
    page: `${recordings}#delete-a-recording-resource`,
  },
];

/** Codes with a status of their own; the others come with 400. Each has its page, https://www.twilio.com/docs/api/errors/<code>. */
export const statusOfCode: Readonly<Record<number, number>> = {
  20003: 401,
  20004: 405,
  20009: 409,
  20403: 403,
  20404: 404,
  20429: 429,
  20500: 500,
  20503: 503,
};
