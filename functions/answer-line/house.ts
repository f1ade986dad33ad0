// What every step of a call has at hand.
import type { HeldCommand, HeldEvent, Held as HeldState } from "../core/limits/held.ts";
import type { CallScript } from "../core/voice/script.ts";
import type { Decisions } from "../decisions.ts";
import type { Dispatcher } from "../dispatcher.ts";
import type { Tools } from "../lambda.ts";
import type { Meters } from "../meters.ts";
import type { PortsOf } from "../subscriptions.ts";
import type { LineCall } from "./call.ts";
import type { PinGate } from "./pin-gate.ts";

type Ours = PortsOf<"answer-line">;

export interface House extends Omit<Ours, "incidents">, Decisions {
  readonly openIncidents: Ours["incidents"];
  readonly meters: Meters;
  readonly gate: PinGate;
  readonly heldCalls: Dispatcher<HeldState, HeldCommand, HeldEvent>;
}

/** `about` and `more` are the rest of the path, as an earlier step of ours wrote it. */
export interface At {
  readonly call: LineCall;
  readonly about: string;
  readonly more: string;
  readonly tools: Tools;
}

export type LineStep = (house: House, at: At) => Promise<CallScript>;
