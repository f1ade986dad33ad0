// Where a request comes from. This host has no sign-in, so a name of this machine is believed only from this machine's own
// programs and pages: not through a tunnel or proxy, and not from another site's page in a browser here (DNS rebinding, forged
// cross-site requests).
import type { IncomingMessage } from "node:http";

export type Caller =
  | {
      /** "outside": under the public name, or through a proxy. */
      readonly from: "this machine" | "outside";
      /** The origin of this hub's own pages; undefined where no public URL is set. */
      readonly ownOrigin: string | undefined;
    }
  /** The request names another host, none, or two. */
  | { readonly from: "unknown" };

const localNames: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Written by tunnels and proxies, never by a program that calls this machine directly. Their presence restricts the caller;
 * their values are never read. */
const proxyHeader =
  /^(forwarded|via|x-forwarded-.+|x-real-ip|x-(original|client|cluster-client)-.+|x-envoy-.+|cf-.+|true-client-ip|fly-.+|ngrok-.+|fastly-.+)$/;

type Headers = Pick<IncomingMessage, "headersDistinct">;

/** `publicUrl`: where providers reach the hub through a tunnel; undefined where none is set. */
export function callerOf({ headersDistinct }: Headers, publicUrl: URL | undefined): Caller {
  const [host, ...further] = headersDistinct["host"] ?? [];
  if (host === undefined || further.length > 0) return { from: "unknown" };
  const [, name, port = ""] = /^([a-z0-9.-]+|\[::1\])(:\d{1,5})?$/.exec(host.toLowerCase()) ?? [];
  if (name === undefined) return { from: "unknown" };
  const isLocal = localNames.has(name);
  if (isLocal && !Object.keys(headersDistinct).some((header) => proxyHeader.test(header)))
    return { from: "this machine", ownOrigin: `http://${name}${port === ":80" ? "" : port}` };
  const isOurs = isLocal || name === publicUrl?.hostname;
  return isOurs ? { from: "outside", ownOrigin: publicUrl?.origin } : { from: "unknown" };
}

/** True for a request of a page that is not this hub's. Programs send neither header; browsers send them with every POST. */
export function isForeignPage({ headersDistinct }: Headers, ownOrigin: string | undefined): boolean {
  const origins = headersDistinct["origin"] ?? [];
  const sites = headersDistinct["sec-fetch-site"] ?? [];
  return (
    origins.some((origin) => origin !== ownOrigin) ||
    sites.some((site) => site !== "same-origin" && site !== "none")
  );
}
