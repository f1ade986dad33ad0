// Alerts that ended: their incident is told that perhaps nothing fires any more.
import type { StreamId } from "../core/aggregate.ts";
import type { AlertRecord, Disposition } from "../core/alert.ts";
import { byHub } from "../core/command.ts";
import { quietTime } from "../core/quiet-time.ts";
import { longestTitle, symptomOf } from "../core/symptom.ts";
import type { Decisions } from "../decisions.ts";
import type { PortsOf } from "../subscriptions.ts";

type House = PortsOf<"handle-alert"> & Decisions;

export async function clear(house: House, resolved: readonly AlertRecord[]): Promise<void> {
  if (resolved.length === 0) return;
  const { alerts, clock, incidents } = house;
  await alerts.settle(
    resolved.map(({ id, revision, passedAt, incident }) => ({
      id,
      revision,
      passedAt,
      disposition: endOf(incident),
    })),
  );
  for (const incident of new Set(resolved.map((record) => record.incident))) {
    if (incident === undefined) continue;
    const members = resolved.filter((record) => record.incident === incident);
    const quietFor = Math.max(...members.map((record) => quietTime(record, clock.now())));
    const id = `clear ${resolved[0]?.id}.${resolved[0]?.revision}`;
    const envelope = byHub("handle-alert", id, clock.now(), resolved[0]?.drill);
    const order = { type: "ClearSignal", ended: symptomsOf(members), quietFor } as const;
    // Also when it was settled before: the order may have been lost between the two.
    await incidents.dispatch(incident as StreamId, { ...envelope, ...order });
  }
}

/** A title of each symptom. */
const symptomsOf = (records: readonly AlertRecord[]): readonly string[] => [
  ...new Map(records.map(({ title }) => [symptomOf(title), title.slice(0, longestTitle)])).values(),
];

/** An alert that ended before anybody took it woke nobody. */
const endOf = (incident: string | undefined): Disposition =>
  incident === undefined
    ? { kind: "suppressed", reason: "resolved-while-waiting" }
    : { kind: "resolved", incident };
