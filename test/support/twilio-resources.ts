// What Twilio's REST API shows, as far as we use or simulate it, from its reference: each resource by its fields. The
// referee beside it holds answers against this.

/** What a field may be; as a parameter, what its text may be. */
export interface Kind {
  readonly is: "text" | "whole" | "yes-no" | "links";
  readonly like?: RegExp;
  readonly orNull?: true;
  /** It may be left out of an answer. */
  readonly optional?: true;
  /** A parameter that may come several times, or has to come. */
  readonly many?: true;
  readonly needed?: true;
}

export const text: Kind = { is: "text" };
export const whole: Kind = { is: "whole", like: /^\d+$/ };
export const yesNo: Kind = { is: "yes-no", like: /^(true|false)$/ };
const links: Kind = { is: "links" };
export const like = (pattern: RegExp): Kind => ({ is: "text", like: pattern });
export const oneOf = (...words: readonly string[]): Kind => like(new RegExp(`^(${words.join("|")})$`));
export const sid = (prefix: string): Kind => like(new RegExp(`^(${prefix})[0-9a-fA-F]{32}$`));
export const orNull = (kind: Kind): Kind => ({ ...kind, orNull: true });
const optional = (kind: Kind): Kind => ({ ...kind, optional: true });
export const many = (kind: Kind): Kind => ({ ...kind, many: true });
export const needed = (kind: Kind): Kind => ({ ...kind, needed: true });

/** RFC 2822, in UTC. */
const date = like(/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} \+0000$/);
export const path = like(/^\/2010-04-01\/Accounts\/AC[0-9a-f]{32}[\w/]*\.json(\?\S*)?$/);
export const webAddress = like(/^https?:\/\/[^\s]+$/);
export const method = oneOf("GET", "POST");
export const number = like(/^\+[1-9]\d{6,14}$/);
export const count = like(/^\d+$/);
export const day = like(/^\d{4}-\d\d-\d\d(T[\d:.]+Z)?$/);
const version = oneOf("2010-04-01");
const currency = oneOf("USD");

export const callStatus = oneOf(
  ..."queued ringing in-progress completed busy failed no-answer canceled".split(" "),
);

export interface Resource {
  readonly page: string;
  readonly fields: Readonly<Record<string, Kind>>;
}

export const account: Resource = {
  page: "https://www.twilio.com/docs/iam/api/account",
  fields: {
    auth_token: text,
    date_created: orNull(date),
    date_updated: orNull(date),
    friendly_name: text,
    owner_account_sid: sid("AC"),
    sid: sid("AC"),
    status: oneOf("active", "suspended", "closed"),
    subresource_uris: links,
    type: oneOf("Trial", "Full"),
    uri: path,
  },
};

export const message: Resource = {
  page: "https://www.twilio.com/docs/messaging/api/message-resource#message-properties",
  fields: {
    account_sid: sid("AC"),
    api_version: version,
    body: text,
    date_created: date,
    date_sent: orNull(date),
    date_updated: date,
    direction: oneOf("inbound", "outbound-api", "outbound-call", "outbound-reply"),
    error_code: orNull(whole),
    error_message: orNull(text),
    from: orNull(number),
    messaging_service_sid: orNull(sid("MG")),
    num_media: count,
    num_segments: count,
    price: orNull(text),
    price_unit: orNull(currency),
    sid: sid("SM|MM"),
    status: oneOf(
      ..."accepted scheduled canceled queued sending sent failed delivered undelivered receiving received read partially_delivered".split(
        " ",
      ),
    ),
    subresource_uris: links,
    to: number,
    uri: path,
  },
};

export const call: Resource = {
  page: "https://www.twilio.com/docs/voice/api/call-resource#call-properties",
  fields: {
    account_sid: sid("AC"),
    annotation: optional(orNull(text)),
    answered_by: orNull(
      oneOf("human", "machine_start", "machine_end_(beep|silence|other)", "fax", "unknown"),
    ),
    api_version: version,
    caller_name: orNull(text),
    date_created: date,
    date_updated: date,
    direction: oneOf("inbound", "outbound-api", "outbound-dial"),
    duration: orNull(count),
    end_time: orNull(date),
    forwarded_from: orNull(text),
    from: text,
    from_formatted: text,
    group_sid: orNull(sid("GP")),
    parent_call_sid: orNull(sid("CA")),
    phone_number_sid: orNull(sid("PN")),
    price: orNull(text),
    price_unit: currency,
    queue_time: count,
    sid: sid("CA"),
    start_time: orNull(date),
    status: callStatus,
    subresource_uris: links,
    to: number,
    to_formatted: text,
    trunk_sid: orNull(sid("TK")),
    uri: path,
  },
};

export const conference: Resource = {
  page: "https://www.twilio.com/docs/voice/api/conference-resource#conference-properties",
  fields: {
    account_sid: sid("AC"),
    api_version: version,
    call_sid_ending_conference: orNull(sid("CA")),
    date_created: date,
    date_updated: date,
    friendly_name: text,
    reason_conference_ended: optional(
      oneOf(
        "conference-ended-via-api",
        "participant-with-end-conference-on-exit-(left|kicked)",
        "last-participant-(left|kicked)",
      ),
    ),
    region: text,
    sid: sid("CF"),
    status: oneOf("init", "in-progress", "completed"),
    subresource_uris: links,
    uri: path,
  },
};

export const participant: Resource = {
  page: "https://www.twilio.com/docs/voice/api/conference-participant-resource#participant-properties",
  fields: {
    account_sid: sid("AC"),
    call_sid: sid("CA"),
    call_sid_to_coach: orNull(sid("CA")),
    coaching: yesNo,
    conference_sid: sid("CF"),
    date_created: date,
    date_updated: date,
    end_conference_on_exit: yesNo,
    hold: yesNo,
    label: orNull(text),
    muted: yesNo,
    queue_time: orNull(count),
    start_conference_on_enter: yesNo,
    status: oneOf("queued", "connecting", "ringing", "connected", "complete", "failed"),
    uri: path,
  },
};

export const recording: Resource = {
  page: "https://www.twilio.com/docs/voice/api/recording#recording-properties",
  fields: {
    account_sid: sid("AC"),
    api_version: version,
    call_sid: sid("CA"),
    channels: whole,
    conference_sid: orNull(sid("CF")),
    date_created: date,
    date_updated: date,
    duration: count,
    encryption_details: orNull(links),
    error_code: orNull(whole),
    media_url: webAddress,
    price: orNull(text),
    price_unit: currency,
    sid: sid("RE"),
    source: oneOf(
      ..."DialVerb Conference OutboundAPI Trunking RecordVerb StartCallRecordingAPI StartConferenceRecordingAPI".split(
        " ",
      ),
    ),
    start_time: date,
    status: oneOf("in-progress", "paused", "stopped", "processing", "completed", "absent", "deleted"),
    subresource_uris: links,
    uri: path,
  },
};
