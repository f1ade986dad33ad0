// The second carrier's protocol: AWS JSON 1.0, a signed request with its operation in a header, and errors by name.
// https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/CommonErrors.html
import { answer, type SimulatorReply, type SimulatorRequest } from "../twilio/replies.ts";

const service = "PinpointSMSVoiceV2";
const protocol = "application/x-amz-json-1.0";

export interface Refused {
  readonly error: string;
  readonly status?: number;
  readonly reason?: string;
  readonly field?: string;
}

export const said = (body: unknown, status = 200): SimulatorReply =>
  answer({ status, headers: { "content-type": protocol }, body: JSON.stringify(body) });

export const refusal = ({ error, status = 400, reason, field }: Refused): SimulatorReply =>
  said(
    {
      __type: `com.amazonaws.pinpointsmsvoicev2#${error}`,
      Message: field === undefined ? `${error} of the simulator` : `${field} is invalid`,
      ...(reason !== undefined && { Reason: reason }),
      ...(field !== undefined && { Fields: [{ Name: field, Message: "is invalid" }] }),
    },
    status,
  );

const authorization =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([\w;-]+), Signature=[0-9a-f]{64}$/;

/** The key is known, and was used for this service, here and today; the signature itself is taken on trust. */
export function refusedSigner(
  { headers }: SimulatorRequest,
  { keyId, region }: { readonly keyId: string; readonly region: string },
): Refused | undefined {
  const given = headers["authorization"];
  if (given === undefined) return { error: "MissingAuthenticationTokenException" };
  const [whole, key, day, where, signedFor, signed = ""] = authorization.exec(given) ?? [];
  if (whole === undefined) return { error: "IncompleteSignatureException" };
  if (key !== keyId) return { error: "UnrecognizedClientException" };
  const scoped =
    where === region && signedFor === "sms-voice" && headers["x-amz-date"]?.startsWith(`${day}T`);
  const names = signed.split(";");
  const covered = ["host", "x-amz-date", "x-amz-target"].every((name) => names.includes(name));
  return scoped === true && covered ? undefined : { error: "InvalidSignatureException" };
}

/** Which operation is asked for, and with what. */
export function requestOf(
  request: SimulatorRequest,
): { readonly operation: string; readonly input: Readonly<Record<string, unknown>> } | Refused {
  const { method, headers, body } = request;
  const [target, operation = ""] = (headers["x-amz-target"] ?? "").split(".");
  if (method !== "POST" || target !== service || headers["content-type"] !== protocol)
    return { error: "UnknownOperationException", status: 404 };
  try {
    const input: unknown = JSON.parse(body);
    if (typeof input === "object" && input !== null && !Array.isArray(input))
      return { operation, input: input as Readonly<Record<string, unknown>> };
  } catch {
    // Said below, as for every other body that is no object.
  }
  return { error: "SerializationException" };
}
