// An alert's record as an item of the table. Beside what core knows it holds what the store needs of it: `edit`, which
// every write but a mere count raises; `announced`, whose change tells the feed to carry it; `memberOf` and `gravity`,
// `dueShard` and `due`, for the indexes.
import type { StreamId } from "../../core/aggregate.ts";
import type { AlertRecord, Disposition, Taken } from "../../core/alert.ts";
import { gravityOf } from "../../core/symptom.ts";
import type { Instant } from "../../core/time.ts";
import { unsettledShard } from "./keys.ts";
import type { Item } from "./refused.ts";
import { shardOf } from "./shards.ts";

const fields = [
  "id",
  "revision",
  "source",
  "service",
  "correlation",
  "drill",
  "status",
  "severity",
  "title",
  "since",
  "until",
  "acceptedAt",
  "passedAt",
  "count",
  "disposition",
  "settledPass",
  "incident",
  "memory",
] as const satisfies readonly (keyof AlertRecord)[];

export const recordFrom = (item: Item): AlertRecord =>
  Object.fromEntries(
    fields.flatMap((field) => (item[field] === undefined ? [] : [[field, item[field]]])),
  ) as unknown as AlertRecord;

/** All of a record but its count, which others may be adding to; what is missing is removed. */
export function changedFields({ record, publish }: Taken): Record<string, unknown> {
  const { count: _counted, ...kept } = Object.fromEntries(fields.map((field) => [field, record[field]]));
  const fires = record.status === "firing" && record.incident !== undefined;
  return {
    ...kept,
    gravity: gravityOf(record),
    memberOf: fires ? memberKey(record.incident as StreamId, record.id) : undefined,
    ...(record.disposition === undefined ? unsettledFields(record.id, record.acceptedAt) : settledFields),
    ...(publish ? { announced: announcement(record.revision, record.passedAt) } : {}),
  };
}

/** `revision` is undefined for what is no alert. */
export const announcement = (revision: number | undefined, passedAt: Instant): string =>
  `${revision ?? 0}.${passedAt}`;

/** By these the index lists what nobody has settled. */
export const unsettledFields = (id: string, takenAt: Instant) => ({
  dueShard: unsettledShard(shardOf(id)),
  due: takenAt,
});
export const settledFields = { dueShard: undefined, due: undefined };

export const memberKey = (incident: StreamId, alert: string): string => memberShard(incident, shardOf(alert));
/** Spread, because the alerts of one storm all join one incident. */
export const memberShard = (incident: StreamId, shard: number): string => `${incident}#${shard}`;

/** The incident that a disposition puts its alert into. */
export const joins = (disposition: Disposition): string | undefined =>
  disposition.kind === "opened" || disposition.kind === "joined" ? disposition.incident : undefined;
