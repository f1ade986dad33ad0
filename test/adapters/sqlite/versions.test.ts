// A data folder outlives the Muster that wrote it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, expect, test } from "vitest";
import { schema } from "../../../functions/adapters/sqlite/schema.ts";
import { openSqliteStore } from "../../../functions/adapters/sqlite/store.ts";
import { anAlert, night } from "../../contracts/store/subject.ts";

const dir = mkdtempSync(join(tmpdir(), "muster-versions-"));
const file = join(dir, "muster.db");
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const written = (tables: string, version: number): void => {
  const old = new DatabaseSync(file);
  old.exec(`${tables}; PRAGMA user_version = ${version};`);
  old.close();
};

test("a file of the first version is brought up to this one and keeps its alerts; one from the future is refused", async () => {
  written(schema.replace(", memory TEXT", ""), 1);
  const store = openSqliteStore(file, { durable: false });
  const alert = anAlert({ since: night });
  expect(await store.alerts.accept([alert], night)).toMatchObject([{ verdict: "accepted" }]);
  await store.close();
  written("", 99);
  expect(() => openSqliteStore(file, { durable: false })).toThrow("the data is of version 99");
});
