// Debian's Alertmanager, which posts to a hub by nothing but a URL with a key, and what else speaks to it.
import { execFile, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, vi } from "vitest";
import { freePort } from "./free-port.ts";

const binary = "/usr/bin/prometheus-alertmanager";
export const alertmanagerProgram = [
  "alertmanager",
  binary,
  "apt-get install prometheus-alertmanager",
] as const;
const key = "demo-prometheus-key-0001";

export interface RealAlertmanager {
  readonly origin: string;
  /** As an operator gives it by hand. */
  amtool(...words: readonly string[]): Promise<void>;
  stop(): void;
}

/** `dir` is a folder of the test's own; each group speaks at once, and every second. */
export async function aRealAlertmanager(
  dir: string,
  hub: string,
  repeatInterval: string,
): Promise<RealAlertmanager> {
  const waits = `group_wait: 0s, group_interval: 1s, repeat_interval: ${repeatInterval}`;
  const config = join(dir, "am.yml");
  writeFileSync(
    config,
    `route: { receiver: muster, group_by: [service], ${waits} }
receivers:
  - name: muster
    webhook_configs: [{ url: "${hub}/alerts/prometheus/${key}", send_resolved: true }]
`,
  );
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const child = spawn(
    binary,
    [
      `--config.file=${config}`,
      `--storage.path=${join(dir, "am")}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--cluster.listen-address=",
      "--log.level=error",
    ],
    { stdio: "ignore" },
  );
  await answers(`${origin}/api/v2/alerts`);
  return {
    origin,
    async amtool(...words) {
      await promisify(execFile)("/usr/bin/amtool", [`--alertmanager.url=${origin}`, ...words]);
    },
    stop: () => void child.kill("SIGKILL"),
  };
}

export const answers = (url: string): Promise<void> =>
  vi.waitFor(async () => expect((await fetch(url)).ok).toBe(true), { timeout: 20_000, interval: 100 });
