// Twilio's REST API, as far as it is simulated: who is let in, and which part answers.
import type { SimulatedAccount } from "./account.ts";
import { answerAccount } from "./account-api.ts";
import { answerCalls } from "./calls/calls-api.ts";
import { answerConferences } from "./calls/conferences-api.ts";
import type { Exchange } from "./calls/exchange.ts";
import { answerRecordings } from "./calls/recordings-api.ts";
import { answerMessages, type MessagesApi } from "./messages-api.ts";
import { type Answer, refusal, refusals } from "./refusals.ts";
import { apiVersion } from "./wire.ts";

export interface ApiRequest {
  readonly method: string;
  /** Below the address of the API. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  readonly form: URLSearchParams;
}

export interface Api extends MessagesApi {
  readonly exchange: Exchange;
}

export function answerApi(request: ApiRequest, api: Api): Answer {
  if (!isAuthentic(request.authorization, api.account)) return refusal(refusals.authenticate);
  const base = `/${apiVersion}/Accounts/${api.account.accountSid}`;
  return (
    answerMessages(request, base, api) ??
    answerCalls(request, base, api) ??
    answerConferences(request, base, api) ??
    answerRecordings(request, base, api) ??
    answerAccount(request, base, api) ??
    refusal(refusals.notFound(request.path))
  );
}

function isAuthentic(
  authorization: string | undefined,
  { accountSid, authToken }: SimulatedAccount,
): boolean {
  const [scheme, credentials] = (authorization ?? "").split(" ", 2);
  if (scheme?.toLowerCase() !== "basic") return false;
  return Buffer.from(credentials ?? "", "base64").toString() === `${accountSid}:${authToken}`;
}
