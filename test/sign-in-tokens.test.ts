// Whom a token makes: each is minted and signed as its provider does it, judged by the gateway's rules, and its claims go
// through the gate of a real function.
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { directory } from "../functions/directory.ts";
import type { SignIn } from "../functions/ports.ts";
import { jsonResult } from "../functions/problem.ts";
import { forReaders } from "../functions/signed-in.ts";
import { anEntrance, config, listening } from "./support/intake.ts";
import { type AuthorizerSettings, authorize } from "./support/jwt-gateway.ts";
import { type SigningKey, signed, signedByPublicKey, signingKey, unsigned } from "./support/signing-keys.ts";

const tenant = "6f0c1f6e-0000-4000-8000-74656e616e74";
const elsewhere = "11111111-2222-4333-8444-555566667777";
const [adas, linuss, eves] = [1, 2, 3].map((n) => `0b1ec7ed-0000-4000-8000-00000000000${n}`) as [
  string,
  string,
  string,
];
const entraIssuer = `https://login.microsoftonline.com/${tenant}/v2.0`;
const auth0 = "https://brightwater.auth0.example/";
const plainIssuer = "https://login.brightwater.example";
const cognito = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc";
const google = "https://accounts.google.com";

/** Ada by her accounts, Linus by his object id in Teams, Mei and Joan by address alone; Mallory's id is a subject elsewhere. */
const people = `
people:
  ada:
    name: Ada
    time_zone: Europe/London
    sms: "+447700900001"
    email: ada@test.example
    identity:
      - { issuer: "${entraIssuer}", subject: "${adas}" }
      - { issuer: "${auth0}", subject: "auth0|ada" }
      - { issuer: "${plainIssuer}", subject: "u-ada" }
      - { issuer: "${cognito}", subject: "c-ada" }
  linus: { name: Linus, time_zone: Europe/Stockholm, sms: "+46701740605", teams: ${linuss} }
  mei: { name: Mei, time_zone: Europe/London, sms: "+447700900002", email: mei@test.example }
  joan: { name: Joan, time_zone: Europe/London, sms: "+447700900003", email: joan@test.example, teams: joan@test.example }
  kelvin: { name: Kelvin, time_zone: Europe/London, sms: "+447700900005", email: kelvin@test.example }
  mallory: { name: Mallory, time_zone: Europe/London, sms: "+447700900004" }
`;

type Oidc = Extract<SignIn, { readonly mode: "oidc" }>;
type Claims = Readonly<Record<string, unknown>>;

interface Provider {
  readonly signIn: Oidc;
  /** What the deployment tells the gateway. */
  readonly gateway: Pick<AuthorizerSettings, "audience" | "authorizationScopes">;
  /** Of a person who is signed in as the provider does it. */
  readonly token: Claims;
}

const base = { mode: "oidc", scopes: "openid profile email" } as const;
const tab = "7ab07ab0-1111-4222-8333-444455556666";
const api = "https://muster.brightwater.example/api";

