// Takes in which symptoms fire and which have ended, by what an order brought and by what the store knows, and lets pages
// speak of the gravest one that fires.
import { gravestFirst, isWorse } from "../../severity.ts";
import { symptomOf } from "../../symptom.ts";
import type { Draft } from "../draft.ts";
import type { AlertSample } from "../events.ts";
import type { Symptom } from "../state.ts";
import { settleFor } from "./fold.ts";
import { isFiring, symptomsListed } from "./symptoms.ts";

interface Observed {
  /** Alerts that are not on the timeline yet. */
  readonly count: number;
  /** Alerts that fire, and may not have reached the store's index. */
  readonly brought: readonly AlertSample[];
  /** Titles of alerts that ended just now. */
  readonly ended: readonly string[];
}

export function survey(draft: Draft, { count, brought, ended }: Observed): void {
  const over = endedSymptoms(draft, brought, ended);
  if (over.length > 0) draft.add({ type: "SymptomsEnded", samples: over.map(sampleOf) });
  const samples = changedSamples(draft, brought);
  const [first, ...others] = samples;
  // What only became graver than all the rest has joined before.
  const leads =
    count === 0 && first !== undefined && isWorse(first.severity, draft.state().signal.lead.severity);
  const joining = leads ? others : samples;
  if (leads) draft.add({ type: "LeadAlertChanged", ...first });
  if (count > 0 || joining.length > 0) draft.add({ type: "AlertsJoined", count, samples: joining });
  followGravest(draft);
}

/**
 * Listed symptoms of which no alert fires any more. The index may not know yet of those that joined within moments, unless
 * they are named.
 */
function endedSymptoms(
  draft: Draft,
  brought: readonly AlertSample[],
  ended: readonly string[],
): readonly Symptom[] {
  const { symptoms: found } = draft.facts;
  if (found === undefined) return [];
  const firing = new Set([...found.alerts, ...brought].map(({ title }) => symptomOf(title)));
  const named = new Set(ended.map(symptomOf));
  const last = found.alerts.at(-1);
  return draft.state().signal.symptoms.filter((symptom) => {
    const key = symptomOf(symptom.title);
    if (!isFiring(symptom) || firing.has(key)) return false;
    if (!found.whole && (last === undefined || !isWorse(symptom.severity, last.severity))) return false;
    return named.has(key) || draft.command.at - symptom.at > settleFor;
  });
}

/** One of each symptom that is not listed, has ended by the list, or is another severity now; the gravest first. */
function changedSamples(draft: Draft, brought: readonly AlertSample[]): readonly AlertSample[] {
  const { signal } = draft.state();
  const listed = new Map(signal.symptoms.map((symptom) => [symptomOf(symptom.title), symptom]));
  const found = draft.facts.symptoms?.alerts ?? [];
  const changed = new Map<string, AlertSample>();
  const take = (sample: AlertSample, isNews: (known: Symptom) => boolean): void => {
    const key = symptomOf(sample.title);
    const [known, taken] = [listed.get(key), changed.get(key)];
    if (known !== undefined && isFiring(known) && !isNews(known)) return;
    if (taken === undefined || isWorse(sample.severity, taken.severity)) changed.set(key, sample);
  };
  for (const sample of brought)
    take(sample, (known) => isWorse(sample.severity, known.severity) || isLessNow(draft, sample, known));
  // The store knows all alerts of a symptom, and so the gravest of it.
  for (const sample of found)
    take(sample, (known) => known.severity !== sample.severity && draft.command.at - known.at > settleFor);
  return [...changed.values()].toSorted(gravestFirst).slice(0, symptomsListed).map(sampleOf);
}

/** The very alert that is listed became less grave; another one of the same symptom may still be as grave as before. */
function isLessNow(draft: Draft, sample: AlertSample, known: Symptom): boolean {
  if (sample.alert !== known.alert || sample.severity === known.severity) return false;
  const other = draft.facts.symptoms?.alerts.find(({ title }) => symptomOf(title) === symptomOf(known.title));
  return other === undefined || other.alert === known.alert || !isWorse(other.severity, sample.severity);
}

/** While nothing fires pages go on speaking of the last symptom that did. */
function followGravest(draft: Draft): void {
  const { lead, symptoms } = draft.state().signal;
  const first = symptoms[0];
  if (first === undefined || !isFiring(first)) return;
  if (symptomOf(first.title) === symptomOf(lead.title) && first.severity === lead.severity) return;
  draft.add({ type: "LeadAlertChanged", ...sampleOf(first) });
}

const sampleOf = ({ alert, title, severity, since }: AlertSample): AlertSample => ({
  alert,
  title,
  severity,
  since,
});
