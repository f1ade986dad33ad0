// Hands on anew what nobody has settled: its item changes, so that the feed carries it once more.
import { isHandOnDue, unsettledAfter } from "../../core/hand-on.ts";
import type { Instant } from "../../core/time.ts";
import type { AlertLedger } from "../../ports.ts";
import type { Access } from "./access.ts";
import { announcement } from "./alert-items.ts";
import { getAll, update } from "./items.ts";
import { type ItemKey, unsettledShard } from "./keys.ts";
import { inParallel } from "./parallel.ts";
import { all } from "./queries.ts";
import type { Item } from "./refused.ts";
import { shards } from "./shards.ts";

export async function handOn(access: Access, now: Instant, limit: number): ReturnType<AlertLedger["handOn"]> {
  const named = await Promise.all(shards.map((shard) => unsettled(access, shard, now, limit)));
  const keys = named
    .flat()
    .toSorted((a, b) => (a["due"] as Instant) - (b["due"] as Instant))
    .slice(0, limit)
    .map(({ pk, sk }) => ({ pk, sk }) as ItemKey);
  // The index may still name what was settled a moment ago.
  const waiting = (await getAll(access, keys)).filter((item) => item["dueShard"] !== undefined);
  const due = waiting.filter((item) => isHandOnDue(item["due"] as Instant, item["passedAt"] as Instant, now));
  const done = await inParallel(due, (item) => announceAnew(access, item, now));
  return {
    handedOn: done.filter(Boolean).length,
    oldest: waiting.length === 0 ? undefined : Math.min(...waiting.map((item) => item["due"] as Instant)),
  };
}

const unsettled = (access: Access, shard: number, now: Instant, limit: number): Promise<readonly Item[]> =>
  all(access, {
    index: "due",
    where: "#dueShard = :shard AND #due <= :before",
    values: { ":shard": unsettledShard(shard), ":before": now - unsettledAfter },
    limit,
  });

async function announceAnew(access: Access, item: Item, now: Instant): Promise<boolean> {
  const { pk, sk, passedAt } = item as Item & ItemKey;
  const { done } = await update(
    access,
    { pk, sk },
    {
      set: { passedAt: now, announced: announcement(item["revision"] as number | undefined, now) },
      add: { edit: 1 },
      // Settled, dropped, or handed on by a repeat of its own meanwhile.
      condition: "attribute_exists(#dueShard) AND #passedAt = :passedAt",
      values: { ":passedAt": passedAt },
    },
  );
  return done;
}
