// Streams that time has something to say to, from the index of their heads. The index may lag behind: whoever is told
// of a stream loads it and looks again.
import type { StreamId } from "../../core/aggregate.ts";
import type { Instant } from "../../core/time.ts";
import type { Timers } from "../../ports.ts";
import type { Access } from "./access.ts";
import { all } from "./queries.ts";
import { shards } from "./shards.ts";

export const dynamoTimers = (access: Access): Timers => ({
  async due(now, limit) {
    const found = await Promise.all(
      shards.map((shard) =>
        all(access, {
          index: "due",
          where: "#dueShard = :shard AND #due <= :now",
          values: { ":shard": `due#${shard}`, ":now": now },
          limit,
        }),
      ),
    );
    return found
      .flat()
      .map((item) => ({ stream: item["pk"] as StreamId, due: item["due"] as Instant }))
      .toSorted((a, b) => a.due - b.due)
      .slice(0, limit);
  },
});
