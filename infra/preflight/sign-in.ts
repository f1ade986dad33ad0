// The issuer's discovery document and keys: API Gateway reads them while the authorizer is made and whenever somebody signs in.
import type { Settings } from "../settings.ts";
import { type Check, type Finding, fault, warning } from "./check.ts";

const timeout = 10_000;
const endpoints = ["authorization_endpoint", "token_endpoint", "jwks_uri"] as const;

type Json = Readonly<Record<string, unknown>>;

export const signInCheck = ({ signIn }: Settings, ask: typeof fetch): Check => ({
  title: "sign-in",
  needs: ["signInIssuer"],
  async run() {
    // https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationRequest
    const address = `${signIn.issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
    const document = await jsonAt(address, ask);
    if ("finding" in document) return [document.finding];
    const found = contentFaults(document.json, signIn, address);
    const jwks = document.json["jwks_uri"];
    if (typeof jwks !== "string") return found;
    const keys = await jsonAt(jwks, ask);
    return [...found, ...("finding" in keys ? [keys.finding] : keyFaults(keys.json, jwks))];
  },
});

async function jsonAt(
  address: string,
  ask: typeof fetch,
): Promise<{ readonly json: Json } | { readonly finding: Finding }> {
  const wrong = (message: string) => ({
    finding: fault(
      "signInIssuer",
      message,
      "give the issuer exactly as tokens write it in `iss`; its discovery document has to be public",
    ),
  });
  let response: Response;
  let text: string;
  try {
    response = await ask(address, { signal: AbortSignal.timeout(timeout) });
    text = await response.text();
  } catch (error) {
    const cause = error instanceof Error ? ((error.cause as Error | undefined) ?? error) : undefined;
    return wrong(`${address} does not answer (${cause?.message ?? String(error)})`);
  }
  if (!response.ok) return wrong(`${address} answers ${response.status}`);
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === "object" && json !== null) return { json: json as Json };
  } catch {
    // Not JSON: the finding below.
  }
  return wrong(`${address} is not a JSON object`);
}

function contentFaults(document: Json, signIn: Settings["signIn"], address: string): readonly Finding[] {
  const { issuer, origins } = signIn;
  const findings: Finding[] = [];
  // https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationValidation
  if (document["issuer"] !== issuer)
    findings.push(
      fault(
        "signInIssuer",
        `is "${issuer}", but its discovery document says "${String(document["issuer"])}"`,
        "write it exactly so, slash or no slash: tokens bear it to the letter",
      ),
    );
  for (const name of endpoints)
    if (typeof document[name] !== "string")
      findings.push(
        fault(
          "signInIssuer",
          `${address} has no ${name}`,
          "use a provider that offers the authorization code flow",
        ),
      );
  const token = document["token_endpoint"];
  const origin = typeof token === "string" && URL.canParse(token) ? new URL(token).origin : undefined;
  if (origin !== undefined && origin !== new URL(issuer).origin && !origins.includes(origin))
    findings.push(
      fault(
        "signInOrigins",
        `the token endpoint is at ${origin}, which the page may not ask, so nobody could sign in`,
        `give -c signInOrigins=${[...origins, origin].join(",")}`,
      ),
    );
  const methods = document["code_challenge_methods_supported"];
  if (Array.isArray(methods) && !methods.includes("S256"))
    findings.push(
      warning(
        "signInIssuer",
        "its discovery document does not name S256, the PKCE method that the page uses",
        "try the sign-in before you rely on it",
      ),
    );
  return findings;
}

/** "Currently, only RSA-based algorithms are supported."
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html */
function keyFaults({ keys }: Json, address: string): readonly Finding[] {
  const kinds = Array.isArray(keys) ? keys.map((key: unknown) => (key as Json | null)?.["kty"]) : [];
  if (kinds.includes("RSA")) return [];
  return [
    fault(
      "signInIssuer",
      `${address} has no RSA key, and API Gateway verifies no other`,
      "have the provider sign Muster's tokens by RS256",
    ),
  ];
}
