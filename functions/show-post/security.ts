// What a browser may do with the command post: load from us, talk to us and to the sign-in service, and nothing else.
// Its documents may stand in Teams' frames where the hub has a tab there.
import type { SignIn } from "../ports.ts";

/** https://learn.microsoft.com/microsoftteams/platform/tabs/how-to/tab-requirements: Teams, Outlook and Microsoft 365 of the
 * world-wide cloud, which is the one whose tenants the tab's sign-in takes. */
const teamsHosts = [
  "https://*.cloud.microsoft",
  "https://teams.microsoft.com",
  "https://*.teams.microsoft.com",
  "https://*.microsoft365.com",
  "https://*.office.com",
  "https://outlook.office365.com",
];
/** The simulated Teams; and whoever wants to see what the page does in the frame of somebody else. */
const thisMachine = ["'self'", "http://127.0.0.1:*", "http://localhost:*"];

/** Where Microsoft's library asks which hosts it may believe. */
const hostList = "https://res.cdn.office.net";

function framedBy(signIn: SignIn): readonly string[] {
  if (signIn.mode === "local") return thisMachine;
  return signIn.teamsTab === undefined ? [] : teamsHosts;
}

function reachable(signIn: SignIn): readonly string[] {
  if (signIn.mode === "local") return ["'self'"];
  const origins = [signIn.issuer, ...(signIn.origins ?? [])].map((address) => new URL(address).origin);
  return ["'self'", ...new Set(origins)];
}

/** `isDocument`: what people look at, which alone may be framed. */
export function securityHeaders(signIn: SignIn, isDocument = false): Readonly<Record<string, string>> {
  const framers = isDocument ? framedBy(signIn) : [];
  const framed = framers.length > 0;
  return {
    "content-security-policy": [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      `connect-src ${[...reachable(signIn), ...(framed ? [hostList] : [])].join(" ")}`,
      "img-src 'self' data:",
      "base-uri 'none'",
      "form-action 'none'",
      `frame-ancestors ${framed ? framers.join(" ") : "'none'"}`,
      // The page writes text only; a browser that knows trusted types then refuses every way to write markup.
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ].join("; "),
    "x-content-type-options": "nosniff",
    // It knows of no list; where it stands beside frame-ancestors, old browsers go by it.
    ...(framed ? {} : { "x-frame-options": "DENY" }),
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "strict-transport-security": "max-age=31536000",
  };
}
