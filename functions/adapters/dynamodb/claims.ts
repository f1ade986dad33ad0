// Who holds a name. Names are taken and given back by commits alone.
import type { StreamId } from "../../core/aggregate.ts";
import type { Instant } from "../../core/time.ts";
import type { Claims, Held } from "../../ports.ts";
import type { Access } from "./access.ts";
import { get } from "./items.ts";
import { claimKey, claimPartition } from "./keys.ts";
import { all } from "./queries.ts";
import type { Item } from "./refused.ts";

export const dynamoClaims = (access: Access): Claims => ({
  async holder(key, now) {
    const item = await get(access, claimKey(key));
    return item !== undefined && stillTaken(item, now) ? held(item) : undefined;
  },
  async held(prefix, limit, now) {
    const items = await all(access, {
      where: "#pk = :pk AND begins_with(#sk, :prefix)",
      filter: "attribute_not_exists(#until) OR #until > :now",
      values: { ":pk": claimPartition(prefix), ":prefix": `${prefix}/`, ":now": now },
      limit,
    });
    return items.map(held);
  },
});

const stillTaken = (item: Item, now: Instant): boolean =>
  item["until"] === undefined || (item["until"] as Instant) > now;

const held = (item: Item): Held => ({
  key: item["sk"] as string,
  holder: item["holder"] as StreamId,
  detail: item["detail"] as string | undefined,
});
