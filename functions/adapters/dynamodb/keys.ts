// Where everything lies in the table: partition and sort key of each kind of item. Every kind has a sort key of its own
// form, so that whoever reads the feed tells them apart by it.
import type { StreamId } from "../../core/aggregate.ts";
import type { Instant } from "../../core/time.ts";

export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** Instants and versions as text that sorts as they do. */
const sortable = (n: number, digits: number): string => String(n).padStart(digits, "0");
const versionText = (version: number): string => sortable(version, 10);
const instantText = (at: Instant): string => sortable(at, 14);

/** After everything that begins with the prefix: "~" follows whatever the keys are made of. */
export const after = (prefix: string): string => `${prefix}~`;

export const headKey = (stream: StreamId): ItemKey => ({ pk: stream, sk: "head" });
export const commitPrefix = (version: number): string => `commit#${versionText(version)}`;
export const commitKey = (stream: StreamId, version: number, part: number): ItemKey => ({
  pk: stream,
  sk: `${commitPrefix(version)}#${sortable(part, 3)}`,
});
export const causeKey = (stream: StreamId, cause: string): ItemKey => ({ pk: stream, sk: `cause#${cause}` });
export const snapshotKey = (stream: StreamId, version: number, schema: number, part: number): ItemKey => ({
  pk: stream,
  sk: `snapshot#${versionText(version)}#${schema}#${sortable(part, 3)}`,
});

/** Names lie together by their first word, so that those that begin alike can be listed. */
export const claimKey = (name: string): ItemKey => ({ pk: claimPartition(name), sk: name });
export const claimPartition = (name: string): string => `claim#${name.split("/", 1)[0] ?? ""}`;

export const alertKey = (id: string): ItemKey => ({ pk: `alert#${id}`, sk: "alert" });
export const alertDetailKey = (id: string): ItemKey => ({ pk: `alert#${id}`, sk: "detail" });
export const stashKey = (ref: string): ItemKey => ({ pk: `stash#${ref}`, sk: "stash" });

export const memberCountPartition = (incident: StreamId): string => `members#${incident}`;
export const memberCountKey = (incident: StreamId, shard: number): ItemKey => ({
  pk: memberCountPartition(incident),
  sk: `members#${shard}`,
});

export const leaseKey = (delivery: string): ItemKey => ({ pk: `lease#${delivery}`, sk: "lease" });

export const configPartition = "config";
export const pointerKey: ItemKey = { pk: configPartition, sk: "pointer" };
export const configVersionKey = (at: Instant, version: string): ItemKey => ({
  pk: configPartition,
  sk: `version#${instantText(at)}#${version}`,
});
export const configItemKey = (version: string, key: string): ItemKey => ({
  pk: `config#${version}`,
  sk: key,
});

export const letterPartition = "letters";
export const letterKey = (at: Instant, id: string): ItemKey => ({
  pk: letterPartition,
  sk: `letter#${instantText(at)}#${id}`,
});
export const redriveKey = (id: string): ItemKey => ({ pk: `redrive#${id}`, sk: "redrive" });

/** The sweep's mark: one item, written anew every minute. */
export const pulseKey: ItemKey = { pk: "pulse", sk: "pulse" };

/** Where the index of due streams keeps those of one rank (core/severity.ts). */
export const dueShard = (rank: number, shard: number): string => `due#${rank}#${shard}`;
/** Beside them lies what was taken and is not settled, by when it was taken. */
export const unsettledShard = (shard: number): string => `unsettled#${shard}`;
