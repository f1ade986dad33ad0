// The organisation's config: items under a content hash, and a pointer that moves by condition.
import type { ConfigItems } from "../../ports.ts";
import type { Database } from "./database.ts";
import { itemText } from "./limits.ts";

export function openConfigItems(database: Database): ConfigItems {
  const current = database.query<{ version: string }>(
    "SELECT version FROM config_switches ORDER BY row DESC LIMIT 1",
  );
  const item = database.query<{ value: string }>(
    "SELECT value FROM config_items WHERE version = ? AND key = ?",
  );
  const write = database.query("INSERT OR REPLACE INTO config_items (version, key, value) VALUES (?, ?, ?)");
  const switched = database.query("INSERT INTO config_switches (version, at) VALUES (?, ?)");
  const versions = database.query<{ version: string; at: number }>(
    "SELECT version, at FROM config_switches ORDER BY row DESC LIMIT ?",
  );

  return {
    pointer: async () => current.get()?.version,
    async item(version, key) {
      const found = item.get(version, key);
      return found === undefined ? undefined : (JSON.parse(found.value) as unknown);
    },
    async write(version, items) {
      database.transaction(() => {
        for (const [key, value] of items) write.run(version, key, itemText(value, `config ${key}`));
      });
      await database.durable();
    },
    async switchTo(version, from, at) {
      if (current.get()?.version !== from) return false;
      database.transaction(() => switched.run(version, at));
      await database.durable();
      return true;
    },
    versions: async (limit) => versions.all(limit).map(({ version, at }) => ({ version, at })),
  };
}
