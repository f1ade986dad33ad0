// Streams that time has something to say to, from the index of their heads. The index may lag behind: whoever is told
// of a stream loads it and looks again.
import type { StreamId } from "../../core/aggregate.ts";
import { drainRanks } from "../../core/severity.ts";
import type { Instant } from "../../core/time.ts";
import type { Timers } from "../../ports.ts";
import type { Access } from "./access.ts";
import { put } from "./items.ts";
import { dueShard, pulseKey } from "./keys.ts";
import { all } from "./queries.ts";
import { shards } from "./shards.ts";

type Due = Awaited<ReturnType<Timers["due"]>>[number];

export const dynamoTimers = (access: Access): Timers => ({
  async due(now, limit) {
    const ranks = await Promise.all(
      Array.from({ length: drainRanks }, (_, rank) => dueOfRank(access, rank, now, limit)),
    );
    return ranks.flat().slice(0, limit);
  },
  async pulse(now) {
    await put(access, { ...pulseKey, at: now });
  },
});

async function dueOfRank(access: Access, rank: number, now: Instant, limit: number): Promise<readonly Due[]> {
  const found = await Promise.all(
    shards.map((shard) =>
      all(access, {
        index: "due",
        where: "#dueShard = :shard AND #due <= :now",
        values: { ":shard": dueShard(rank, shard), ":now": now },
        limit,
      }),
    ),
  );
  return found
    .flat()
    .map((item) => ({ stream: item["pk"] as StreamId, due: item["due"] as Instant }))
    .toSorted((a, b) => a.due - b.due);
}
