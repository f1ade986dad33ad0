// What an account that belongs to no person of the config can do about it.
import type { Identity } from "../core/account/account.ts";
import { thisMachine } from "../core/account/issuer.ts";

/** As it is written in the config: JSON's quotes are YAML's as well. */
export const identityLine = ({ issuer, subject }: Identity): string =>
  issuer === thisMachine
    ? `email: ${JSON.stringify(subject)}`
    : `identity: { issuer: ${JSON.stringify(issuer)}, subject: ${JSON.stringify(subject)} }`;

export const viewerAdvice = (identity: Identity): string =>
  `Ask the operator to add this line to your entry under people in muster.yaml: ${identityLine(identity)}`;
