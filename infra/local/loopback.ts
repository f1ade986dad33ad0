// The embedded host has no sign-in, so it must be out of others' reach: also out of reach of a page of theirs in a browser
// on this machine (DNS rebinding, forged cross-site requests).
import type { IncomingMessage } from "node:http";

const ours = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** `publicHost`: the host name of the configured public URL, by which a provider calls through a tunnel. */
export function fromHere(
  { headers, method, url = "" }: Pick<IncomingMessage, "headers" | "method" | "url">,
  publicHost: string,
): boolean {
  const host = hostOf(headers.host);
  // Monitoring and providers prove themselves by key and signature; through a tunnel they may come under the public name.
  const entrance = url.startsWith("/alerts/") || url.startsWith("/twilio/");
  // So does Teams; but who is on this machine need not, so that no page in a browser may speak as it.
  const chat = url === "/teams/messages";
  if (!ours.has(host) && !((entrance || chat) && host === publicHost)) return false;
  if (method === "GET" || method === "HEAD") return true;
  const { origin } = headers;
  return origin === undefined || entrance || ours.has(hostOf(origin.replace(/^[a-z]+:\/\//, "")));
}

const hostOf = (host: string | undefined): string => (host ?? "").toLowerCase().replace(/:\d+$/, "");
