// Stores in a folder of their own, which is gone after the test.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import {
  openSqliteStore,
  type SqliteOptions,
  type SqliteStore,
} from "../../functions/adapters/sqlite/store.ts";

/** The path of a database that is not there yet. */
export function aDatabaseFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "muster-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "muster.db");
}

/** Does not wait for the disk unless it is asked to. */
export function aSqliteStore(options: SqliteOptions = {}, file = aDatabaseFile()): SqliteStore {
  const store = openSqliteStore(file, { durable: false, ...options });
  onTestFinished(() => store.close());
  return store;
}
