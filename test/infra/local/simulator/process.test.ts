// The phones as a process of their own: they outlive a hub that is killed.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";

test("says where it is, answers there, and leaves when asked to", async () => {
  const main = join(import.meta.dirname, "../../../../infra/local/simulator/main.ts");
  const phones = spawn(process.execPath, [main, "--hub", "http://127.0.0.1:9"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    let address = "";
    for await (const line of createInterface(phones.stdout)) {
      address = /^ready (http:\S+)$/.exec(line)?.[1] ?? "";
      if (address !== "") break;
    }
    expect(await (await fetch(`${address}/simulator/phones`)).json()).toEqual({ phones: [] });
  } finally {
    phones.kill("SIGTERM");
  }
  expect((await once(phones, "exit"))[0]).toBe(0);
});
