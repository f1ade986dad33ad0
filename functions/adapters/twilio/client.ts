// Twilio's own client in its slim form: the base and the resources that are used, so that no bundle carries its index.
// The deep paths are no promised interface: the version is pinned, and a test looks whether they are still there.
import base from "twilio/lib/base/BaseTwilio.js";
import domain from "twilio/lib/base/Domain.js";
import type RequestClient from "twilio/lib/base/RequestClient.js";
import version from "twilio/lib/base/Version.js";
import type V2010 from "twilio/lib/rest/api/V2010.js";
import call from "twilio/lib/rest/api/v2010/account/call.js";
import message from "twilio/lib/rest/api/v2010/account/message.js";
import type { Duration } from "../../core/time.ts";
import { classOf } from "./common-js.ts";
import { twilioTransport } from "./transport.ts";

const Domain = classOf(domain);
const Version = classOf(version);

export interface TwilioAccount {
  readonly accountSid: string;
  readonly credentials:
    | { readonly authToken: string }
    | { readonly apiKey: string; readonly apiSecret: string };
  /** Another address than Twilio's: the phone simulator's. */
  readonly apiUrl?: string;
  /** How long an answer may take; beyond it the outcome is unknown. */
  readonly timeoutMs?: Duration;
}

export const twilioMessages = (account: TwilioAccount) =>
  message.MessageListInstance(apiOf(account), account.accountSid);

export const twilioCalls = (account: TwilioAccount) =>
  call.CallListInstance(apiOf(account), account.accountSid);

export function apiOf({ accountSid, credentials, apiUrl, timeoutMs = 5_000 }: TwilioAccount) {
  const [user, secret] =
    "authToken" in credentials
      ? [accountSid, credentials.authToken]
      : [credentials.apiKey, credentials.apiSecret];
  // Its types ask for the class; what it calls is one method.
  const httpClient = twilioTransport(apiUrl, timeoutMs) as unknown as RequestClient;
  const client = new base.Client(user, secret, { accountSid, httpClient });
  return new Version(new Domain(client, "https://api.twilio.com"), "2010-04-01") as V2010.default;
}
