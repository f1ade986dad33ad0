// The embedded host has no sign-in, so it must be out of others' reach: also out of reach of a page of theirs in a browser
// on this machine (DNS rebinding, forged cross-site requests).
import type { IncomingMessage } from "node:http";

const ours = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** `publicHost`: the host name of the configured public URL, by which a provider calls through a tunnel. */
export function fromHere({ headers, method, url }: IncomingMessage, publicHost: string): boolean {
  const host = hostOf(headers.host);
  // Monitoring and providers prove themselves by key and signature; through a tunnel they may come under the public name.
  const entrance = url?.startsWith("/alerts/") === true || url?.startsWith("/twilio/") === true;
  if (!ours.has(host) && !(entrance && host === publicHost)) return false;
  if (method === "GET" || method === "HEAD") return true;
  const { origin } = headers;
  return origin === undefined || entrance || ours.has(hostOf(origin.replace(/^[a-z]+:\/\//, "")));
}

const hostOf = (host: string | undefined): string => (host ?? "").toLowerCase().replace(/:\d+$/, "");
