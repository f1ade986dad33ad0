// Who may call which route of this machine. The answer depends on the row of the table that was matched, never on the text of
// the address.
import type { IncomingMessage } from "node:http";
import type { Proof } from "../../functions/subscriptions.ts";
import { type Caller, callerOf, isForeignPage } from "./caller.ts";

export interface Outside {
  /** The address by which providers, monitoring and links of texts reach this hub. */
  readonly publicUrl: URL | undefined;
  /** What is a proof there. A credential that is printed in our own source is none. */
  readonly proofs: ReadonlySet<Proof>;
}

export type Unreachable = "not-this-machine" | "foreign-page";

/** `proof`: of the matched row; undefined for every row and page that is for this machine alone. */
export function unreachable(
  request: Pick<IncomingMessage, "headersDistinct" | "method">,
  proof: Proof | undefined,
  { publicUrl, proofs }: Outside,
): Unreachable | undefined {
  const caller = callerOf(request, publicUrl);
  if (caller.from === "unknown") return "not-this-machine";
  if (caller.from === "outside" && (proof === undefined || !proofs.has(proof))) return "not-this-machine";
  return isForgeable(request.method, caller, proof) && isForeignPage(request, caller.ownOrigin)
    ? "foreign-page"
    : undefined;
}

/**
 * Whether a page of another site could gain something: on this machine, where the browser lends it the reach that is the only
 * protection; and on the page of a link, whose form is for people. From outside each key, signature and token is checked, and
 * anybody could send it without a browser: there an `Origin` header means nothing, and no alert is refused for it.
 */
const isForgeable = (method: string | undefined, { from }: Caller, proof: Proof | undefined): boolean =>
  method !== "GET" && method !== "HEAD" && (from === "this machine" || proof === "link");
