// Fires that were taken for late copies are told to the incident that their alert belonged to.

import type { StreamId } from "../core/aggregate.ts";
import type { AlertRecord } from "../core/alert.ts";
import { byHub } from "../core/command.ts";
import { freshCopyOf } from "../core/late-message.ts";
import { longestTitle } from "../core/symptom.ts";
import type { Decisions } from "../decisions.ts";
import type { PortsOf } from "../subscriptions.ts";

type House = PortsOf<"handle-alert"> & Decisions;

export async function tellLateCopies(house: House, records: readonly AlertRecord[]): Promise<void> {
  const copies = records.flatMap((record) => {
    const copy = freshCopyOf(record);
    return copy?.incident === undefined ? [] : [{ record, at: copy.at, incident: copy.incident }];
  });
  for (const [incident, group = []] of Object.entries(Object.groupBy(copies, (copy) => copy.incident))) {
    const [first] = group;
    if (first === undefined) continue;
    const { id, title, drill } = first.record;
    const envelope = byHub("handle-alert", `copy ${id}.${first.at}`, house.clock.now(), drill);
    const order = {
      type: "RecordLateCopies",
      title: title.slice(0, longestTitle),
      count: group.length,
    } as const;
    await house.incidents.dispatch(incident as StreamId, { ...envelope, ...order });
  }
}
