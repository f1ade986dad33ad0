// A data folder may outlive the Muster that wrote it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, expect, test } from "vitest";
import { openSqliteStore } from "../../../functions/adapters/sqlite/store.ts";

const dir = mkdtempSync(join(tmpdir(), "muster-versions-"));
const file = join(dir, "muster.db");
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test.each([1, 99])("a file of version %i is refused by its version, and not touched", (version) => {
  const old = new DatabaseSync(file);
  old.exec(`CREATE TABLE alerts (id TEXT); PRAGMA user_version = ${version};`);
  old.close();
  expect(() => openSqliteStore(file, { durable: false })).toThrow(`the data is of version ${version}`);
  const kept = new DatabaseSync(file);
  expect(kept.prepare("PRAGMA user_version").get()).toEqual({ user_version: version });
  kept.close();
  rmSync(file);
});
