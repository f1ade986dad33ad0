// What the simulator is asked and what it may do about it, apart from any socket.
import type { Answer } from "./refusals.ts";

export interface SimulatorRequest {
  readonly method: string;
  /** With its query, from the host's root: `/simulator/…`. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export type SimulatorReply =
  | ({ readonly kind: "answer" } & Answer)
  /** Breaks the connection. */
  | { readonly kind: "reset" }
  /** Never answers. */
  | { readonly kind: "silence" }
  | { readonly kind: "events"; readonly follow: (signal: AbortSignal) => AsyncIterable<unknown> };

export const answer = (said: Answer): SimulatorReply => ({ kind: "answer", ...said });
