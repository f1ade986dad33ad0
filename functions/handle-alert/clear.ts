// Alerts that ended: their incident is told that perhaps nothing fires any more.
import type { StreamId } from "../core/aggregate.ts";
import type { AlertRecord, Disposition } from "../core/alert.ts";
import { byHub } from "../core/command.ts";
import { longestTitle, symptomOf } from "../core/symptom.ts";
import type { Decisions } from "../decisions.ts";
import type { PortsOf } from "../subscriptions.ts";

type House = PortsOf<"handle-alert"> & Decisions;

export async function clear(house: House, resolved: readonly AlertRecord[]): Promise<void> {
  if (resolved.length === 0) return;
  const { alerts, clock, incidents } = house;
  await alerts.settle(
    resolved.map(({ id, revision, incident }) => ({ id, revision, disposition: endOf(incident) })),
  );
  for (const incident of new Set(resolved.map((record) => record.incident))) {
    if (incident === undefined) continue;
    const ended = endedIn(resolved, incident);
    const id = `clear ${resolved[0]?.id}.${resolved[0]?.revision}`;
    const envelope = byHub("handle-alert", id, clock.now(), resolved[0]?.drill);
    // Also when it was settled before: the order may have been lost between the two.
    await incidents.dispatch(incident as StreamId, { ...envelope, type: "ClearSignal", ended });
  }
}

/** A title of each symptom. */
const endedIn = (resolved: readonly AlertRecord[], incident: string): readonly string[] => [
  ...new Map(
    resolved
      .filter((record) => record.incident === incident)
      .map(({ title }) => [symptomOf(title), title.slice(0, longestTitle)]),
  ).values(),
];

/** An alert that ended before anybody took it woke nobody. */
const endOf = (incident: string | undefined): Disposition =>
  incident === undefined
    ? { kind: "suppressed", reason: "resolved-while-waiting" }
    : { kind: "resolved", incident };
