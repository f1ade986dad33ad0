// The form in which an operator keeps Twilio's credentials in the secret store.
import type { Credentials, SignInSettings } from "./credentials.ts";

export interface TwilioSecret extends Pick<SignInSettings, "accountSid" | "credentials"> {
  /** Two of them while they are being rotated: webhooks are signed with the primary one. */
  readonly authTokens: readonly string[];
}

/**
 * `{ "accountSid": "AC…", "authToken": "…" }`, with `apiKey` and `apiSecret` to send by those, and `nextAuthToken`
 * during a rotation: whichever of the two Twilio takes is used. Throws without quoting a value.
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
  const [authToken, nextAuthToken] = [text("authToken"), text("nextAuthToken")];
  const byToken: Credentials = nextAuthToken === "" ? { authToken } : { authToken, nextAuthToken };
  const byKey = text("apiKey") !== "" && text("apiSecret") !== "";
  return {
    accountSid: text("accountSid"),
    credentials: byKey ? { apiKey: text("apiKey"), apiSecret: text("apiSecret") } : byToken,
    authTokens: [authToken, nextAuthToken].filter((token) => token !== ""),
  };
}

/** The account to send by, which looks into the store again when Twilio refuses what was read from it. */
export const accountBy = (
  secret: TwilioSecret,
  read: (refused: TwilioSecret) => Promise<TwilioSecret>,
): SignInSettings => ({
  accountSid: secret.accountSid,
  credentials: secret.credentials,
  async renewed() {
    const now = await read(secret);
    // Another account is no rotation: what was sent by this one can't be looked up there.
    return now === secret || now.accountSid !== secret.accountSid ? undefined : now.credentials;
  },
});
