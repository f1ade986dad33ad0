// Debian's Alertmanager, told to wait for nothing. It keeps alerts in memory and answers before anything is on a disk.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../support/free-port.ts";
import { until } from "../load/clock.ts";
import { startProcess } from "../load/processes.ts";
import type { BenchAlert } from "../organisation.ts";
import type { Place, Target } from "./target.ts";

const binary = "/usr/bin/prometheus-alertmanager";

export const hasAlertmanager = (): boolean => existsSync(binary);

export async function startAlertmanager({ folder, providerUrl }: Place): Promise<Target> {
  const file = join(folder, "alertmanager.yml");
  writeFileSync(
    file,
    `route: { receiver: provider, group_by: [group], group_wait: 0s, group_interval: 5m, repeat_interval: 4h }
receivers:
  - name: provider
    webhook_configs: [{ url: "${providerUrl}/webhook", send_resolved: false }]
`,
  );
  const address = `127.0.0.1:${await freePort()}`;
  const running = await startProcess({
    command: binary,
    args: [
      `--config.file=${file}`,
      `--storage.path=${join(folder, "alertmanager")}`,
      `--web.listen-address=${address}`,
      "--cluster.listen-address=",
    ],
    ready: /msg="?Listening(?: on)?"? address=(\S+)/,
  });
  const intake = `http://${address}/api/v2/alerts`;
  await until("Alertmanager answers", async () => (await fetch(intake)).ok);
  return { name: "Alertmanager", pid: running.pid, intake, body, stop: () => running.stop() };
}

const body = (alerts: readonly BenchAlert[]): string =>
  JSON.stringify(
    alerts.map(({ mark, group }) => ({
      labels: { alertname: "HighErrorRate", severity: "critical", group, mark },
      annotations: { summary: `High error rate ${mark}` },
    })),
  );
