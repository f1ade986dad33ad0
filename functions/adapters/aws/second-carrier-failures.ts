// What a call to the second carrier came to when it came to no message. Its errors are classes with reasons:
// https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendTextMessage.html#API_SendTextMessage_Errors
import type { DeliveryReason } from "../../core/incident/events.ts";
import type { Delivery } from "../../ports.ts";

type Failure = Exclude<Delivery, { readonly outcome: "done" }>;

const again = (reason: DeliveryReason): Failure => ({ outcome: "retry", reason });
const lost = (reason: DeliveryReason): Failure => ({ outcome: "giveUp", reason, operator: false });
const mend = (reason: DeliveryReason): Failure => ({ outcome: "giveUp", reason, operator: true });

// Reasons that say more than their class does. They are enumerated in the same reference, under each exception's name.
const reasons: Readonly<Record<string, Failure>> = {
  DESTINATION_PHONE_NUMBER_OPTED_OUT: {
    outcome: "giveUp",
    reason: "opted-out",
    operator: false,
    method: "opted-out",
  },
  // The account is in the sandbox: only numbers that were verified beforehand.
  DESTINATION_PHONE_NUMBER_NOT_VERIFIED: mend("number-not-permitted"),
  DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE: mend("number-not-permitted"),
  DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION: mend("region-not-permitted"),
  DESTINATION_COUNTRY_BLOCKED: mend("region-not-permitted"),
  COUNTRY_NOT_ENABLED: mend("region-not-permitted"),
  COUNTRY_CODE_MISMATCH: mend("region-not-permitted"),
  INTERNATIONAL_SENDING_NOT_SUPPORTED: mend("region-not-permitted"),
  INVALID_IDENTITY_FOR_DESTINATION_COUNTRY: mend("region-not-permitted"),
  CHANNEL_NOT_ENABLED: mend("sender-misconfigured"),
  INVALID_ARN: mend("sender-misconfigured"),
  RESOURCE_NOT_ACCESSIBLE: mend("sender-misconfigured"),
  SENDER_ID_NOT_REGISTERED: mend("sender-misconfigured"),
  SENDER_ID_NOT_SUPPORTED: mend("sender-misconfigured"),
  SENDER_ID_REQUIRES_REGISTRATION: mend("sender-misconfigured"),
  VOICE_CAPABILITY_NOT_AVAILABLE: mend("sender-misconfigured"),
  // A number is called only so often in a day, whoever's page it is; tomorrow is too late for this one.
  DAILY_DESTINATION_CALL_LIMIT: lost("rate-limited"),
  MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT: mend("account-refused"),
  MONTHLY_SPEND_LIMIT_REACHED_FOR_VOICE: mend("account-refused"),
};

const classes: Readonly<Record<string, Failure>> = {
  ThrottlingException: again("rate-limited"),
  InternalServerException: again("provider-error"),
  ServiceQuotaExceededException: mend("rate-limited"),
  AccessDeniedException: mend("account-refused"),
  // No such number, pool or configuration set; or one that can't do this.
  ResourceNotFoundException: mend("sender-misconfigured"),
  ConflictException: mend("sender-misconfigured"),
  ValidationException: mend("provider-error"),
  // Of all of AWS, whatever the status: https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/CommonErrors.html
  ExpiredTokenException: mend("account-refused"),
  IncompleteSignature: mend("account-refused"),
  IncompleteSignatureException: mend("account-refused"),
  InvalidClientTokenId: mend("account-refused"),
  InvalidSignatureException: mend("account-refused"),
  MissingAuthenticationToken: mend("account-refused"),
  MissingAuthenticationTokenException: mend("account-refused"),
  NotAuthorized: mend("account-refused"),
  OptInRequired: mend("account-refused"),
  UnrecognizedClientException: mend("account-refused"),
};

interface Said extends Error {
  readonly Reason?: unknown;
  readonly Fields?: unknown;
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Reasons are codes of ours; nothing of the error's text, which may hold numbers, goes on. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { outcome: "unknown", reason: "provider-error" };
  const said: Said = error;
  // The SDK marks whatever went wrong on its way; what bears no mark never left, for want of credentials or a region.
  if (said.$metadata === undefined) return mend("sender-misconfigured");
  const status = said.$metadata.httpStatusCode;
  if (status === undefined) return withoutAnswer(said);
  if (status < 300) return { outcome: "unknown", reason: "provider-error" }; // a yes that can't be read is no no
  if (isAboutNumber(said)) return lost("number-invalid");
  return known(reasons, said.Reason) ?? known(classes, said.name) ?? byStatus(status, said);
}

const known = (table: Readonly<Record<string, Failure>>, name: unknown): Failure | undefined =>
  typeof name === "string" && Object.hasOwn(table, name) ? table[name] : undefined;

/**
 * The other carrier may know this number all the same, so the way over it is not closed. That it is bad for good is told by
 * an event, once the number's own carrier has said so.
 */
const isAboutNumber = ({ name, Fields }: Said): boolean =>
  name === "ValidationException" &&
  Array.isArray(Fields) &&
  Fields.some((field: { readonly Name?: unknown } | null) => field?.Name === "DestinationPhoneNumber");

function withoutAnswer({ name, code, syscall }: Said): Failure {
  // Until the connection stands, not a byte has left. The SDK's own limit for connecting is a TimeoutError without a code.
  const unsent =
    syscall === "connect" || syscall === "getaddrinfo" || (name === "TimeoutError" && code === undefined);
  if (unsent) return again("provider-unreachable");
  const late = code === "ETIMEDOUT";
  return { outcome: "unknown", reason: late ? "timed-out" : "provider-unreachable" };
}

/** What AWS says in front of every service (a signature that does not fit, a clock that is wrong), and pages of gateways. */
function byStatus(status: number, { name }: Said): Failure {
  // No error of the service's own: what stands behind the gateway may have taken the message all the same.
  const gateway = name === "SyntaxError" || name === "Unknown";
  if ((status === 502 || status === 504) && gateway) return { outcome: "unknown", reason: "provider-error" };
  if (status >= 500) return again("provider-error");
  if (status === 429) return again("rate-limited");
  if (status === 408) return again("provider-error");
  return mend(status === 401 || status === 403 ? "account-refused" : "provider-error");
}
