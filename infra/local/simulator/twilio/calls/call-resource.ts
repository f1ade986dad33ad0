// A call, and a page of calls, as Twilio's API shows them.
// https://www.twilio.com/docs/voice/api/call-resource#call-properties
import { onDays, pageOf } from "../paging.ts";
import { apiVersion, dated } from "../wire.ts";
import { type Call, isLive } from "./call.ts";
import { secondsOf } from "./progress.ts";

export function callResource(call: Call, accountSid: string) {
  const uri = `/${apiVersion}/Accounts/${accountSid}/Calls/${call.sid}`;
  const below = (name: string): string => `${uri}/${name}.json`;
  return {
    account_sid: accountSid,
    annotation: null,
    answered_by: call.answeredBy ?? null,
    api_version: apiVersion,
    caller_name: null,
    date_created: dated(call.at),
    date_updated: dated(call.updatedAt),
    direction: call.direction,
    duration: isLive(call) ? null : String(secondsOf(call)),
    end_time: dated(call.endedAt),
    forwarded_from: null,
    from: call.shownAs ?? call.from,
    from_formatted: call.shownAs ?? call.from,
    group_sid: null,
    parent_call_sid: null,
    phone_number_sid: null,
    price: null,
    price_unit: "USD",
    queue_time: String((call.startedAt ?? call.updatedAt) - call.at),
    sid: call.sid,
    start_time: dated(call.startedAt),
    status: call.status,
    subresource_uris: {
      events: below("Events"),
      notifications: below("Notifications"),
      payments: below("Payments"),
      recordings: below("Recordings"),
      siprec: below("Siprec"),
      streams: below("Streams"),
      transcriptions: below("Transcriptions"),
      user_defined_message_subscriptions: below("UserDefinedMessageSubscriptions"),
      user_defined_messages: below("UserDefinedMessages"),
    },
    to: call.to,
    to_formatted: call.to,
    trunk_sid: null,
    uri: `${uri}.json`,
  };
}

/** A call that still waits to be dialled has no start, and no filter by start finds it. */
export function callPage(all: readonly Call[], accountSid: string, query: URLSearchParams) {
  const [to, from, status, parent] = ["To", "From", "Status", "ParentCallSid"].map((name) => query.get(name));
  const started = onDays(query, "StartTime");
  const ended = onDays(query, "EndTime");
  const found = all.filter(
    (call) =>
      (!to || call.to === to) &&
      (!from || call.from === from) &&
      (!status || call.status === status) &&
      !parent && // no call here was made by another one
      started(call.startedAt) &&
      ended(call.endedAt),
  );
  const show = (call: Call) => callResource(call, accountSid);
  return pageOf({ all: found, accountSid, name: "Calls", key: "calls", show }, query);
}
