// Whoever is signed in at the API, as the gateway hands the claims over.
import { thisMachine } from "../../functions/core/account/issuer.ts";
import type { SignInSettings } from "../../functions/ports.ts";

export const localSignIn: SignInSettings = { signIn: () => ({ mode: "local" }) };

/** Of the account with this address: a person of the config who has it, or else a viewer. */
export const claimsOf = (email: string) => ({ iss: thisMachine, sub: email, email, email_verified: "true" });

export const signedInAs = (email: string) => ({ authorizer: { jwt: { claims: claimsOf(email) } } });
