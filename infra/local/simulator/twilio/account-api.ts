// The part of Twilio's REST API that shows the account itself; whoever wants to know whether the credentials are good asks it.
// https://www.twilio.com/docs/iam/api/account-resource
import type { Api, ApiRequest } from "./api.ts";
import { type Answer, json, refusal, refusals } from "./refusals.ts";

/** Undefined for a path that is not the account's. */
export function answerAccount({ path, method }: ApiRequest, base: string, api: Api): Answer | undefined {
  if (path !== `${base}.json`) return undefined;
  if (method !== "GET") return refusal(refusals.method);
  const { accountSid, authToken } = api.account;
  const below = (name: string): string => `${base}/${name}.json`;
  return json(200, {
    auth_token: authToken,
    date_created: null,
    date_updated: null,
    friendly_name: "Phones that do not exist",
    owner_account_sid: accountSid,
    sid: accountSid,
    status: "active",
    subresource_uris: {
      calls: below("Calls"),
      conferences: below("Conferences"),
      messages: below("Messages"),
      recordings: below("Recordings"),
    },
    type: "Full",
    uri: path,
  });
}
