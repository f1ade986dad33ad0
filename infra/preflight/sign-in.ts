// The issuer's discovery document: the gateway reads it while it is deployed, and refuses an issuer that is another to the letter.
// https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationValidation
import type { Settings } from "../settings.ts";
import { type Check, type Fault, fault } from "./check.ts";

const needed = ["authorization_endpoint", "token_endpoint", "jwks_uri"] as const;
const patience = 10_000;

export const signInCheck = (ask: typeof fetch): Check => ({
  about: "the sign-in",
  async faults({ signIn: { issuer } }: Settings): Promise<readonly Fault[]> {
    const address = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
    const answer = await ask(address, { signal: AbortSignal.timeout(patience) });
    if (!answer.ok)
      return [
        fault(
          `${address} answers ${answer.status}`,
          "signInIssuer has to be the issuer, as its tokens say it in `iss`",
        ),
      ];
    const document = (await answer.json()) as Readonly<Record<string, unknown>>;
    const said = document["issuer"];
    const missing = needed.filter((name) => typeof document[name] !== "string");
    return [
      ...(said === issuer
        ? []
        : [
            fault(
              `signInIssuer is "${issuer}", and its document says "${String(said)}"`,
              "write it exactly so, slash or no slash",
            ),
          ]),
      ...missing.map((name) =>
        fault(
          `${address} has no ${name}`,
          "the provider has to offer the code flow, with keys that anybody can read",
        ),
      ),
    ];
  },
});