const entra: Provider = {
  signIn: {
    ...base,
    issuer: entraIssuer,
    clientId: "web",
    audience: "api-app",
    scope: "use",
    bearer: "access_token",
    teamsTab: tab,
  },
  gateway: {
    audience: ["api-app", tab, `api://muster.example/${tab}`],
    authorizationScopes: ["use", "access_as_user"],
  },
  token: {
    aud: "api-app",
    tid: tenant,
    oid: eves,
    sub: "pairwise-of-eve",
    azp: "web",
    azpacr: "0",
    scp: "use",
    name: "Eve",
    ver: "2.0",
  },
};
const entraId: Provider = {
  signIn: { ...base, issuer: entraIssuer, clientId: "web", audience: "web", bearer: "id_token" },
  gateway: { audience: ["web"], authorizationScopes: [] },
  token: { aud: "web", tid: tenant, oid: eves, sub: "pairwise-of-eve", name: "Eve", nonce: "n", ver: "2.0" },
};
const auth0Like: Provider = {
  signIn: { ...base, issuer: auth0, clientId: "spa", audience: api, bearer: "access_token" },
  gateway: { audience: [api], authorizationScopes: [] },
  token: { aud: [api, `${auth0}userinfo`], sub: "auth0|eve", azp: "spa", scope: "openid profile email" },
};
const auth0Scoped: Provider = {
  ...auth0Like,
  signIn: { ...auth0Like.signIn, scope: "muster:use" },
  gateway: { audience: [api], authorizationScopes: ["muster:use"] },
};
const plain: Provider = {
  signIn: { ...base, issuer: plainIssuer, clientId: "muster", audience: "muster", bearer: "id_token" },
  gateway: { audience: ["muster"], authorizationScopes: [] },
  token: { aud: "muster", sub: "u-eve", name: "Eve", email: "eve@test.example", email_verified: true },
};
/** RFC 9068. */
const plainAccess: Provider = {
  signIn: { ...plain.signIn, audience: api, bearer: "access_token" },
  gateway: { audience: [api], authorizationScopes: [] },
  token: { aud: api, sub: "u-eve", client_id: "muster", scope: "openid" },
};
/** Its access tokens have no audience. */
const cognitoAccess: Provider = {
  signIn: {
    ...base,
    issuer: cognito,
    clientId: "pool-client",
    audience: "pool-client",
    scope: "muster/use",
    bearer: "access_token",
  },
  gateway: { audience: ["pool-client"], authorizationScopes: ["muster/use"] },
  token: {
    sub: "c-eve",
    client_id: "pool-client",
    username: "eve",
    token_use: "access",
    scope: "openid muster/use",
  },
};
const googleId: Provider = {
  signIn: {
    ...base,
    issuer: google,
    clientId: "42.apps.example",
    audience: "42.apps.example",
    bearer: "id_token",
  },
  gateway: { audience: ["42.apps.example"], authorizationScopes: [] },
  token: {
    aud: "42.apps.example",
    azp: "42.apps.example",
    sub: "1177",
    email: "eve@test.example",
    email_verified: true,
  },
};
const keycloak: Provider = {
  ...plain,
  token: { ...plain.token, typ: "ID", azp: "muster", preferred_username: "eve" },
};

/** `refused by the gateway`, `refused`, `viewer`, or the id of a person. */
type Outcome = "gateway" | "refused" | "viewer" | "ada" | "linus" | "mei" | "joan" | "mallory";
type Row = readonly [what: string, provider: Provider, claims: Claims, outcome: Outcome];

const without = (...names: readonly string[]): Claims =>
  Object.fromEntries(names.map((name) => [name, undefined]));
const asAda = { oid: adas, sub: "pairwise-of-ada" };
const verified = { email: "mei@test.example", xms_edov: true };

