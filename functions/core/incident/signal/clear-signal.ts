// "All clear" is verified before it is believed: something that flaps must not stand people down and wake them again.
import { type Decision, nothing } from "../../aggregate.ts";
import { type Duration, seconds } from "../../time.ts";
import type { Draft } from "../draft.ts";
import type { IncidentEvent } from "../events.ts";
import { standDown } from "../stand-down.ts";
import { isDeclared, isOver } from "../state.ts";
import { believeAllClear } from "./all-clear.ts";

/** Nothing may fire for so long before an all-clear is believed. */
export const clearFor: Duration = seconds(5);

export function clearSignal(draft: Draft): Decision<IncidentEvent> {
  const { phase, signal } = draft.state();
  if (phase === "unopened" || isOver(phase) || signal.clear !== undefined) return nothing;
  if (draft.facts.signal?.firing !== false) return nothing;
  draft.add({ type: "SignalCleared", verifyAt: draft.command.at + clearFor });
  return draft.decision();
}

/** Called when the time of verification has come. */
export function verifyClear(draft: Draft): void {
  if (draft.facts.signal?.firing !== false) draft.add({ type: "SignalReturned" });
  else if (isDeclared(draft.state().phase)) believeAllClear(draft);
  else standDown(draft, "signal-clear");
}
