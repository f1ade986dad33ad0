// What it takes to understand a reply, whichever carrier brought it.
import type { Decisions } from "../decisions.ts";
import type { Ports } from "../ports.ts";

export interface House extends Decisions, Pick<Ports, "clock" | "claims" | "journal"> {
  readonly dialIn: Pick<Ports["dialIn"], "callerDigest">;
}
