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
  valid(signature: string, path: string, form: SignedForm): Promise<boolean>;
}

/** All that was sent, for all of it is signed: a parameter that came more than once has the list of its values. */
export type SignedForm = Readonly<Record<string, string | readonly string[]>>;

/** What an activity says of where it comes from; its sender's signature has to say the same. */
export interface ClaimedOrigin {
  readonly serviceUrl: string | undefined;
  readonly channelId: string | undefined;
  /** Each tenant that it names, wherever; what stands there and is no name is one as well. */
  readonly tenants: readonly string[];
}

/** Proves that an activity is the chat's own. */
export interface BotProof {
  /** What is wrong with the token whatever the activity says: known at once, before the body is read. For the log. */
  faultIn(authorization: string | undefined): string | undefined;
  /** `why` is for the log, and holds nothing of the token. `unknown`: nobody can tell now, and it should come again. */
  judge(
    authorization: string | undefined,
    origin: ClaimedOrigin,
  ): Promise<
    { readonly outcome: "proven" | "unknown" } | { readonly outcome: "refused"; readonly why: string }
  >;
}

/** How a browser signs a person in; nothing of it is secret, for the command post hands it to whoever asks. */
export type SignIn =
  /** One machine: whoever reaches the page is let in. */
  | { readonly mode: "local" }
  | {
      readonly mode: "oidc";
      readonly issuer: string;
      readonly clientId: string;
      /** To ask for; only where the page is given out. */
      readonly scopes?: string;
      /** Of the tokens that the API takes; the client's id where this is left out. */
      readonly audience?: string;
      /** Muster's own scope, which every access token needs where it is set. */
      readonly scope?: string;
      /** Which token the API takes; the access token where this is left out. */
      readonly bearer?: "access_token" | "id_token";
      /** Origins that the sign-in needs beside the issuer's: that of the token endpoint, where it differs. */
      readonly origins?: readonly string[];
      /** The id of the tab's application in Teams: the API takes its tokens as well, and Teams may frame the page. */
      readonly teamsTab?: string;
    };

/** Addresses of pages for people. */
export interface CommandPost {
  /** Of one incident; of all of them where none is named. */
  address(incident?: StreamId): string;
}

export interface SignInSettings {
  signIn(): SignIn;
}
