// "All clear" is verified before it is believed: something that flaps must not stand people down and wake them again. While
// other symptoms fire, those that ended are taken off what pages say.
import { type Decision, nothing } from "../../aggregate.ts";
import { symptomOf } from "../../symptom.ts";
import { type Duration, type Instant, seconds } from "../../time.ts";
import type { IncidentCommand } from "../commands.ts";
import type { Draft } from "../draft.ts";
import type { IncidentEvent } from "../events.ts";
import { standDown } from "../stand-down.ts";
import { type Incident, isDeclared, isOver, waitsForProof } from "../state.ts";
import { believeAllClear } from "./all-clear.ts";
import { foldFor, foldUntilLater } from "./fold.ts";
import { survey } from "./survey.ts";
import { isFiring } from "./symptoms.ts";

/** Nothing may fire for so long before an all-clear is believed. */
export const clearFor: Duration = seconds(5);

type ClearSignal = Extract<IncidentCommand, { type: "ClearSignal" }>;

export function clearSignal(draft: Draft, order: ClearSignal): Decision<IncidentEvent> {
  const { phase, signal } = draft.state();
  if (phase === "unopened" || isOver(phase)) return nothing;
  const quietFor = order.quietFor ?? 0;
  const verifyAt = draft.command.at + Math.max(clearFor, quietFor);
  if (signal.clear !== undefined) {
    // Of several that end the one that keeps coming back decides how long is waited.
    const isLonger = waitsForProof(signal) && quietFor > clearFor && verifyAt > signal.clear.verifyAt;
    if (isLonger) draft.add({ type: "SignalCleared", verifyAt });
    return draft.decision();
  }
  if (draft.facts.signal?.firing === false) draft.add({ type: "SignalCleared", verifyAt });
  else if (mayEnd(draft.state(), order.ended)) noteEnds(draft, order);
  return draft.decision();
}

/** Whether a symptom that is listed as firing may have ended. */
export const mayEnd = ({ signal }: Incident, ended: readonly string[]): boolean => {
  const keys = new Set(ended.map(symptomOf));
  return signal.symptoms.some((symptom) => isFiring(symptom) && keys.has(symptomOf(symptom.title)));
};

/** Symptoms that end one after the other are folded like those that join. */
export const endsAtOnce = ({ signal }: Incident, now: Instant): boolean =>
  signal.endedAt === undefined || now - signal.endedAt >= foldFor;

function noteEnds(draft: Draft, { at, ended }: ClearSignal): void {
  if (endsAtOnce(draft.state(), at)) survey(draft, { count: 0, brought: [], ended });
  else foldUntilLater(draft, draft.state().signal.endedAt ?? at);
}

/** Called when the time of verification has come. */
export function verifyClear(draft: Draft): void {
  if (draft.facts.signal?.firing !== false) {
    draft.add({ type: "SignalReturned" });
    survey(draft, { count: 0, brought: [], ended: [] });
  } else if (isDeclared(draft.state().phase)) believeAllClear(draft);
  else standDown(draft, "signal-clear");
}
