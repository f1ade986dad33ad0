// The form in which an operator keeps Twilio's credentials in the secret store.
import type { TwilioAccount } from "./client.ts";

export interface TwilioSecret extends Pick<TwilioAccount, "accountSid" | "credentials"> {
  /** Two of them while they are being rotated: webhooks are signed with the primary one. */
  readonly authTokens: readonly string[];
}

/**
 * `{ "accountSid": "AC…", "authToken": "…" }`, with `apiKey` and `apiSecret` to send by those, and `nextAuthToken`
 * during a rotation. Throws without quoting a value.
 */
export function twilioSecret(json: unknown): TwilioSecret {
  const fields: Readonly<Record<string, unknown>> =
    typeof json === "object" && json !== null ? { ...json } : {};
  const text = (name: string): string => {
    const value = fields[name];
    return typeof value === "string" ? value : "";
  };
  const missing = ["accountSid", "authToken"].filter((name) => text(name) === "");
  if (missing.length > 0)
    throw new Error(`The secret with Twilio's credentials lacks ${missing.join(" and ")}`);
  const authToken = text("authToken");
  const byKey = text("apiKey") !== "" && text("apiSecret") !== "";
  return {
    accountSid: text("accountSid"),
    credentials: byKey ? { apiKey: text("apiKey"), apiSecret: text("apiSecret") } : { authToken },
    authTokens: [authToken, text("nextAuthToken")].filter((token) => token !== ""),
  };
}
