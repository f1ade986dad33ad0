// Incidents by when they were opened: the index tells which, their heads tell what they are now.
import type { StreamId, Summary } from "../../core/aggregate.ts";
import type { Instant } from "../../core/time.ts";
import type { Incidents, Listed } from "../../ports.ts";
import type { Access } from "./access.ts";
import { getAll } from "./items.ts";
import { headKey } from "./keys.ts";
import { ask } from "./queries.ts";
import type { Item } from "./refused.ts";

export function dynamoIncidents(access: Access): Incidents {
  const list =
    (state: Summary["state"]) =>
    async (limit: number, before?: Instant): Promise<readonly Listed[]> => {
      const streams = await newest(access, state, limit, before);
      const heads = await getAll(access, streams.map(headKey));
      return heads
        .map(line)
        .filter((incident) => incident.state === state)
        .toSorted((a, b) => b.openedAt - a.openedAt);
    };
  return { open: list("open"), ended: list("ended") };
}

// Those opened in the same millisecond stay on one page, or the next page, which begins before it, would pass them over.
async function newest(
  access: Access,
  state: "open" | "ended",
  limit: number,
  before: Instant | undefined,
): Promise<readonly StreamId[]> {
  const streams: StreamId[] = [];
  let last: Instant | undefined;
  for await (const item of ask(access, {
    index: "listing",
    where: before === undefined ? "#listed = :state" : "#listed = :state AND #openedAt < :before",
    values: { ":state": state, ...(before === undefined ? {} : { ":before": before }) },
    newestFirst: true,
  })) {
    if (streams.length >= limit && item["openedAt"] !== last) break;
    last = item["openedAt"] as Instant;
    streams.push(item["pk"] as StreamId);
  }
  return streams;
}

const line = (head: Item): Listed => ({
  ...(head["summary"] as Summary),
  stream: head["pk"] as StreamId,
  version: head["version"] as number,
});
