// The identity provider that the template names: its keys, and tokens as it signs them for whoever is in the config.
import type { JSONWebKeySet } from "jose";
import { dressed } from "../../infra/support/said.ts";
import { type SigningKey, signed, signingKey } from "../signing-keys.ts";

export interface IdentityProvider {
  readonly jwks: JSONWebKeySet;
  /** `authorization`: `Bearer` and an address, as the nights write it; Ada's where there is none. Anything else is no token of ours. */
  tokenFor(authorization: string | undefined): Promise<string | undefined>;
}

const ada = "ada@brightwater.example";

export async function identityProvider(now: () => number): Promise<IdentityProvider> {
  const key: SigningKey = await signingKey("rehearsal", {});
  return {
    jwks: { keys: [key.shown] },
    async tokenFor(authorization) {
      const [, email = ada] = /^Bearer (\S+@\S+)$/.exec(authorization ?? `Bearer ${ada}`) ?? [];
      if (authorization !== undefined && !authorization.includes("@"))
        return authorization.slice("Bearer ".length);
      const seconds = Math.floor(now() / 1000);
      return signed(key, {
        iss: dressed.signInIssuer,
        aud: dressed.signInAudience,
        azp: dressed.signInClient,
        azpacr: "0",
        scp: dressed.signInScope,
        tid: dressed.teamsTenant,
        oid: `00000000-0000-4000-8000-${Buffer.from(email).toString("hex").slice(0, 12).padEnd(12, "0")}`,
        sub: email,
        email,
        xms_edov: true,
        name: email,
        ver: "2.0",
        iat: seconds - 60,
        exp: seconds + 3600,
      });
    },
  };
}
