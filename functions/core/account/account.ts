// The account behind a verified token: by what the config may know its person, and how it is called while it knows none.
import { line } from "../text.ts";
import { type Claims, has, isYes, textOf } from "./claims.ts";
import { hostOf, isEntra, isMicrosoft, isObjectId, tenantOf, thisMachine } from "./issuer.ts";

/** One account at one provider, exactly as the config names it. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
}

export interface Account extends Identity {
  /** Unlike every person's id, it has a colon: an account is never taken for a person. */
  readonly id: string;
  /** For display: without control characters, and marked as an account. */
  readonly name: string;
  /** What the config may know this account by. A provider never gives one of these to another account. */
  readonly identities: readonly Identity[];
  /** Only where the provider says that it verified the address. */
  readonly email: string | undefined;
  /** The object id of an Entra account of the issuer's tenant. */
  readonly chatAccount: string | undefined;
  /** The operator of the machine on which the hub runs. */
  readonly isOperator: boolean;
}

/** OpenID Connect Core 2: at most 255 ASCII characters. */
export const subjectForm = /^[!-~](?:[ -~]{0,253}[!-~])?$/;
const longestEmail = 200;
const longestName = 100;

/** Undefined for a token without a usable subject. */
export function accountOf(claims: Claims): Account | undefined {
  const [issuer, sub] = [textOf(claims, "iss"), textOf(claims, "sub")];
  if (issuer === undefined || sub === undefined || !subjectForm.test(sub)) return undefined;
  const objectId = objectIdOf(claims, issuer);
  // Entra's subject differs from one application to the next; the object id is the same for all of them, and in Teams.
  const subject = objectId ?? sub;
  // A person's subject never has the form of an object id there: it would pass for that of another account.
  const isNoSubject = isEntra(issuer) && isObjectId(sub.toLowerCase());
  const subjects = [...(objectId === undefined ? [] : [objectId]), ...(isNoSubject ? [] : [sub])];
  const where = hostOf(issuer) ?? issuer;
  const tenant = tenantOf(issuer);
  return {
    issuer,
    subject,
    id: `account:${line(where, longestName)}|${line(subject, 255)}`,
    name: `${line(nameIn(claims) ?? subject, longestName)} (account at ${line(where, longestName)})`,
    identities: subjects.map((each) => ({ issuer, subject: each })),
    email: verifiedEmail(claims, issuer),
    chatAccount: tenant !== undefined && tenant === textOf(claims, "tid") ? objectId : undefined,
    isOperator: issuer === thisMachine && sub === "operator",
  };
}

function objectIdOf(claims: Claims, issuer: string): string | undefined {
  const oid = textOf(claims, "oid")?.toLowerCase();
  return isMicrosoft(issuer) && oid !== undefined && isObjectId(oid) ? oid : undefined;
}

/** For display only: people choose these names themselves. */
const nameIn = (claims: Claims): string | undefined =>
  textOf(claims, "name") ?? textOf(claims, "preferred_username") ?? textOf(claims, "email");

/**
 * Entra has no `email_verified`: an account's address can be set to anything, and only `xms_edov` says that its domain
 * belongs to the tenant. A guest's address comes from another organisation.
 * https://learn.microsoft.com/entra/identity-platform/migrate-off-email-claim-authorization
 */
function verifiedEmail(claims: Claims, issuer: string): string | undefined {
  const written = textOf(claims, "email")?.trim();
  // Of ASCII only: in small letters some signs become others (the Kelvin sign a "k"), and the address another person's.
  if (written === undefined || written.length > longestEmail || !/^[!-?A-~]+@[!-?A-~]+$/.test(written))
    return undefined;
  const email = written.toLowerCase();
  const isVerified = isMicrosoft(issuer)
    ? isYes(claims, "xms_edov") && !isGuest(claims, issuer)
    : isYes(claims, "email_verified");
  return isVerified ? email : undefined;
}

/** https://learn.microsoft.com/entra/identity-platform/optional-claims-reference */
function isGuest(claims: Claims, issuer: string): boolean {
  const names = ["upn", "unique_name", "preferred_username"].map((name) => textOf(claims, name) ?? "");
  if (isYes(claims, "acct") || names.some((name) => /#ext#/i.test(name))) return true;
  // Left out for whoever signed in at the tenant itself.
  return has(claims, "idp") && tenantOf(textOf(claims, "idp") ?? "") !== tenantOf(issuer);
}
