// The data of the hub is closed to other users of the machine, whether the hub made it or found it open.
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openSqliteStore } from "../../../functions/adapters/sqlite/store.ts";
import { startHub } from "../../../infra/local/hub.ts";
import { keepPrivate } from "../../../infra/local/private-data.ts";
import { twilioSettings } from "../../../infra/local/settings.ts";
import { sampleConfig } from "../../support/world.ts";

let around: string;
let data: string;
let lines: string[];
const log = {
  warn: (message: string, fields?: object) => void lines.push(JSON.stringify({ message, ...fields })),
};
beforeEach(() => {
  around = mkdtempSync(join(tmpdir(), "muster-private-"));
  data = join(around, "data");
  lines = [];
});
afterEach(() => rmSync(around, { recursive: true, force: true }));

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);
const modes = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, modeOf(join(folder, name))]));

/** A hub that answers, and has written. */
const aHub = () =>
  startHub({
    port: 0,
    data,
    config: sampleConfig(),
    twilio: twilioSettings({ TWILIO_API_URL: "http://127.0.0.1:9" }),
    level: "quiet",
  });

describe.skipIf(process.platform === "win32")("the data of one machine", () => {
  const closed = {
    "hub-key.json": "600",
    "muster.db": "600",
    "muster.db-wal": "600",
  };

  test("is for its owner only from the beginning", async () => {
    const hub = await aHub();
    try {
      expect(modeOf(data)).toBe("700");
      expect(modes(data)).toEqual(closed);
    } finally {
      await hub.close();
    }
  });

  test("is closed when it was left open, also by a hub that crashed, and the terminal says so", async () => {
    mkdirSync(data);
    const before = openSqliteStore(join(data, "muster.db"), { durable: false });
    writeFileSync(join(data, "hub-key.json"), JSON.stringify({ key: "k".repeat(44) }));
    for (const name of readdirSync(data)) chmodSync(join(data, name), 0o644);
    chmodSync(data, 0o755);
    await before.close();
    writeFileSync(join(data, "muster.db-wal"), "", { mode: 0o644 });

    keepPrivate(data, log);
    expect(modeOf(data)).toBe("700");
    for (const mode of Object.values(modes(data))) expect(mode).toBe("600");
    expect(lines).toHaveLength(4);
    expect(lines.at(-1)).toContain('"was":"755","is":"700"');

    const hub = await aHub();
    try {
      expect(modes(data)).toEqual(closed);
    } finally {
      await hub.close();
    }
    keepPrivate(data, log);
    expect(lines).toHaveLength(4);
  });

  test("leaves a folder alone that holds other things, and closes its own files in it", () => {
    mkdirSync(data, { mode: 0o755 });
    writeFileSync(join(data, "muster.db"), "", { mode: 0o664 });
    writeFileSync(join(data, "letters.txt"), "", { mode: 0o644 });
    keepPrivate(data, log);
    expect(modeOf(data)).toBe("755");
    expect(modes(data)).toEqual({ "letters.txt": "644", "muster.db": "600" });
  });

  test("may be narrower than asked for", () => {
    mkdirSync(data, { mode: 0o700 });
    writeFileSync(join(data, "hub-key.json"), "{}", { mode: 0o400 });
    keepPrivate(data, log);
    expect(modes(data)).toEqual({ "hub-key.json": "400" });
    expect(lines).toEqual([]);
  });
});
