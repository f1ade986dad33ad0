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
import { type SignInSettings, withSignIn } from "./credentials.ts";
import { type Transport, twilioTransport } from "./transport.ts";

const Domain = classOf(domain);
const Version = classOf(version);

export interface TwilioAccount extends SignInSettings {
  /** Another address than Twilio's: the phone simulator's. */
  readonly apiUrl?: string;
  /** How long an answer may take; beyond it the outcome is unknown. */
  readonly timeoutMs?: Duration;
}

export const twilioMessages = (account: TwilioAccount) =>
  message.MessageListInstance(apiOf(account), account.accountSid);

export const twilioCalls = (account: TwilioAccount) =>
  call.CallListInstance(apiOf(account), account.accountSid);

export function apiOf({ apiUrl, timeoutMs = 5_000, ...account }: TwilioAccount) {
  const { accountSid } = account;
  const transport = twilioTransport(apiUrl, timeoutMs);
  const signedIn = withSignIn(account);
  const request: Transport["request"] = (asked) =>
    signedIn((signIn) => transport.request({ ...asked, ...signIn }));
  // Its types ask for the class; what it calls is one method.
  const httpClient = { request } as unknown as RequestClient;
  // It insists on a password of its own; the transport is given the real one with each request.
  const client = new base.Client(accountSid, "given-by-the-transport", { accountSid, httpClient });
  return new Version(new Domain(client, "https://api.twilio.com"), "2010-04-01") as V2010.default;
}
