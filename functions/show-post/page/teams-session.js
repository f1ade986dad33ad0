// A sign-in by Teams: a token that its host gives for our API, asked for anew before it ends, and once when the API does not
// take it.
import { within } from "./teams.js";

/** @import { Headers } from "./api.js" */
/** @import { Session } from "./sign-in.js" */
/** @import { Host } from "./teams.js" */

const second = 1000;
const minute = 60 * second;
// The first time Teams may have to ask the person whether Muster may know who it is.
const patience = 60 * second;
const patienceLater = 8 * second;
const anewBefore = 5 * minute;
const notMoreOften = 30 * second;
const usualLifetime = 60 * minute;

/** @param {Host} host @returns {Promise<Session>} */
export async function teamsSession({ client }) {
  let token = "";
  let until = 0;
  let askedAt = 0;
  let fruitlessAt = 0;
  /** @type {Promise<boolean> | undefined} */
  let asking;

  const bearer = () => ({ authorization: `Bearer ${token}` });
  /** Whether it is another one than before. */
  const ask = async () => {
    askedAt = Date.now();
    const before = token;
    token = await client.authentication.getAuthToken();
    until = endOf(token) ?? Date.now() + usualLifetime;
    return token !== before;
  };
  const anew = () => {
    asking ??= within(patienceLater, ask()).then((another) => {
      asking = undefined;
      return another === true;
    });
    return asking;
  };
  const current = () => {
    const now = Date.now();
    if (until - now < anewBefore && now - askedAt > notMoreOften) void anew();
    return bearer();
  };
  /** @param {Headers} refused */
  async function renew(refused) {
    if (refused["authorization"] !== bearer().authorization) return true;
    // Where asking has just brought the same one, it would again.
    if (Date.now() - fruitlessAt < notMoreOften) return false;
    const another = await anew();
    if (!another) fruitlessAt = Date.now();
    return another;
  }

  const refusal = await Promise.race([
    ask().then(
      () => undefined,
      (why) => sayWhy(String(why instanceof Error ? why.message : why)),
    ),
    new Promise((late) => setTimeout(late, patience, "Teams does not say who you are.")),
  ]);
  if (refusal !== undefined) throw new Error(refusal);
  return {
    authorization: Object.assign(current, { renew }),
    again: () =>
      Promise.reject(new Error("Teams has signed you in, but the hub does not take this sign-in.")),
  };
}

/** https://learn.microsoft.com/microsoftteams/platform/tabs/how-to/authentication/tab-sso-code @param {string} why */
function sayWhy(why) {
  if (/consent|invalid_grant|interaction/i.test(why))
    return "Nobody has consented yet that Muster may know who you are in Teams. Ask your administrator to consent for everybody.";
  if (/cancel/i.test(why)) return "You have not let Teams sign you in.";
  return `Teams gives no sign-in for Muster (${why.slice(0, 120)}).`;
}

/** When a token ends, by its own word; undefined for what is no such token. @param {string} token */
function endOf(token) {
  try {
    const payload = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    const { exp } = JSON.parse(atob(payload));
    return typeof exp === "number" ? exp * second : undefined;
  } catch {
    return undefined;
  }
}
