// The alerts of an incident, beside its stream: who still fires from the index, how many there were from a few counters.
import type { StreamId } from "../../core/aggregate.ts";
import type { Members } from "../../ports.ts";
import type { Access } from "./access.ts";
import { memberShard } from "./alert-items.ts";
import { firingSymptoms } from "./firing.ts";
import { update } from "./items.ts";
import { memberCountKey, memberCountPartition } from "./keys.ts";
import { inParallel } from "./parallel.ts";
import { all, ask } from "./queries.ts";
import { anyShard, shards } from "./shards.ts";

export const dynamoMembers = (access: Access): Members => ({
  async anyFiring(incident) {
    const found = await Promise.all(
      shards.map((shard) => all(access, { ...members(incident, shard), limit: 1 })),
    );
    return found.flat().length > 0;
  },
  firing: (incident, most) => firingSymptoms(access, incident, most),
  async count(incident) {
    const pk = memberCountPartition(incident);
    const counters = await all(access, { where: "#pk = :pk", values: { ":pk": pk } });
    return counters.reduce((sum, item) => sum + (item["members"] as number), 0);
  },
  async release(incident, limit) {
    let released = 0;
    for (const shard of shards) {
      if (released === limit) break;
      released += await releaseShard(access, incident, shard, limit - released);
    }
    return released;
  },
});

export async function addMembers(access: Access, incident: StreamId, count: number): Promise<void> {
  await update(access, memberCountKey(incident, anyShard()), { add: { members: count } });
}

const members = (incident: StreamId, shard: number) => ({
  index: "members",
  where: "#memberOf = :member",
  values: { ":member": memberShard(incident, shard) },
});

/** The index may still name some that were released before: they are passed over and not counted. */
async function releaseShard(
  access: Access,
  incident: StreamId,
  shard: number,
  limit: number,
): Promise<number> {
  let released = 0;
  let page: string[] = [];
  const releasePage = async () => {
    const done = await inParallel(page, (pk) => releaseMember(access, pk, memberShard(incident, shard)));
    released += done.filter(Boolean).length;
    page = [];
  };
  for await (const item of ask(access, members(incident, shard))) {
    page.push(item["pk"] as string);
    if (page.length + released < limit) continue;
    await releasePage();
    if (released === limit) return released;
  }
  await releasePage();
  return released;
}

async function releaseMember(access: Access, pk: string, member: string): Promise<boolean> {
  const { done } = await update(
    access,
    { pk, sk: "alert" },
    {
      // Last handed on at the beginning of time: no window holds its next duplicate back.
      set: { passedAt: 0, memberOf: undefined },
      add: { edit: 1 },
      condition: "#memberOf = :member",
      values: { ":member": member },
    },
  );
  return done;
}
