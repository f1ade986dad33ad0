// Twelve thousand alerts of one group in one request: one incident, one page, and every alert counted.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { aWorld, phones, type World } from "../support/world.ts";

let world: World;
beforeEach(async () => {
  world = await aWorld();
});
afterEach(() => world.end());

const alerts = 12_000;

/** As Alertmanager writes it when nobody set max_alerts. */
const groupOf = (count: number): string =>
  JSON.stringify({
    version: "4",
    groupKey: '{}:{service="checkout"}',
    truncatedAlerts: 0,
    status: "firing",
    receiver: "muster",
    groupLabels: { service: "checkout" },
    commonLabels: { alertname: "PodNotReady", service: "checkout", severity: "critical" },
    commonAnnotations: {},
    externalURL: "http://alertmanager.invalid:9093",
    alerts: Array.from({ length: count }, (_, index) => ({
      status: "firing",
      labels: {
        alertname: "PodNotReady",
        service: "checkout",
        severity: "critical",
        pod: `checkout-${index}`,
        node: `node-${index % 400}.example`,
      },
      annotations: {
        summary: `Pod checkout-${index} is not ready`,
        description: `Pod checkout-${index} has not been ready for more than 5 minutes. ${"It serves payments. ".repeat(8)}`,
      },
      startsAt: "2026-11-21T01:59:30Z",
      endsAt: "0001-01-01T00:00:00Z",
      generatorURL: `http://prometheus.invalid:9090/graph?g0.expr=${"up".repeat(20)}`,
      fingerprint: index.toString(16).padStart(16, "0"),
    })),
  });

describe("a storm of one group in one request", () => {
  test("is taken whole, is one incident, and rings once", async () => {
    const body = groupOf(alerts);
    expect(body.length).toBeGreaterThan(7_000_000);
    const answer = await world.post("/alerts/prometheus/demo-prometheus-key-0001", body);
    expect(answer.status).toBe(202);
    const { alerts: taken } = (await answer.json()) as {
      readonly alerts: readonly { readonly id: string }[];
    };
    expect(new Set(taken.map(({ id }) => id)).size).toBe(alerts);

    const incident = await world.theIncident();
    expect(incident.alerts).toBe(alerts);
    expect(world.pages(phones.ada)).toHaveLength(1);
    expect(world.texts(phones.ada)).toHaveLength(1);
    expect(world.texts(phones.linus)).toEqual([]);
    for (const { id } of [taken[0], taken.at(-1)].flatMap((each) => each ?? [])) {
      const { disposition } = await world.get<{ disposition: { kind: string; incident: string } }>(
        `/api/alerts/${id}`,
      );
      expect(["opened", "joined"]).toContain(disposition.kind);
      expect(disposition.incident).toBe(`incident/${incident.id}`);
    }
  }, 60_000);

  test("repeated a minute later, is counted and rings nobody", async () => {
    const body = groupOf(1_000);
    const post = () => world.post("/alerts/prometheus/demo-prometheus-key-0001", body);
    expect((await post()).status).toBe(202);
    await world.pass(60_000);
    expect((await post()).status).toBe(202);
    expect((await world.theIncident()).alerts).toBe(1_000);
    expect(world.pages(phones.ada)).toHaveLength(1);
  }, 60_000);
});
