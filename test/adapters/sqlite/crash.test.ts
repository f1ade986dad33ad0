// What was promised outlives the process, however it ends; and the file has one holder at a time.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test } from "vitest";
import { openSqliteStore } from "../../../functions/adapters/sqlite/store.ts";
import { aCommit, anAlert, night } from "../../support/moments.ts";
import { aDatabaseFile, aSqliteStore } from "../../support/stores.ts";

const writer = new URL("./writer.ts", import.meta.url).pathname;

function aWriter(file: string): { readonly process: ChildProcess; readonly lines: AsyncIterator<string> } {
  const process = spawn(globalThis.process.execPath, [writer, file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void process.kill("SIGKILL"));
  return { process, lines: createInterface({ input: process.stdout })[Symbol.asyncIterator]() };
}

async function crash(process: ChildProcess): Promise<void> {
  process.kill("SIGKILL");
  await once(process, "exit");
}

test("kill -9 in the middle of appends keeps every append whose promise was kept", async () => {
  const file = aDatabaseFile();
  for (const promises of [1, 60]) {
    const { process, lines } = aWriter(file);
    let promised = "";
    for (let i = 0; i < promises; i++) promised = (await lines.next()).value;
    await crash(process);
    const store = openSqliteStore(file);
    const [run, last] = promised.split(" ");
    const { version, events } = await store.journal.load(`incident/${run}`, 1);
    expect(version).toBeGreaterThanOrEqual(Number(last));
    expect(events).toHaveLength(version);
    expect(await store.alerts.read([`${run}-${last}`])).toHaveLength(1);
    await store.close();
  }
});

test("a second Muster on the same data is turned away, and the lock ends with its holder", async () => {
  const file = aDatabaseFile();
  const { process, lines } = aWriter(file);
  await lines.next();
  expect(() => openSqliteStore(file)).toThrow("in use by another Muster");
  await crash(process);
  await openSqliteStore(file).close();
});

test("a restart ends every lease that was not finished", async () => {
  const file = aDatabaseFile();
  const before = openSqliteStore(file, { durable: false });
  await before.journal.append(aCommit("incident/1"));
  await before.leases.begin("d1", "incident/1", 0, night, night + 30_000);
  await before.leases.begin("d2", "incident/1", 0, night, night + 30_000);
  await before.leases.finish("d2");
  expect(await before.leases.begin("d1", "incident/1", 0, night, night + 30_000)).toEqual({
    outcome: "in-flight",
  });
  await before.close();

  const after = aSqliteStore({}, file);
  const again = (delivery: string) =>
    after.leases.begin(delivery, "incident/1", 0, night + 1, night + 30_001);
  expect(await again("d1")).toEqual({ outcome: "lapsed" });
  expect(await again("d1")).toEqual({ outcome: "in-flight" });
  expect(await again("d2")).toEqual({ outcome: "finished" });
});

test("promises are kept while the log is carried over into the database and begun anew", async () => {
  const file = aDatabaseFile();
  const store = openSqliteStore(file);
  const long = "x".repeat(2000);
  for (let round = 0; round < 12; round++) {
    const batch = Array.from({ length: 400 }, (_, i) => anAlert(`${round}-${i}`, { labels: { long } }));
    await store.alerts.accept(batch, night);
    for (let i = 0; i < 30; i++) await store.journal.append(aCommit(`incident/${round}-${i}`));
  }
  await store.close();
  const after = aSqliteStore({}, file);
  expect(await after.alerts.read(["0-0", "5-399", "11-399"])).toHaveLength(3);
  expect(after.feed.last()).toBe(12 * 430);
});
