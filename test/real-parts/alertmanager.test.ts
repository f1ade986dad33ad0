// Debian's own Alertmanager, pointed at the hub by nothing but a URL with a key.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import {
  alertmanagerProgram,
  aRealAlertmanager,
  type RealAlertmanager,
} from "../support/real-alertmanager.ts";
import { aRealHub, type RealHub } from "../support/real-hub.ts";
import { isMissing } from "../support/real-part.ts";
import { phones } from "../support/world.ts";

const missing = isMissing(...alertmanagerProgram);

describe.skipIf(missing)("Alertmanager", () => {
  let real: RealHub;
  let alertmanager: RealAlertmanager;
  let origin: string;
  let url: string;
  const dir = mkdtempSync(join(tmpdir(), "muster-alertmanager-"));

  beforeAll(async () => {
    real = await aRealHub();
    alertmanager = await aRealAlertmanager(dir, real.hub.url, "2s");
    origin = alertmanager.origin;
    url = `${origin}/api/v2/alerts`;
  }, 30_000);

  afterAll(async () => {
    alertmanager?.stop();
    await real?.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const send = (alerts: readonly object[]) =>
    fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(alerts),
    });
  const alert = (instance: string, over: object = {}) => ({
    labels: { alertname: "PaymentsFail", service: "checkout", severity: "critical", instance },
    annotations: { summary: "Payments fail" },
    ...over,
  });
  const incidents = async (state: string) => {
    const answer = await fetch(`${real.hub.url}/api/incidents?state=${state}`);
    return ((await answer.json()) as { incidents: readonly { id: string; title: string }[] }).incidents;
  };
  /** How often it called the hub and was answered, by its own count. */
  const notifications = async (): Promise<number> => {
    const metrics = await (await fetch(`${origin}/metrics`)).text();
    const count = (name: string) =>
      [...metrics.matchAll(new RegExp(`^${name}\\{[^}]*integration="webhook"[^}]*\\} (\\d+)$`, "gm"))].reduce(
        (sum, [, value]) => sum + Number(value),
        0,
      );
    return count("alertmanager_notifications_total") - count("alertmanager_notifications_failed_total");
  };
  const texts = (phone: string) =>
    real.simulator
      .phone(phone)
      .messages.filter(({ direction }) => direction === "outbound")
      .map(({ body }) => body);

  test("opens one incident from a group, stays quiet at its repeats, and stands it down when it resolves", async () => {
    const names = Array.from({ length: 40 }, (_, n) => `node-${n}`);
    await send(names.map((name) => alert(name)));
    await vi.waitFor(async () => expect(await incidents("open")).toHaveLength(1), {
      timeout: 10_000,
      interval: 50,
    });
    await vi.waitFor(() => expect(texts(phones.ada)).toHaveLength(1), { timeout: 5_000, interval: 50 });

    // Two repeats: the same body comes again and again.
    const sent = await notifications();
    await vi.waitFor(async () => expect(await notifications()).toBeGreaterThanOrEqual(sent + 2), {
      timeout: 30_000,
      interval: 100,
    });
    await real.hub.idle();
    expect(await incidents("open")).toHaveLength(1);
    expect(texts(phones.ada)).toHaveLength(1);

    await send(names.map((name) => alert(name, { endsAt: new Date(Date.now() - 1000).toISOString() })));
    await vi.waitFor(async () => expect(await incidents("open")).toHaveLength(0), {
      timeout: 20_000,
      interval: 200,
    });
    expect(await incidents("ended")).toHaveLength(1);
    await vi.waitFor(() => expect(texts(phones.ada).at(-1)).toMatch(/^ALL CLEAR/), {
      timeout: 5_000,
      interval: 50,
    });
  }, 60_000);
});
