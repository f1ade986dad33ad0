// Proves that a webhook is Twilio's own, over the address that we configured and never over what the request claims.
import webhooks from "twilio/lib/webhooks/webhooks.js";
import type { TwilioSignature } from "../../ports.ts";

/** Both tokens count while the account rotates them: Twilio signs with the primary one, and that changes in between. */
export function twilioSignature(authTokens: readonly string[], publicUrl: string): TwilioSignature {
  const tokens = authTokens.filter((token) => token !== "");
  if (tokens.length === 0)
    throw new Error("Twilio's webhooks can't be checked without an auth token: set one");
  const base = publicUrl.replace(/\/+$/, "");
  return {
    valid: async (signature, path, form) =>
      tokens.some((token) => webhooks.validateRequest(token, signature, `${base}${path}`, { ...form })),
  };
}
