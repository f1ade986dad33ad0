// The organisation's items, each version under its own name, and the pointer that says which one holds.
import type { Instant } from "../../core/time.ts";
import type { ConfigItems } from "../../ports.ts";
import type { Access } from "./access.ts";
import { get, put } from "./items.ts";
import { configItemKey, configPartition, configVersionKey, pointerKey } from "./keys.ts";
import { inParallel } from "./parallel.ts";
import { all } from "./queries.ts";
import { transact } from "./transaction.ts";

export const dynamoConfigItems = (access: Access): ConfigItems => ({
  async pointer() {
    return (await get(access, pointerKey))?.["version"] as string | undefined;
  },
  async item(version, key) {
    const item = await get(access, configItemKey(version, key));
    return item === undefined ? undefined : (JSON.parse(item["value"] as string) as unknown);
  },
  async write(version, items) {
    await inParallel([...items], ([key, value]) =>
      put(access, { ...configItemKey(version, key), value: JSON.stringify(value) }),
    );
  },
  async switchTo(version, from, at) {
    const pointer = { ...pointerKey, version, at };
    const condition = from === undefined ? "attribute_not_exists(#pk)" : "#version = :from";
    const values = from === undefined ? {} : { values: { ":from": from } };
    const done = await transact(
      access,
      [
        { kind: "put", item: pointer, condition, ...values },
        { kind: "put", item: { ...configVersionKey(at, version), version, at } },
      ],
      "A switch of the config",
    );
    return done.outcome === "done";
  },
  async versions(limit) {
    const items = await all(access, {
      where: "#pk = :pk AND begins_with(#sk, :prefix)",
      values: { ":pk": configPartition, ":prefix": "version#" },
      newestFirst: true,
      limit,
    });
    return items.map((item) => ({ version: item["version"] as string, at: item["at"] as Instant }));
  },
});
