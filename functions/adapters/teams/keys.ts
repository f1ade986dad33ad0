// The keys with which the chat signs, as it publishes them: fetched when they are first needed, again when they are old, and
// once more when somebody comes with one that is not among them. Those that were known serve on while nobody publishes any.
// https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
import { type CryptoKey, importJWK, type JWK } from "jose";
import { type Duration, hours, type Instant, seconds } from "../../core/time.ts";
import type { Clock } from "../../ports.ts";
import { exchange } from "./transport.ts";

export interface PublishedKey {
  readonly key: CryptoKey | Uint8Array;
  /** The channels for which it stands. */
  readonly endorsements: readonly string[];
}

export interface PublishedKeys {
  /** Undefined for one that is not published; "unreachable" where it may be, and nobody says. */
  named(kid: string): Promise<PublishedKey | "unreachable" | undefined>;
}

/** They ask that it be looked at least once a day. */
const freshFor: Duration = hours(12);
/** So long nobody is asked again, however many come with keys that do not exist. */
const rest: Duration = seconds(30);
/** While none are known yet nobody can be let in, and asking is worth more. */
const restWithout: Duration = seconds(2);

export function publishedKeys(address: string, clock: Clock, patience: Duration = seconds(4)): PublishedKeys {
  let known: ReadonlyMap<string, JWK> = new Map();
  let imported = new Map<string, Promise<PublishedKey | undefined>>();
  let freshUntil: Instant = 0;
  let restUntil: Instant = 0;
  let asking: Promise<void> | undefined;
  let isReached = true;

  async function ask(): Promise<void> {
    const found = await fetched(address, patience);
    const now = clock.now();
    isReached = found !== undefined;
    if (found !== undefined) {
      known = found;
      imported = new Map();
      freshUntil = now + freshFor;
    }
    restUntil = now + (known.size === 0 ? restWithout : rest);
  }

  const lookAgain = async (): Promise<void> => {
    if (clock.now() < restUntil && asking === undefined) return;
    asking ??= ask().finally(() => (asking = undefined));
    await asking;
  };

  return {
    async named(kid) {
      if (clock.now() >= freshUntil || !known.has(kid)) await lookAgain();
      const jwk = known.get(kid);
      if (jwk === undefined) return isReached ? undefined : "unreachable";
      const key = imported.get(kid) ?? read(jwk).catch(() => undefined); // published, and no key
      imported.set(kid, key);
      return key;
    },
  };
}

async function read(jwk: JWK): Promise<PublishedKey> {
  const said = (jwk as { readonly endorsements?: unknown }).endorsements;
  const endorsements = Array.isArray(said) ? said.filter((one) => typeof one === "string") : [];
  return { key: await importJWK(jwk, "RS256"), endorsements };
}

/** Those that can sign as they should; undefined where nobody publishes any. */
async function fetched(address: string, within: Duration): Promise<ReadonlyMap<string, JWK> | undefined> {
  const answered = await exchange({ method: "GET", url: new URL(address), headers: {}, within });
  if (answered.outcome === "none" || answered.status !== 200) return undefined;
  const keys = keysIn(answered.text).filter(
    ({ kty, use = "sig", alg = "RS256" }) => kty === "RSA" && use === "sig" && alg === "RS256",
  );
  const named = keys.flatMap((jwk) => (typeof jwk.kid === "string" ? [[jwk.kid, jwk] as const] : []));
  return named.length === 0 ? undefined : new Map(named);
}

function keysIn(text: string): readonly JWK[] {
  try {
    const said: unknown = JSON.parse(text);
    const keys = typeof said === "object" && said !== null && "keys" in said ? said.keys : undefined;
    return Array.isArray(keys)
      ? (keys as readonly JWK[]).filter((jwk) => typeof jwk === "object" && jwk !== null)
      : [];
  } catch {
    return []; // a page of a gateway: nobody publishes any
  }
}
