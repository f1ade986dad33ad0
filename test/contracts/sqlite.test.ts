// The one-machine store keeps the store's contract.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe } from "vitest";
import { openSqliteStore } from "../../functions/adapters/sqlite/store.ts";
import { storeContract } from "./store/store.contract.ts";
import type { StoreUnderTest } from "./store/subject.ts";

async function open(): Promise<StoreUnderTest> {
  const directory = await mkdtemp(join(tmpdir(), "muster-sqlite-"));
  const store = openSqliteStore(join(directory, "store.db"));
  const { journal, claims, timers, incidents, alerts, members, leases, configItems, deadLetters } = store;
  const everyType = { has: () => true } as unknown as ReadonlySet<string>;
  return {
    journal,
    claims,
    timers,
    incidents,
    alerts,
    members,
    leases,
    configItems,
    deadLetters,
    feed: async () => store.feed.after(0, 1_000_000, everyType).rows.map(({ entry }) => entry),
    async close() {
      await store.close();
      await rm(directory, { recursive: true });
    },
  };
}

describe("the SQLite store", () => storeContract(open));
