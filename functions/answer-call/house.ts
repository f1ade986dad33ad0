// What every step of the call has at hand, and the key that led to it.
import type { Decisions } from "../decisions.ts";
import type { PortsOf } from "../subscriptions.ts";

export type House = PortsOf<"answer-call"> & Decisions;

export interface Pressed {
  /** The round of the prompt that listened. */
  readonly step: string;
  readonly digits: string;
  readonly sid: string;
}
