// The keys with which the chat signs, as it publishes them: fetched when they are first needed, again when they are old, and
// once more for a key that is not among them, which may have been published since. Those that were known serve on while they
// can't be fetched.
// https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
import { type CryptoKey, importJWK, type JWK } from "jose";
import { lru } from "../../core/lru.ts";
import { type Duration, hours, type Instant, seconds } from "../../core/time.ts";
import type { Clock } from "../../ports.ts";
import { exchange } from "./transport.ts";

export interface PublishedKey {
  readonly key: CryptoKey | Uint8Array;
  /** The channels for which it stands. */
  readonly endorsements: readonly string[];
}

export interface PublishedKeys {
  /** Undefined for one that is not published; "undecided" where it may be, and can't be looked up now. */
  named(kid: string): Promise<PublishedKey | "undecided" | undefined>;
}

/** They ask that it be looked at least once a day. */
const freshFor: Duration = hours(12);
/** Between two fetches. Made-up keys can cause no more of them: each fetch that brings nothing new doubles it, up to the longest. */
const shortestRest: Duration = seconds(3);
const longestRest: Duration = seconds(30);
/** While none are known yet no activity can be let in, and fetching is worth more. */
const restWithout: Duration = seconds(2);
/** A key that was looked up and not found is refused for so long without a fetch; so many of them are remembered. */
const absentFor: Duration = seconds(30);
const absentRemembered = 200;

export function publishedKeys(address: string, clock: Clock, patience: Duration = seconds(4)): PublishedKeys {
  let known: ReadonlyMap<string, JWK> = new Map();
  let imported = new Map<string, Promise<PublishedKey | undefined>>();
  let freshUntil: Instant = 0;
  let rest: Duration = shortestRest;
  let restUntil: Instant = 0;
  let fetching: Promise<boolean> | undefined;
  const absentSince = lru<string, Instant>(absentRemembered);

  /** Whether they could be fetched. */
  async function fetchKeys(): Promise<boolean> {
    const found = await fetched(address, patience);
    const now = clock.now();
    if (found !== undefined) {
      const isNews = [...found.keys()].some((kid) => !known.has(kid));
      const wasQuiet = now - restUntil >= longestRest;
      rest = isNews || wasQuiet ? shortestRest : Math.min(2 * rest, longestRest);
      for (const kid of known.keys()) if (!found.has(kid)) absentSince.set(kid, now);
      known = found;
      imported = new Map();
      freshUntil = now + freshFor;
    }
    restUntil = now + (known.size === 0 ? restWithout : rest);
    return found !== undefined;
  }

  const isAbsent = (kid: string): boolean => {
    const since = absentSince.get(kid);
    return since !== undefined && clock.now() - since < absentFor;
  };

  /** False where they were not fetched since it was asked: one fetch at a time, and not at once after another. */
  const fetchNow = async (): Promise<boolean> => {
    if (fetching !== undefined) {
      // It began before this key was asked for, and may have been answered before the key was published.
      await fetching;
      return false;
    }
    if (clock.now() < restUntil) return false;
    fetching = fetchKeys().finally(() => (fetching = undefined));
    return fetching;
  };

  return {
    async named(kid) {
      const isKnown = known.has(kid);
      if (!isKnown && isAbsent(kid)) return undefined;
      const wasFetched = (!isKnown || clock.now() >= freshUntil) && (await fetchNow());
      const jwk = known.get(kid);
      if (jwk === undefined) {
        if (!wasFetched) return "undecided";
        absentSince.set(kid, clock.now());
        return undefined;
      }
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
