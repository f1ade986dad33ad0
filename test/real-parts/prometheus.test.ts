// Debian's own Prometheus and Alertmanager: what Alertmanager says by itself when its Prometheus has fallen silent, and
// what an operator gives it by hand.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { freePort } from "../support/free-port.ts";
import {
  alertmanagerProgram,
  answers,
  aRealAlertmanager,
  type RealAlertmanager,
} from "../support/real-alertmanager.ts";
import { aRealHub, type RealHub } from "../support/real-hub.ts";
import { isMissing } from "../support/real-part.ts";
import { phones } from "../support/world.ts";

const binary = "/usr/bin/prometheus";
const missing = [
  isMissing("prometheus", binary, "apt-get install prometheus"),
  isMissing(...alertmanagerProgram),
].includes(true);

describe.skipIf(missing)("Prometheus and Alertmanager", () => {
  let real: RealHub;
  let alertmanager: RealAlertmanager;
  let prometheus: ChildProcess | undefined;
  const dir = mkdtempSync(join(tmpdir(), "muster-prometheus-"));

  beforeAll(async () => {
    real = await aRealHub();
    alertmanager = await aRealAlertmanager(dir, real.hub.url, "1h");
  }, 40_000);

  afterAll(async () => {
    // Also while it is stopped.
    prometheus?.kill("SIGKILL");
    alertmanager?.stop();
    await real?.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const texts = (start: string): readonly string[] =>
    real.simulator
      .phone(phones.ada)
      .messages.flatMap(({ direction, body }) =>
        direction === "outbound" && body.startsWith(start) ? [body] : [],
      );
  const texted = (start: string, times: number) =>
    vi.waitFor(() => expect(texts(start)).toHaveLength(times), { timeout: 40_000, interval: 100 });
  const at = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();

  test("an alert that begins an hour ahead of time fires now, and its resolve is believed", async () => {
    // Alertmanager takes the end for the start where none is given.
    const early = [
      "alert",
      "add",
      "Early",
      "service=checkout",
      "severity=critical",
      "--annotation=summary=Early",
    ];
    await alertmanager.amtool(...early, `--end=${at(3600)}`);
    await texted('CRITICAL Checkout: "Early', 1);
    await alertmanager.amtool(...early, `--end=${at(-1)}`);
    await texted("ALL CLEAR Checkout", 1);
  }, 60_000);

  test("an alert that Alertmanager resolved by itself pages again once its Prometheus is heard again", async () => {
    prometheus = await aPrometheus(dir, alertmanager.origin);
    await texted('CRITICAL Checkout: "Link down', 1);
    const clear = texts("ALL CLEAR Checkout").length;
    prometheus.kill("SIGSTOP");
    await texted("ALL CLEAR Checkout", clear + 1);
    prometheus.kill("SIGCONT");
    // The same alert, with the same start.
    await texted('CRITICAL Checkout: "Link down', 2);
    const [before, again] = texts('CRITICAL Checkout: "Link down').map((text) => /since \S+/.exec(text)?.[0]);
    expect(again).toBe(before);
  }, 90_000);
});

/** Its only rule is always true; it speaks every second, and what it said holds for four. */
async function aPrometheus(dir: string, alertmanager: string): Promise<ChildProcess> {
  const config = join(dir, "prometheus.yml");
  writeFileSync(
    config,
    `global: { scrape_interval: 1s, evaluation_interval: 1s }
rule_files: [rules.yml]
alerting: { alertmanagers: [{ static_configs: [{ targets: ["${new URL(alertmanager).host}"] }] }] }
`,
  );
  writeFileSync(
    join(dir, "rules.yml"),
    `groups:
  - name: link
    rules:
      - alert: LinkDown
        expr: vector(1)
        labels: { service: checkout, severity: critical }
        annotations: { summary: Link down }
`,
  );
  const port = await freePort();
  const child = spawn(
    binary,
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(dir, "prometheus")}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--rules.alert.resend-delay=1s",
      "--log.level=error",
    ],
    { stdio: "ignore" },
  );
  await answers(`http://127.0.0.1:${port}/-/ready`);
  return child;
}
