// How Twilio says no: the body of an error, and the numbers that bring each about on purpose.
// https://www.twilio.com/docs/iam/test-credentials#test-sms-messages

export interface Refused {
  readonly status: number;
  readonly code: number;
  readonly message: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** In place of the body, where that is no text. */
  readonly bytes?: Uint8Array;
}

const refused = (code: number, message: string, status = 400): Refused => ({ status, code, message });

export const refusals = {
  // https://www.twilio.com/docs/api/errors/<code>
  badParameter: (name: string) => refused(20001, `Invalid parameter: ${name}`),
  authenticate: refused(20003, "Authenticate", 401),
  method: refused(20004, "Method not allowed", 405),
  notFound: (path: string) => refused(20404, `The requested resource ${path} was not found`, 404),
  unfinished: refused(20009, "Cannot delete this resource before it is complete", 409),
  notScheduled: refused(30409, "This message cannot be canceled"),
  noTo: refused(21604, "A 'To' phone number is required."),
  noFrom: refused(21603, "A 'From' phone number is required."),
  noBody: refused(21619, "A text message body or media urls must be specified."),
  tooLong: refused(21617, "The concatenated message body exceeds the 1600 character limit."),
  badCallback: refused(21609, "The 'StatusCallback' URL is not a valid URL."),
  badValidity: refused(21624, "The validity period must be an integer between 1 and 36000 seconds."),
  badTo: (to: string) => refused(21211, `The 'To' number ${to} is not a valid phone number.`),
  badFrom: (from: string) =>
    refused(
      21212,
      `The 'From' number ${from} is not a valid phone number, shortcode, or alphanumeric sender ID.`,
    ),
  notOurs: (from: string) =>
    refused(
      21606,
      `The 'From' phone number provided (${from}) is not a valid message-capable Twilio phone number for this destination.`,
    ),
  noService: refused(21705, "The Messaging Service Sid is invalid."),
  queueFull: refused(21611, "This 'From' number has exceeded the maximum number of queued messages."),
  optedOut: refused(21610, "Attempt to send to unsubscribed recipient."),
  unroutable: refused(
    21612,
    "Message cannot be sent with the current combination of 'To' and/or 'From' parameters.",
  ),
  noPermission: refused(
    21408,
    "Permission to send an SMS has not been enabled for the region indicated by the 'To' number.",
  ),
  notCapable: (to: string) => refused(21614, `'To' number is not a valid mobile number: ${to}.`),
} as const;

const magicTo: Readonly<Record<string, (to: string) => Refused>> = {
  "+15005550001": refusals.badTo,
  "+15005550002": () => refusals.unroutable,
  "+15005550003": () => refusals.noPermission,
  "+15005550004": () => refusals.optedOut,
  "+15005550009": refusals.notCapable,
};

const magicFrom: Readonly<Record<string, (from: string) => Refused>> = {
  "+15005550001": refusals.badFrom,
  "+15005550007": refusals.notOurs,
  "+15005550008": () => refusals.queueFull,
};

/** The good sender of Twilio's own test credentials. */
export const magicSender = "+15005550006";

export const magicRefusal = (to: string, from: string): Refused | undefined =>
  (Object.hasOwn(magicFrom, from) ? magicFrom[from]?.(from) : undefined) ??
  (Object.hasOwn(magicTo, to) ? magicTo[to]?.(to) : undefined);

export const refusal = ({ status, code, message }: Refused): Answer => {
  const said = json(status, {
    code,
    message,
    more_info: `https://www.twilio.com/docs/errors/${code}`,
    status,
  });
  if (status !== 401) return said;
  return { ...said, headers: { ...said.headers, "www-authenticate": 'Basic realm="Twilio API"' } };
};

const codes: Readonly<Record<number, number>> = {
  401: 20003,
  403: 20403,
  404: 20404,
  429: 20429,
  500: 20500,
  503: 20503,
};

/** An error on command, with the code that Twilio gives to this status where none is named. */
export const scripted = (status: number, code = codes[status] ?? status): Answer =>
  refusal({ status, code, message: "Scripted fault" });

/** Of a resource that is deleted. */
export const gone: Answer = { status: 204, headers: {}, body: "" };

export const json = (status: number, body: unknown): Answer => ({
  status,
  headers: { "content-type": "application/json; charset=utf-8" },
  body: JSON.stringify(body),
});
