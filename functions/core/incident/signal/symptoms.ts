// The distinct symptoms of an incident, bounded: which of them fire, and which one its pages speak of.
import { gravestFirst, isWorse } from "../../severity.ts";
import { symptomOf } from "../../symptom.ts";
import { type Duration, type Instant, minutes } from "../../time.ts";
import type { AlertSample } from "../events.ts";
import { type Incident, isOver, type Signal, type Symptom } from "../state.ts";

/** An incident lists this many symptoms; further ones are counted only. */
export const symptomsListed = 20;

/** Whatever fires before what has ended; then the gravest, then the newest. */
const order = (a: Symptom, b: Symptom): number =>
  Number(a.endedAt !== undefined) - Number(b.endedAt !== undefined) || gravestFirst(a, b) || b.at - a.at;

/** What was quiet for so long has joined anew when it fires again. */
const quietFor: Duration = minutes(1);

const joinsAnew = (before: Symptom, { severity }: AlertSample, at: Instant): boolean =>
  isWorse(severity, before.severity) || (before.endedAt !== undefined && at - before.endedAt >= quietFor);

/** The list with these symptoms on it, as they are now. A symptom that was listed before keeps the time when it joined. */
export function withSymptoms(
  signal: Signal,
  samples: readonly AlertSample[],
  at: Instant,
): Pick<Signal, "symptoms" | "unlisted"> {
  const news = new Map(samples.map((sample) => [symptomOf(sample.title), sample]));
  const known = new Map(signal.symptoms.map((symptom) => [symptomOf(symptom.title), symptom]));
  const changed = [...news].map(([key, sample]): Symptom => {
    const before = known.get(key);
    return { ...sample, at: before === undefined || joinsAnew(before, sample, at) ? at : before.at };
  });
  const kept = signal.symptoms.filter(({ title }) => !news.has(symptomOf(title)));
  const all = [...changed, ...kept].toSorted(order);
  return {
    symptoms: all.slice(0, symptomsListed),
    unlisted: signal.unlisted + Math.max(all.length - symptomsListed, 0),
  };
}

export function withoutSymptoms(
  signal: Signal,
  ended: readonly AlertSample[],
  at: Instant,
): readonly Symptom[] {
  const keys = new Set(ended.map(({ title }) => symptomOf(title)));
  return signal.symptoms
    .map((symptom) =>
      keys.has(symptomOf(symptom.title)) ? { ...symptom, endedAt: symptom.endedAt ?? at } : symptom,
    )
    .toSorted(order);
}

export const isFiring = ({ endedAt }: Symptom): boolean => endedAt === undefined;

/** The alert that words are about, and how many other symptoms fire beside it. */
export interface Spoken extends Pick<AlertSample, "title" | "severity" | "since"> {
  readonly more: number;
}

/** What pages, cards and texts speak of now: the gravest symptom that fires. Of what is over: the gravest that it had. */
export function spokenOf({ phase, signal }: Pick<Incident, "phase" | "signal">): Spoken {
  if (isOver(phase)) return { ...signal.gravest, more: 0 };
  const lead = symptomOf(signal.lead.title);
  const others = signal.symptoms.filter((symptom) => isFiring(symptom) && symptomOf(symptom.title) !== lead);
  return { ...signal.lead, more: others.length };
}
