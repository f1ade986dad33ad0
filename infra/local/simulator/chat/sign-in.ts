// Entra, as far as a bot meets it: an app shows its secret and is given a token for one audience; a person in the tab is
// given one as well. https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-client-creds-grant-flow
import { randomUUID } from "node:crypto";
import { type Answer, json } from "../twilio/refusals.ts";
import type { SimulatorRequest } from "../twilio/replies.ts";
import type { SimulatedTeams } from "./account.ts";
import { botFrameworkKey, type Claims, entraKey } from "./keys.ts";
import type { ChatUser } from "./people.ts";

export const audiences = {
  connector: "https://api.botframework.com",
  graph: "https://graph.microsoft.com",
} as const;
export type Audience = keyof typeof audiences;

const hour = 3600;
const seconds = (instant: number): number => Math.floor(instant / 1000);
const loginAt = (tenant: string): string => `https://login.microsoftonline.com/${tenant}/v2.0`;

/** What login.botframework.com publishes: its keys say for which channels they stand. */
export const botFrameworkKeys = () => ({ keys: [{ ...botFrameworkKey().shown, endorsements: ["msteams"] }] });
export const entraKeys = () => ({ keys: [entraKey().shown] });

export const openIdConfiguration = (at: string) => ({
  issuer: audiences.connector,
  authorization_endpoint: "https://invalid.botframework.com",
  jwks_uri: `${at}/keys`,
  id_token_signing_alg_values_supported: ["RS256"],
  token_endpoint_auth_methods_supported: ["private_key_jwt"],
});

/** POST {tenant}/oauth2/v2.0/token */
export function tokenFor(
  { body }: SimulatorRequest,
  tenant: string,
  { tenant: ours, bot }: SimulatedTeams,
  now: number,
): Answer {
  const form = new URLSearchParams(body);
  if (tenant !== ours) return refused(400, "invalid_request", 90002, `Tenant '${tenant}' not found.`, now);
  if (!form.has("grant_type"))
    return refused(
      400,
      "invalid_request",
      900144,
      "The request body must contain the following parameter: 'grant_type'.",
      now,
    );
  if (form.get("grant_type") !== "client_credentials")
    return refused(400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.", now);
  if (form.get("client_id") !== bot.id)
    return refused(
      400,
      "unauthorized_client",
      700016,
      `Application with identifier '${form.get("client_id") ?? ""}' was not found in the directory.`,
      now,
    );
  if (form.get("client_secret") !== bot.secret)
    return refused(
      401,
      "invalid_client",
      7000215,
      "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID.",
      now,
    );
  const scope = form.get("scope");
  const audience = (Object.keys(audiences) as Audience[]).find(
    (name) => scope === `${audiences[name]}/.default`,
  );
  if (audience === undefined)
    return refused(
      400,
      "invalid_scope",
      70011,
      "The provided value for the input parameter 'scope' is not valid.",
      now,
    );
  return json(200, {
    token_type: "Bearer",
    expires_in: hour - 1,
    ext_expires_in: hour - 1,
    access_token: appToken(audience, { tenant: ours, bot }, now),
  });
}

/** As Entra gives it to the bot. */
export const appToken = (
  audience: Audience,
  { tenant, bot }: Pick<SimulatedTeams, "tenant" | "bot">,
  now: number,
): string =>
  entraKey().token({
    aud: audiences[audience],
    iss: `https://sts.windows.net/${tenant}/`,
    ...lasting(now),
    appid: bot.id,
    idtyp: "app",
    tid: tenant,
    uti: randomUUID(),
    ver: "1.0",
  });

/** As the tab's own sign-in gives it to a person. */
export const personToken = (
  user: ChatUser,
  { tenant, tab }: SimulatedTeams,
  now: number,
  claims: Claims = {},
): string =>
  entraKey().token({
    aud: tab.id,
    iss: loginAt(tenant),
    ...lasting(now),
    name: user.name,
    oid: user.aadObjectId,
    preferred_username: user.upn,
    scp: "access_as_user",
    tid: tenant,
    ver: "2.0",
    ...claims,
  });

/** How a channel's activity is signed. https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication */
export const channelToken = (botId: string, serviceUrl: string, now: number, claims: Claims = {}): string =>
  botFrameworkKey().token({
    serviceurl: serviceUrl,
    ...lasting(now),
    iss: audiences.connector,
    aud: botId,
    ...claims,
  });

const lasting = (now: number) => ({ iat: seconds(now), nbf: seconds(now), exp: seconds(now) + hour });

/** Whether this header lets somebody in at an interface of that audience. */
export function admits(
  authorization: string | undefined,
  audience: Audience,
  { tenant, bot }: SimulatedTeams,
  now: number,
): boolean {
  const [, token = ""] = /^Bearer (\S+)$/i.exec(authorization ?? "") ?? [];
  const claims = entraKey().read(token);
  if (claims === undefined) return false;
  const { aud, appid, tid, exp } = claims;
  return aud === audiences[audience] && appid === bot.id && tid === tenant && Number(exp) > seconds(now);
}

function refused(status: number, error: string, code: number, why: string, now: number): Answer {
  const [trace, correlation] = [randomUUID(), randomUUID()];
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace("T", " ")}Z`;
  return json(status, {
    error,
    error_description: `AADSTS${code}: ${why} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
    error_codes: [code],
    timestamp,
    trace_id: trace,
    correlation_id: correlation,
    error_uri: `https://login.microsoftonline.com/error?code=${code}`,
  });
}