const rows: readonly Row[] = [
  // who it is, at Entra
  ["Entra: the object id of the config", entra, asAda, "ada"],
  ["Entra: the same in capitals", entra, { ...asAda, oid: adas.toUpperCase() }, "ada"],
  ["Entra: an object id that the config names for Teams", entra, { oid: linuss, sub: "x" }, "linus"],
  ["Entra: an account that the config does not know", entra, {}, "viewer"],
  ["Entra: an ID token of the config's account", entraId, asAda, "ada"],
  ["Entra: an address whose domain owner is verified", entra, verified, "mei"],
  ["Entra: the same, said with 1", entra, { ...verified, xms_edov: 1 }, "mei"],
  ["Entra: an address without xms_edov", entra, { email: "mei@test.example" }, "viewer"],
  ["Entra: an address with xms_edov false", entra, { ...verified, xms_edov: false }, "viewer"],
  [
    "Entra: an address with email_verified, which Entra never writes",
    entra,
    { email: "mei@test.example", email_verified: true },
    "viewer",
  ],
  ["Entra: a guest by acct", entra, { ...verified, acct: 1 }, "viewer"],
  ["Entra: a guest by idp", entra, { ...verified, idp: `https://sts.windows.net/${elsewhere}/` }, "viewer"],
  ["Entra: a guest by a social idp", entra, { ...verified, idp: "google.com" }, "viewer"],
  ["Entra: a guest by #EXT#", entra, { ...verified, upn: "mei_other.example#EXT#@test.example" }, "viewer"],
  [
    "Entra: a member, whose idp is the tenant",
    entra,
    { ...verified, acct: 0, idp: `https://sts.windows.net/${tenant}/` },
    "mei",
  ],
  ["Entra: a preferred_username of the config", entra, { preferred_username: "mei@test.example" }, "viewer"],
  ["Entra: a upn of the config", entra, { upn: "joan@test.example" }, "viewer"],
  ["Entra: a unique_name of the config", entra, { unique_name: "joan@test.example" }, "viewer"],
  ["Entra: a subject equal to a person's id", entra, { sub: "mallory" }, "viewer"],
  [
    "Entra: a subject equal to the object id of the config",
    entra,
    { ...without("oid"), sub: adas },
    "viewer",
  ],
  [
    "Entra: a verified address of a person who has accounts in the config",
    entra,
    { email: "ada@test.example", xms_edov: true },
    "viewer",
  ],
  // what is meant, at Entra
  ["Entra: a tenant that is not the issuer's", entra, { ...asAda, tid: elsewhere }, "refused"],
  ["Entra: an application, by idtyp", entra, { ...asAda, idtyp: "app" }, "refused"],
  [
    "Entra: an application, without a scope",
    entra,
    { ...asAda, ...without("scp"), roles: ["use"] },
    "gateway",
  ],
  [
    "Entra: an application that has a scope as role only",
    entraId,
    { ...asAda, azp: "daemon", roles: ["use"] },
    "refused",
  ],
  ["Entra: an application, whose subject is its object id", entra, { oid: adas, sub: adas }, "refused"],
  ["Entra: a token for Graph", entra, { ...asAda, aud: "00000003-0000-0000-c000-000000000000" }, "gateway"],
  ["Entra: a token with another scope", entra, { ...asAda, scp: "User.Read" }, "gateway"],
  [
    "Entra: an ID token where access tokens are meant",
    entra,
    { ...asAda, ...without("scp", "azp"), nonce: "n" },
    "gateway",
  ],
  [
    "Entra: a token of the tab in Teams",
    entra,
    { ...asAda, aud: tab, azp: "5e3ce6c0-2b1f-4285-8d4b-75ee78787346", scp: "access_as_user" },
    "ada",
  ],
  [
    "Entra: the same under the tab's other name",
    entra,
    { ...asAda, aud: `api://muster.example/${tab}`, scp: "access_as_user" },
    "ada",
  ],
  [
    "Entra: a token of the tab with Muster's scope alone",
    entra,
    { ...asAda, aud: tab, scp: "use" },
    "refused",
  ],
  [
    "Entra: a token of the API with the tab's scope alone",
    entra,
    { ...asAda, scp: "access_as_user" },
    "refused",
  ],
  // Auth0-like
  ["Auth0: an account of the config", auth0Like, { sub: "auth0|ada" }, "ada"],
  ["Auth0: another account", auth0Like, {}, "viewer"],
  ["Auth0: another client of Muster's API", auth0Like, { sub: "auth0|ada", azp: "cli" }, "ada"],
  ["Auth0: a program, by gty", auth0Like, { sub: "auth0|ada", gty: "client-credentials" }, "refused"],
  ["Auth0: a program, by its subject", auth0Like, { sub: "m2m@clients", azp: "m2m" }, "refused"],
  ["Auth0: a program, whose subject is the client", auth0Like, { sub: "m2m", azp: "m2m" }, "refused"],
  [
    "Auth0: a token for another API as well, of another client",
    auth0Like,
    { sub: "auth0|ada", aud: [api, "https://other.example"], azp: "other" },
    "refused",
  ],
  [
    "Auth0: a token for another API only",
    auth0Like,
    { sub: "auth0|ada", aud: "https://other.example" },
    "gateway",
  ],
  [
    "Auth0: Muster's scope where it is needed",
    auth0Scoped,
    { sub: "auth0|ada", scope: "openid muster:use" },
    "ada",
  ],
  ["Auth0: no scope of Muster's where it is needed", auth0Scoped, { sub: "auth0|ada" }, "gateway"],
  ["Auth0: another issuer", auth0Like, { sub: "auth0|ada", iss: "https://evil.auth0.example/" }, "gateway"],
  // plain OIDC
  ["OIDC: an account of the config", plain, { sub: "u-ada" }, "ada"],
  ["OIDC: the same subject in other capitals", plain, { sub: "U-ADA" }, "viewer"],
  ["OIDC: another provider's subject", plain, { sub: "auth0|ada" }, "viewer"],
  ["OIDC: a verified address", plain, { email: "Mei@Test.example" }, "mei"],
  [
    "OIDC: a verified address that small letters would make another person's",
    plain,
    { email: "kelvin@test.example".replace("k", "\u212a"), email_verified: true },
    "viewer",
  ],
  ["OIDC: one audience with a comma in its name", plain, { aud: "evil,muster" }, "gateway"],
  ["OIDC: one scope with a comma in its name", auth0Scoped, { scope: "x,muster:use" }, "gateway"],
  ["OIDC: the same, said in a text", plain, { email: "mei@test.example", email_verified: "true" }, "mei"],
  [
    "OIDC: an address that is not verified",
    plain,
    { email: "mei@test.example", email_verified: false },
    "viewer",
  ],
  [
    "OIDC: an address of which nothing is said",
    plain,
    { email: "mei@test.example", ...without("email_verified") },
    "viewer",
  ],
  ["OIDC: a list of verified addresses", plain, { email: ["mei@test.example"] }, "viewer"],
  [
    "OIDC: a verified address of a person who has accounts in the config",
    plain,
    { email: "ada@test.example" },
    "viewer",
  ],
  ["OIDC: a name equal to a person's", plain, { name: "Mei", preferred_username: "mei" }, "viewer"],
  ["OIDC: a subject equal to a person's id", plain, { sub: "mallory" }, "viewer"],
  ["OIDC: a subject equal to an address", plain, { sub: "mei@test.example" }, "viewer"],
  ["OIDC: an object id and tenant, which are Entra's to say", plain, { oid: linuss, tid: tenant }, "viewer"],
  ["OIDC: no subject", plain, without("sub"), "refused"],
  ["OIDC: the operator of one machine", plain, { sub: "operator" }, "viewer"],
  ["OIDC: the issuer of one machine", plain, { iss: "urn:muster:this-machine", sub: "operator" }, "gateway"],
  [
    "OIDC: an ID token of another client for us as well",
    plain,
    { sub: "u-ada", aud: ["muster", "other"], azp: "other" },
    "refused",
  ],
  ["OIDC: an ID token with our own client as party", plain, { sub: "u-ada", azp: "muster" }, "ada"],
  [
    "OIDC: a logout token",
    plain,
    { sub: "u-ada", events: { "http://schemas.openid.net/event/backchannel-logout": {} } },
    "refused",
  ],
  ["OIDC: an access token where ID tokens are meant", plain, { sub: "u-ada", typ: "Bearer" }, "refused"],
  ["OIDC: one that is over", plain, { sub: "u-ada", exp: 1_000 }, "gateway"],
  ["OIDC: one that is not yet valid", plain, { sub: "u-ada", nbf: 9_999_999_999 }, "gateway"],
  ["RFC 9068: a person", plainAccess, { sub: "u-ada" }, "ada"],
  ["RFC 9068: a program", plainAccess, { sub: "muster" }, "refused"],
  ["RFC 9068: a program in a person's name", plainAccess, { sub: "u-ada", act: { sub: "agent" } }, "refused"],
  [
    "RFC 9068: a program by its grant",
    plainAccess,
    { sub: "u-ada", grant_type: "client_credentials" },
    "refused",
  ],
  ["Okta: a program", plainAccess, { sub: "0oa1", cid: "0oa1", ...without("client_id") }, "refused"],
  ["Cognito: a person", cognitoAccess, { sub: "c-ada" }, "ada"],
  ["Cognito: a program", cognitoAccess, { sub: "pool-client", ...without("username") }, "refused"],
  [
    "Cognito: a program with a subject of its own",
    cognitoAccess,
    { sub: "c-ada", ...without("username") },
    "refused",
  ],
  [
    "Cognito: an ID token where access tokens are meant",
    cognitoAccess,
    { sub: "c-ada", token_use: "id" },
    "refused",
  ],
  ["Cognito: another client", cognitoAccess, { sub: "c-ada", client_id: "other" }, "gateway"],
  ["Google: a verified address", googleId, { email: "mei@test.example" }, "mei"],
  [
    "Google: anybody's service account, with our audience",
    googleId,
    { sub: "99", azp: "99", email: "x@y.iam.gserviceaccount.com" },
    "refused",
  ],
  [
    "Google: the same with a person's address",
    googleId,
    { sub: "99", azp: "99", email: "mei@test.example" },
    "refused",
  ],
  ["Keycloak: a person", keycloak, { sub: "u-ada" }, "ada"],
  [
    "Keycloak: a service account",
    keycloak,
    { sub: "u-ada", preferred_username: "service-account-robot" },
    "refused",
  ],
  ["Keycloak: a refresh token", keycloak, { sub: "u-ada", typ: "Refresh" }, "refused"],
];

