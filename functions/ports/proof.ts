// Who it is that comes: by a link, by the provider's signature, by a sign-in.
import type { StreamId } from "../core/aggregate.ts";
import type { Instant } from "../core/time.ts";

export interface LinkedPage {
  readonly stream: StreamId;
  readonly page: string;
}

/** Addresses at which one page can be answered without signing in: whoever holds one was paged. */
export interface Links {
  sign(page: LinkedPage, until: Instant): Promise<string>;
  /** What the last part of such an address stands for; undefined for what we did not make, or what is past its time. */
  read(token: string, now: Instant): Promise<LinkedPage | undefined>;
}

/** Proves that a call is the provider's own. */
export interface TwilioSignature {
  /** `path` with its query as it was called, below the configured public address. */
  valid(signature: string, path: string, form: Readonly<Record<string, string>>): Promise<boolean>;
}

/** How a browser signs a person in; nothing of it is secret, for the command post hands it to whoever asks. */
export type SignIn =
  /** One machine: whoever reaches the page is let in. */
  | { readonly mode: "local" }
  | {
      readonly mode: "oidc";
      readonly issuer: string;
      readonly clientId: string;
      readonly scopes: string;
      /** Which token the API takes; the access token where this is left out. */
      readonly bearer?: "access_token" | "id_token";
      /** Origins that the sign-in needs beside the issuer's: that of the token endpoint, where it differs. */
      readonly origins?: readonly string[];
    };

export interface SignInSettings {
  signIn(): SignIn;
}
