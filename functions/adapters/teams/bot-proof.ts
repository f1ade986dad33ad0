// Whether an activity is the chat's own: signed by a key that is published for this channel, meant for this bot, and saying
// of itself what its signature says. Any other token, however good elsewhere, is none here.
// https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from "jose";
import type { BotProof, ClaimedOrigin, Clock } from "../../ports.ts";
import { type TeamsAddresses, trustedAddress } from "./addresses.ts";
import { type PublishedKey, publishedKeys } from "./keys.ts";

export interface BotProofSettings {
  readonly app: string;
  /** Whose people this hub dispatches. */
  readonly tenant: string;
  readonly clock: Clock;
  readonly addresses: Pick<TeamsAddresses, "keys" | "trusts">;
}

const issuer = "https://api.botframework.com";
const channel = "msteams";
const algorithm = "RS256";
/** Seconds by which their clock and ours may differ. */
const skew = 300;
/** No token of theirs is nearly as long. */
const longestToken = 8 * 1024;

/** A hub without a bot. */
export const noBot: BotProof = {
  faultIn: () => "there is no bot",
  judge: () => Promise.resolve(refused("there is no bot")),
};

type Judgement = Awaited<ReturnType<BotProof["judge"]>>;
const refused = (why: string): Judgement => ({ outcome: "refused", why });

export function botProof({ app, tenant, clock, addresses }: BotProofSettings): BotProof {
  const keys = publishedKeys(addresses.keys, clock);

  /** Before anything of the signature is looked at. */
  const faultOf = (origin: ClaimedOrigin): string | undefined => {
    if (origin.channelId !== channel) return "another channel";
    // It says so in several places, and all have to say the same: what is read later is any one of them.
    if (origin.tenants.length === 0) return "no tenant";
    if (origin.tenants.some((named) => named !== tenant)) return "another tenant";
    if (origin.serviceUrl === undefined) return "no service address";
    return trustedAddress(origin.serviceUrl, addresses) === undefined
      ? "a stranger's service address"
      : undefined;
  };

  /** As it says of itself: what is not even said to be for us fetches no key. */
  const tokenIn = (authorization: string | undefined): { token: string; kid: string } | string => {
    const token = bearerIn(authorization);
    if (token === undefined) return "no bearer token";
    const kid = kidOf(token);
    if (kid === undefined) return "no token that we read";
    return audienceIn(token) === app ? { token, kid } : otherAudience;
  };

  return {
    faultIn(authorization) {
      const found = tokenIn(authorization);
      return typeof found === "string" ? found : undefined;
    },
    async judge(authorization, origin) {
      const found = tokenIn(authorization);
      if (typeof found === "string") return refused(found);
      const { token, kid } = found;
      const fault = faultOf(origin);
      if (fault !== undefined) return refused(fault);
      const published = await keys.named(kid);
      if (published === "undecided") return { outcome: "unknown" };
      if (published === undefined) return refused("a key that is not published");
      if (!published.endorsements.includes(channel))
        return refused("a key that does not stand for this channel");
      const claims = await claimsOf(token, published, app, clock.now());
      if (typeof claims === "string") return refused(claims);
      // The chat's tokens name no tenant; one that does speaks for that tenant alone.
      if (claims["tid"] !== undefined && claims["tid"] !== tenant)
        return refused("signed for another tenant");
      return claims["serviceurl"] === origin.serviceUrl
        ? { outcome: "proven" }
        : refused("signed for another service address");
    },
  };
}

function bearerIn(authorization: string | undefined): string | undefined {
  if (authorization === undefined || authorization.length > longestToken) return undefined;
  return /^Bearer +(\S+)$/i.exec(authorization)?.[1];
}

/** Undefined for whatever is signed otherwise, or not at all. */
function kidOf(token: string): string | undefined {
  try {
    const { alg, kid } = decodeProtectedHeader(token);
    return alg === algorithm && typeof kid === "string" && kid !== "" ? kid : undefined;
  } catch {
    return undefined; // no token: refused by whoever asks
  }
}

const otherAudience = "meant for another audience";

/** As it says; nobody has proved it yet. One audience, and no list in which ours stands beside others. */
function audienceIn(token: string): unknown {
  try {
    return decodeJwt(token).aud;
  } catch {
    return undefined;
  }
}

/** What it says, or why nothing that it says counts. */
async function claimsOf(
  token: string,
  { key }: PublishedKey,
  app: string,
  now: number,
): Promise<JWTPayload | string> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [algorithm],
      issuer,
      requiredClaims: ["exp", "aud"],
      clockTolerance: skew,
      currentDate: new Date(now),
    });
    return payload.aud === app ? payload : otherAudience;
  } catch (error) {
    if (error instanceof errors.JWTExpired) return "expired";
    if (error instanceof errors.JWTClaimValidationFailed) return `its ${error.claim} is wrong`;
    if (error instanceof errors.JOSEError) return "not signed by that key";
    throw error;
  }
}
