// Whether a verified token is meant for this hub and belongs to a person. The gateway compares issuer, time, audience and
// scope; it does not tell people from programs, nor one kind of token from another.
import { type Claims, has, listOf, scopesOf, textOf } from "./claims.ts";
import { isEntra, isMicrosoft, tenantOf, thisMachine } from "./issuer.ts";

/** What tokens this hub takes, by its settings. */
export interface Expected {
  readonly issuer: string;
  readonly clientId: string;
  readonly audience: string;
  /** Muster's own scope at this provider, where it has one. */
  readonly scope?: string | undefined;
  readonly bearer: "access_token" | "id_token";
  /** The application of the tab in Teams, whose tokens are taken as well. */
  readonly teamsTab?: string | undefined;
}

export type TokenFault =
  | "no-subject"
  | "other-issuer"
  | "other-tenant"
  | "machine"
  | "other-purpose"
  | "other-audience"
  | "other-client"
  | "scope-missing";

/** The scope of a tab in Teams, by Microsoft's own convention.
 * https://learn.microsoft.com/microsoftteams/platform/tabs/how-to/authentication/tab-sso-register-aad */
export const tabScope = "access_as_user";

/** Undefined if the token is good. `expected` is undefined on one machine, which has no sign-in. */
export function tokenFault(claims: Claims, expected: Expected | undefined): TokenFault | undefined {
  const issuer = textOf(claims, "iss");
  if (textOf(claims, "sub") === undefined) return "no-subject";
  // The local host's own claims are good there and nowhere else.
  if (expected === undefined) return issuer === thisMachine ? undefined : "other-issuer";
  if (issuer !== expected.issuer) return "other-issuer";
  if (has(claims, "tid") && isMicrosoft(issuer) && tenantOf(issuer) !== textOf(claims, "tid"))
    return "other-tenant";
  if (machineMarks.some((isMachine) => isMachine(claims, issuer))) return "machine";
  const isForTab = audiencesOf(claims).some((audience) => isTabs(audience, expected));
  if (isOfOtherPurpose(claims, isForTab ? "access_token" : expected.bearer)) return "other-purpose";
  if (!isForTab && !audiencesOf(claims).includes(expected.audience)) return "other-audience";
  if (!isForTab && isOfOtherClient(claims, expected)) return "other-client";
  const scope = isForTab ? tabScope : expected.scope;
  return scope === undefined || scopesOf(claims).includes(scope) ? undefined : "scope-missing";
}

/** The signs by which providers mark the token of a program. */
const machineMarks: readonly ((claims: Claims, issuer: string) => boolean)[] = [
  // The grant, where the provider writes it into the token (Auth0: `gty`).
  (claims) => ["gty", "grant_type"].some((name) => listOf(claims, name).some(isClientCredentials)),
  // RFC 9068 2.2: without a resource owner the subject is the client. `cid` is Okta's claim, `appid` Entra's before v2.0.
  // A Google service account can get a token for any audience, and is its own authorized party.
  (claims) => clientNames.some((name) => has(claims, name) && textOf(claims, name) === textOf(claims, "sub")),
  // Auth0: https://auth0.com/docs/secure/tokens/access-tokens/access-token-profiles
  (claims) => textOf(claims, "sub")?.endsWith("@clients") === true,
  // Entra: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference#payload-claims
  (claims) => has(claims, "idtyp") && textOf(claims, "idtyp") !== "user",
  (claims, issuer) =>
    isMicrosoft(issuer) && (has(claims, "azp") || has(claims, "appid")) && !has(claims, "scp"),
  (claims, issuer) =>
    isEntra(issuer) && has(claims, "oid") && textOf(claims, "oid") === textOf(claims, "sub"),
  // Cognito: a person's access token bears a user name.
  (claims) => textOf(claims, "token_use") === "access" && !has(claims, "username"),
  // Keycloak's service accounts, and Google's.
  (claims) => textOf(claims, "preferred_username")?.startsWith("service-account-") === true,
  (claims) => textOf(claims, "email")?.toLowerCase().endsWith(".gserviceaccount.com") === true,
  // RFC 8693 4.1: a program acts on behalf of the subject.
  (claims) => has(claims, "act"),
];

const clientNames = ["client_id", "azp", "appid", "cid", "clientId"];
const isClientCredentials = (grant: string): boolean => /^client[-_]?credentials?$/i.test(grant);

type Bearer = Expected["bearer"];

/** The kind of a token, as Keycloak (`typ`) and Cognito (`token_use`) write it into the claims. */
const kinds: Readonly<Record<"typ" | "token_use", Readonly<Record<string, readonly Bearer[]>>>> = {
  typ: {
    bearer: ["access_token"],
    "at+jwt": ["access_token"],
    "application/at+jwt": ["access_token"],
    id: ["id_token"],
    jwt: ["access_token", "id_token"],
  },
  token_use: { access: ["access_token"], id: ["id_token"] },
};

function isOfOtherPurpose(claims: Claims, bearer: Bearer): boolean {
  // A logout token or another security event has the same key, client and subject as an ID token.
  if (has(claims, "events")) return true;
  // Only ID tokens bear the hash of the token that came with them.
  if (bearer === "access_token" && (has(claims, "at_hash") || has(claims, "c_hash"))) return true;
  return (["typ", "token_use"] as const).some((name) => {
    if (!has(claims, name)) return false;
    const said = textOf(claims, name)?.toLowerCase() ?? "";
    return !Object.hasOwn(kinds[name], said) || kinds[name][said]?.includes(bearer) !== true;
  });
}

/** As the gateway compares them: the client stands for the audience where there is none. */
const audiencesOf = (claims: Claims): readonly string[] =>
  has(claims, "aud") ? listOf(claims, "aud") : listOf(claims, "client_id");

const isTabs = (audience: string, { teamsTab }: Expected): boolean =>
  teamsTab !== undefined &&
  (audience === teamsTab || (audience.startsWith("api://") && audience.endsWith(`/${teamsTab}`)));

/**
 * An ID token is for its own client (OpenID Connect Core 3.1.3.7). Another program may ask for an access token, if it is for
 * an API of Muster's own: then the provider says who may ask.
 */
function isOfOtherClient(claims: Claims, { issuer, clientId, audience, scope, bearer }: Expected): boolean {
  const clients = ["azp", "client_id", "cid"].flatMap((name) => textOf(claims, name) ?? []);
  if (clients.every((client) => client === clientId)) return false;
  const userInfo = `${issuer.replace(/\/$/, "")}/userinfo`;
  const isForUsAlone = audiencesOf(claims).every((each) => each === audience || each === userInfo);
  const isOurApi = audience !== clientId || scope !== undefined;
  return bearer === "id_token" || !isForUsAlone || !isOurApi;
}