let hub: Awaited<ReturnType<typeof anEntrance>>;
let key: SigningKey;
let jwks: AuthorizerSettings["jwks"];
beforeAll(async () => {
  key = await signingKey("k1", {});
  jwks = { keys: [key.shown] };
  hub = await anEntrance(config.replace(/^people:\n(?: .*\n)+/m, people.trimStart()));
});
afterAll(() => hub.close());

/** As a function behind the gate sees it. */
async function outcomeOf(token: string, { signIn, gateway }: Provider): Promise<string> {
  const settings = { ...gateway, issuer: signIn.issuer, jwks };
  const requestContext = await authorize(token, settings, Date.now());
  if (requestContext === undefined) return "gateway";
  const deps = { directory: directory(hub.configItems, hub.clock), signInSettings: { signIn: () => signIn } };
  const show = forReaders("show-chat", deps, async (_, __, { kind, id }) => jsonResult(200, { kind, id }));
  const { statusCode, body = "" } = await show(
    { requestContext } as unknown as APIGatewayProxyEventV2,
    listening().tools,
  );
  if (statusCode !== 200) return "refused";
  const { kind, id } = JSON.parse(body) as { readonly kind: string; readonly id: string };
  return kind === "account" ? "viewer" : id;
}

const times = () => ({ iat: Math.floor(Date.now() / 1000) - 60, exp: Math.floor(Date.now() / 1000) + 3600 });
const claimsOf = ({ signIn, token }: Provider, more: Claims): Claims => ({
  iss: signIn.issuer,
  ...times(),
  ...token,
  ...more,
});

describe("a token makes its account", () => {
  test.each(rows)("%s", async (_, provider, claims, outcome) => {
    expect(await outcomeOf(await signed(key, claimsOf(provider, claims)), provider)).toBe(outcome);
  });
});

const adasClaims = () => claimsOf(plain, { sub: "u-ada" });
test.each([
  ["signed by another key", async () => signed({ ...(await signingKey("k1", {})), kid: "k1" }, adasClaims())],
  ["that names another key", () => signed({ ...key, kid: "k2" }, adasClaims())],
  ["signed with the public key", () => signedByPublicKey(key, adasClaims())],
  ["without a signature", () => unsigned("k1", adasClaims())],
])("a token %s is not taken", async (_, token) => {
  expect(await outcomeOf(await token(), plain)).toBe("gateway");
});
