// The parts of OpenID Connect that are arithmetic and one POST.

/** @import { Oidc } from "./sign-in.js" */

/** @param {Uint8Array} bytes */
const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

export const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

/** @param {string} verifier */
export async function codeChallenge(verifier) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return base64url(new Uint8Array(digest));
}

/**
 * @param {string} issuer
 * @returns {Promise<{ authorization_endpoint: string, token_endpoint: string }>}
 */
export async function discover(issuer) {
  const address = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const response = await fetch(address, { signal: AbortSignal.timeout(8000) }).catch((cause) => {
    throw new Error("The sign-in service can't be reached.", { cause });
  });
  if (!response.ok) throw new Error(`The sign-in service answers with error ${response.status}.`);
  const found = await response.json();
  if (found.issuer !== issuer) throw new Error("The sign-in service is not the one that was configured.");
  return found;
}

/** @param {Oidc} settings @param {string} code @param {{ nonce: string, verifier: string }} pending */
export async function exchange(settings, code, pending) {
  const { token_endpoint } = await discover(settings.issuer);
  const response = await fetch(token_endpoint, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code,
      redirect_uri: `${location.origin}/`,
      client_id: settings.clientId,
      code_verifier: pending.verifier,
    }),
    signal: AbortSignal.timeout(8000),
  });
  if (!response.ok) throw new Error(`The sign-in service refused with error ${response.status}.`);
  const tokens = await response.json();
  // Straight from the token endpoint over TLS: the claims are to be compared, the signature is the API's affair
  // (OpenID Connect Core 3.1.3.7).
  const claims = tokens.id_token === undefined ? undefined : claimsOf(tokens.id_token);
  if (claims?.nonce !== pending.nonce || claims.iss !== settings.issuer)
    throw new Error("The sign-in service answered for another sign-in.");
  const token = tokens[settings.bearer ?? "access_token"];
  if (typeof token !== "string") throw new Error("The sign-in service gave no token.");
  return { token, lifetime: 1000 * (Number(tokens.expires_in) || 3600) };
}

/** @param {string} jwt */
function claimsOf(jwt) {
  const payload = (jwt.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(payload), (char) => char.charCodeAt(0))));
}
