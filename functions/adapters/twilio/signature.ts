// Proves that a webhook is Twilio's own, over the address that we configured and never over what the request claims.
import webhooks from "twilio/lib/webhooks/webhooks.js";
import type { TwilioSignature } from "../../ports.ts";
import type { TwilioSecret } from "./secret.ts";

/** Both tokens count while the account rotates them: Twilio signs with the primary one, and that changes in between. */
export function twilioSignature(authTokens: readonly string[], publicUrl: string): TwilioSignature {
  const tokens = authTokens.filter((token) => token !== "");
  if (tokens.length === 0)
    throw new Error("Twilio's webhooks can't be checked without an auth token: set one");
  const base = publicUrl.replace(/\/+$/, "");
  return {
    // Twilio's own function takes a parameter that was sent more than once as the list of its values.
    valid: async (signature, path, form) =>
      tokens.some((token) => webhooks.validateRequest(token, signature, `${base}${path}`, { ...form })),
  };
}

/** The same with tokens that the store holds. What they did not sign, a token that was put there since may have. */
export const twilioSignatureBy = (
  read: (refused?: TwilioSecret) => Promise<TwilioSecret>,
  publicUrl: string,
): TwilioSignature => ({
  async valid(...request) {
    const secret = await read();
    if (await twilioSignature(secret.authTokens, publicUrl).valid(...request)) return true;
    const now = await read(secret);
    return now !== secret && twilioSignature(now.authTokens, publicUrl).valid(...request);
  },
});
