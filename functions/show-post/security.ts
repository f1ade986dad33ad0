// What a browser may do with the command post: load from us, talk to us and to the sign-in service, and nothing else.
import type { SignIn } from "../ports.ts";

function reachable(signIn: SignIn): string {
  if (signIn.mode === "local") return "'self'";
  const origins = [signIn.issuer, ...(signIn.origins ?? [])].map((address) => new URL(address).origin);
  return ["'self'", ...new Set(origins)].join(" ");
}

export const securityHeaders = (signIn: SignIn): Readonly<Record<string, string>> => ({
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src ${reachable(signIn)}`,
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    // The page writes text only; a browser that knows trusted types then refuses every way to write markup.
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; "),
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
  "strict-transport-security": "max-age=31536000",
});
