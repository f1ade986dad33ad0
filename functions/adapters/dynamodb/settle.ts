// Writes how an alert ended onto its record, and counts those that an incident took in.
import type { StreamId } from "../../core/aggregate.ts";
import type { Disposition } from "../../core/alert.ts";
import type { AlertLedger } from "../../ports.ts";
import type { Access } from "./access.ts";
import { joins, memberKey, settledFields } from "./alert-items.ts";
import { update } from "./items.ts";
import { alertKey } from "./keys.ts";
import { addMembers } from "./members.ts";
import { inParallel } from "./parallel.ts";

type Settlement = Parameters<AlertLedger["settle"]>[0][number];

/** The count is written after the records: a crash between them loses a number, never an alert. */
export async function settleAlerts(access: Access, settlements: readonly Settlement[]): Promise<void> {
  const counts = new Map<StreamId, number>();
  try {
    await inParallel(settlements, async (settlement) => {
      const incident = await settleAlert(access, settlement);
      if (incident !== undefined) counts.set(incident, (counts.get(incident) ?? 0) + 1);
    });
  } finally {
    // Also when one of them failed: those that are settled are known as such, and never counted again.
    await inParallel([...counts], ([incident, count]) => addMembers(access, incident, count));
  }
}

/** The incident that it came into by this settlement; undefined when there is none, or when it was in there before. */
async function settleAlert(
  access: Access,
  { id, revision, disposition, passedAt: settledPass }: Settlement,
): Promise<StreamId | undefined> {
  const incident = joins(disposition) as StreamId | undefined;
  const settled = incidentOf(disposition) as StreamId | undefined;
  const set = {
    disposition,
    settledPass,
    ...settledFields,
    ...(settled === undefined ? {} : { incident: settled }),
  };
  const current = { values: { ":revision": revision }, condition: "#revision = :revision" };
  const firing = {
    values: { ...current.values, ":firing": "firing" },
    condition: `${current.condition} AND #status = :firing`,
  };
  const asMember = incident === undefined ? {} : { memberOf: memberKey(incident, id) };
  let write = await update(access, alertKey(id), {
    set: { ...set, ...asMember },
    add: { edit: 1 },
    ...(incident === undefined ? current : firing),
  });
  // It does not fire any more: then it is counted, but nothing waits for its end.
  if (!write.done && incident !== undefined && write.before?.["revision"] === revision)
    write = await update(access, alertKey(id), { set, add: { edit: 1 }, ...current });
  return write.done && write.before?.["incident"] !== settled ? settled : undefined;
}

const incidentOf = (disposition: Disposition): string | undefined =>
  disposition.kind === "suppressed" ? undefined : disposition.incident;
