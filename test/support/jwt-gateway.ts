// API Gateway's JWT authorizer of an HTTP API, by its documented rules: which tokens it lets through, and the claims that a
// function gets from it. It stands at the wire: what comes out is the event's `requestContext`.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
import { compactVerify, createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet } from "jose";

export interface AuthorizerSettings {
  readonly issuer: string;
  readonly audience: readonly string[];
  /** Of the route. */
  readonly authorizationScopes: readonly string[];
  readonly jwks: JSONWebKeySet;
}

type Payload = Readonly<Record<string, unknown>>;
type Authorized = {
  readonly authorizer: { readonly jwt: { readonly claims: Readonly<Record<string, string>> } };
};

/** Undefined for a token that the gateway answers with 401 or 403 itself. */
export async function authorize(
  token: string,
  settings: AuthorizerSettings,
  now: number,
): Promise<Authorized | undefined> {
  const payload = await verified(token, settings.jwks);
  if (payload === undefined || !isTaken(payload, settings, now)) return undefined;
  const claims = Object.entries(payload).map(([name, value]) => [name, asText(value)] as const);
  return { authorizer: { jwt: { claims: Object.fromEntries(claims) } } };
}

/** `kid` names a key of the issuer's, and only algorithms based on RSA are supported. */
async function verified(token: string, jwks: JSONWebKeySet): Promise<Payload | undefined> {
  try {
    const { kid, alg } = decodeProtectedHeader(token);
    if (kid === undefined || !/^RS(256|384|512)$/.test(alg ?? "")) return undefined;
    const { payload } = await compactVerify(token, createLocalJWKSet(jwks));
    return JSON.parse(new TextDecoder().decode(payload)) as Payload;
  } catch {
    return undefined;
  }
}

function isTaken(payload: Payload, settings: AuthorizerSettings, now: number): boolean {
  const { iss, aud, client_id: client, exp, nbf, iat, scope, scp } = payload;
  const seconds = now / 1000;
  // client_id is looked at only where there is no audience.
  const audiences = aud === undefined ? [client] : [aud].flat();
  const scopes = [scope, scp].flatMap((each) => (typeof each === "string" ? each.split(" ") : each));
  const needed = settings.authorizationScopes;
  return (
    iss === settings.issuer &&
    audiences.some((each) => settings.audience.some((ours) => ours === each)) &&
    Number(exp) > seconds &&
    (nbf === undefined || Number(nbf) < seconds) &&
    (iat === undefined || Number(iat) < seconds) &&
    (needed.length === 0 || needed.some((each) => scopes.includes(each)))
  );
}

/** Every value becomes a text: lists and objects in the way in which Go prints them. */
function asText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(asText).join(" ")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `map[${entries.map(([name, each]) => `${name}:${asText(each)}`).join(" ")}]`;
  }
  return String(value);
}
