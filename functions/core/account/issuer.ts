// Which identity provider an issuer is: what its claims prove depends on it.

/** The local host's own claims. It is no https address, so no gateway can ever verify a token of it. */
export const thisMachine = "urn:muster:this-machine";

/** Microsoft's sign-in of each cloud, and of its customer directories.
 * https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud */
const microsoftHosts: ReadonlySet<string> = new Set([
  "login.microsoftonline.com",
  "login.microsoftonline.us",
  "login.microsoftonline.de",
  "login.partner.microsoftonline.cn",
  "login.chinacloudapi.cn",
  "sts.windows.net",
  "sts.chinacloudapi.cn",
]);
/** Directories of customers: there an object id may be the subject as well. */
const customerHosts = /\.(?:ciamlogin|b2clogin)\.com$/;

/** Of an https address; undefined for anything else. */
export const hostOf = (issuer: string): string | undefined =>
  /^https:\/\/([^/?#\s]+)/.exec(issuer)?.[1]?.toLowerCase();

export const isEntra = (issuer: string): boolean => microsoftHosts.has(hostOf(issuer) ?? "");

export const isMicrosoft = (issuer: string): boolean =>
  isEntra(issuer) || customerHosts.test(hostOf(issuer) ?? "");

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** An Entra object id, in small letters. */
export const isObjectId = (text: string): boolean => guid.test(text);

/** The tenant of a Microsoft issuer; undefined for "common" and its like, which sign in every tenant. */
export function tenantOf(issuer: string): string | undefined {
  const [, , , first = ""] = issuer.split("/");
  return isMicrosoft(issuer) && isObjectId(first) ? first : undefined;
}
