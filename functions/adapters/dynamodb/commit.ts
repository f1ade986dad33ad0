// One decision as one transaction: head, events, names and cause together, or nothing of it.
import type { ClaimChange, StreamId } from "../../core/aggregate.ts";
import { drainRank } from "../../core/severity.ts";
import type { Commit, Committed } from "../../ports.ts";
import type { Access } from "./access.ts";
import { claimWrites } from "./claim-writes.ts";
import { eventItems } from "./event-items.ts";
import { expiryOf, memory } from "./expiry.ts";
import { causeKey, dueShard, headKey } from "./keys.ts";
import type { Item } from "./refused.ts";
import { shardOf } from "./shards.ts";
import { transact, type Write } from "./transaction.ts";

type Part =
  | { readonly name: "head" | "events" | "cause"; readonly write: Write }
  | { readonly name: "take" | "release"; readonly claim: ClaimChange; readonly write: Write };

export async function append(access: Access, commit: Commit): Promise<Committed> {
  const version = commit.expected + (commit.events.length === 0 ? 0 : 1);
  const fixed: readonly Part[] = [
    headPart(commit, version),
    ...eventParts(commit, version),
    ...causeParts(commit),
  ];
  let claims: readonly Part[] = claimWrites(commit);
  for (;;) {
    const parts = [...fixed, ...claims];
    const done = await transact(
      access,
      parts.map(({ write }) => write),
      `A commit to ${commit.stream}`,
    );
    if (done.outcome === "done") return { outcome: "committed", version };
    const no = refusalOf(parts, done.refused);
    if (no !== undefined) return no;
    // What is left are names given back that this stream does not hold: there is nothing to give back.
    const idle = new Set(parts.filter((_, place) => done.refused.has(place)));
    claims = claims.filter((part) => !idle.has(part));
  }
}

function refusalOf(
  parts: readonly Part[],
  refused: ReadonlyMap<number, Item | undefined>,
): Committed | undefined {
  const failed = parts.flatMap((part, place) =>
    refused.has(place) ? [{ part, item: refused.get(place) }] : [],
  );
  if (failed.some(({ part }) => part.name === "cause")) return { outcome: "already-seen" };
  if (failed.some(({ part }) => part.name === "head" || part.name === "events"))
    return { outcome: "conflict" };
  for (const { part, item } of failed) {
    if (part.name !== "take") continue;
    const holder = item?.["holder"] as StreamId | undefined;
    // Given back between the refusal and now: whoever decides again will get it.
    if (holder === undefined) return { outcome: "conflict" };
    return { outcome: "claim-lost", key: part.claim.key, holder };
  }
  return undefined;
}

function headPart(commit: Commit, version: number): Part {
  const { stream, expected, epoch, nextDue, summary } = commit;
  const change = {
    set: {
      version,
      epoch,
      due: nextDue,
      dueShard: nextDue === undefined ? undefined : dueShard(drainRank(summary), shardOf(stream)),
      summary,
      listed: summary?.state,
      openedAt: summary?.openedAt,
    },
    condition: expected === 0 ? "attribute_not_exists(#pk) OR #version = :expected" : "#version = :expected",
    values: { ":expected": expected },
  };
  return { name: "head", write: { kind: "update", key: headKey(stream), change } };
}

const eventParts = ({ stream, drill, events }: Commit, version: number): readonly Part[] =>
  eventItems(stream, version, drill, events).map((item) => ({
    name: "events",
    write: { kind: "put", item, condition: "attribute_not_exists(#pk)" },
  }));

function causeParts({ stream, cause, at }: Commit): readonly Part[] {
  if (cause === undefined) return [];
  const item = { ...causeKey(stream, cause), expires: expiryOf(at + memory) };
  const condition = "attribute_not_exists(#pk) OR #expires < :now";
  return [{ name: "cause", write: { kind: "put", item, condition, values: { ":now": expiryOf(at) } } }];
}
