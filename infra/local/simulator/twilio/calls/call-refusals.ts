// How Twilio says no to a call, and the numbers that bring each no about on purpose.
// https://www.twilio.com/docs/iam/test-credentials#test-calls
import type { Refused } from "../refusals.ts";

const refused = (code: number, message: string, status = 400): Refused => ({ status, code, message });

export const callRefusals = {
  noTo: refused(21201, "No 'To' number is specified"),
  noFrom: refused(21213, "No 'From' number is specified"),
  noUrl: refused(21205, "Url parameter is required."),
  badUrl: (url: string) => refused(21205, `Url is not a valid URL: ${url}`),
  badCallback: (url: string) => refused(21609, `StatusCallback Url ${url} is not a valid URL.`),
  badMethod: (name: string) => refused(21209, `Invalid ${name}: only GET and POST are taken.`),
  badTo: (to: string) => refused(21211, `The phone number you are attempting to call, ${to}, is not valid.`),
  badFrom: (from: string) => refused(21212, `The source phone number provided, ${from}, is not valid.`),
  notOurs: (from: string) =>
    refused(
      21210,
      `The source phone number provided, ${from}, is not yet verified for your account. You may only make calls from phone numbers that you've verified or purchased from Twilio.`,
    ),
  badTimeout: refused(21208, "The Timeout must be an integer between 1 and 600 seconds."),
  badStatus: (status: string) =>
    refused(20001, `Invalid call status: ${status}. Only canceled and completed are taken.`),
  badMachines: (value: string) => refused(21234, `MachineDetection can't be ${value}.`),
  badTwiml: (reason: string) => refused(12100, `The Twiml can't be read: ${reason}`),
  longTwiml: refused(20001, "The Twiml must not be longer than 4000 characters."),
  notLive: refused(21220, "Call is not in-progress. Cannot redirect."),
  notCancelable: refused(21220, "Invalid call state: only a call that is queued or ringing can be canceled."),
} as const;

const magicTo: Readonly<Record<string, (to: string) => Refused>> = {
  "+15005550001": (to) => refused(21217, `Phone number ${to} does not appear to be valid.`),
  "+15005550002": (to) => refused(21214, `'To' phone number ${to} cannot be reached.`),
  "+15005550003": (to) => refused(21215, `Account not authorized to call ${to}.`),
  "+15005550004": (to) => refused(21216, `Account not allowed to call ${to}.`),
};

export const magicCall = (to: string, from: string): Refused | undefined => {
  if (from === "+15005550001") return callRefusals.badFrom(from);
  return Object.hasOwn(magicTo, to) ? magicTo[to]?.(to) : undefined;
};
