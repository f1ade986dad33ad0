// Signs a person in: by Teams inside Teams, not at all on one machine, otherwise by OpenID Connect's code flow with PKCE
// (RFC 7636, RFC 9700).
import { codeChallenge, discover, exchange, random } from "./oidc.js";
import { isFramed } from "./teams.js";
import { teamsSession } from "./teams-session.js";

/** @import { Authorization } from "./api.js" */
/** @import { Host } from "./teams.js" */
/** @typedef {{ mode: "oidc", issuer: string, clientId: string, scopes: string, bearer?: "access_token" | "id_token", teamsTab?: string }} Oidc */
/** @typedef {{ mode: "local" } | Oidc} How */
/** @typedef {{ authorization: Authorization, again(): Promise<never> }} Session */

const pendingKey = "muster.sign-in";
const tokenKey = "muster.token";
const lastKey = "muster.signed-in-at";
// A sign-in that is refused sooner than this would be refused for ever: say so rather than go round in circles.
const tooSoon = 20_000;

/** Resolves once API calls can be made; leaves the page when the person has to sign in. */
/** @param {How} settings @param {Host | undefined} host @returns {Promise<Session>} */
export async function signIn(settings, host) {
  const isTab = settings.mode === "local" || settings.teamsTab !== undefined;
  if (host !== undefined && isTab) return teamsSession(host);
  if (settings.mode === "local")
    return {
      authorization: () => ({}),
      again: () => refuse("The hub asks for a sign-in it does not offer."),
    };
  const answer = new URLSearchParams(location.search);
  if (location.pathname === "/" && answer.has("state")) await finish(settings, answer);
  const token = currentToken();
  if (token === undefined && isFramed())
    return refuse("Whoever frames this page does not say who you are. A window of its own can sign you in.");
  if (token === undefined) return begin(settings);
  return {
    authorization: () => ({ authorization: `Bearer ${token}` }),
    again() {
      sessionStorage.removeItem(tokenKey);
      const last = Number(sessionStorage.getItem(lastKey));
      return Date.now() - last < tooSoon
        ? refuse("You are signed in, but the hub does not take this sign-in.")
        : begin(settings);
    },
  };
}

/** @returns {Promise<How>} */
export async function howToSignIn() {
  const response = await fetch("/assets/sign-in.json", { cache: "no-store" });
  if (!response.ok) throw new Error(`The hub answers with error ${response.status}.`);
  return response.json();
}

/** @param {string} why @returns {Promise<never>} */
const refuse = (why) => Promise.reject(new Error(why));

function currentToken() {
  const kept = JSON.parse(stored(tokenKey) ?? "null");
  return kept !== null && kept.until > Date.now() ? /** @type {string} */ (kept.token) : undefined;
}

/** @param {string} key */
function stored(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null; // a frame to which the browser gives no storage
  }
}

/** @param {Oidc} settings @returns {Promise<never>} */
async function begin(settings) {
  // Asked first, so that a sign-in service that is down leaves the reader with this page and a reason.
  const { authorization_endpoint } = await discover(settings.issuer);
  const pending = {
    state: random(),
    nonce: random(),
    verifier: random(),
    back: location.pathname + location.search,
  };
  sessionStorage.setItem(pendingKey, JSON.stringify(pending));
  const url = new URL(authorization_endpoint);
  const query = {
    response_type: "code",
    client_id: settings.clientId,
    redirect_uri: `${location.origin}/`,
    scope: settings.scopes,
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await codeChallenge(pending.verifier),
    code_challenge_method: "S256",
  };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  location.assign(url);
  return new Promise(() => {});
}

/** @param {Oidc} settings @param {URLSearchParams} answer */
async function finish(settings, answer) {
  const pending = JSON.parse(sessionStorage.getItem(pendingKey) ?? "null");
  sessionStorage.removeItem(pendingKey);
  history.replaceState(null, "", pending?.back ?? "/");
  // A link that somebody else made, or an old tab: start over.
  if (pending === null || answer.get("state") !== pending.state) return;
  const iss = answer.get("iss");
  if (iss !== null && iss !== settings.issuer) throw new Error("Another sign-in service answered.");
  const code = answer.get("code");
  if (code === null)
    throw new Error(`Sign-in failed: ${answer.get("error_description") ?? answer.get("error")}.`);
  const { token, lifetime } = await exchange(settings, code, pending);
  sessionStorage.setItem(tokenKey, JSON.stringify({ token, until: Date.now() + lifetime }));
  sessionStorage.setItem(lastKey, String(Date.now()));
}
