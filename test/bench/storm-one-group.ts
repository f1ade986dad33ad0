// Everything breaks for one reason: a storm of alerts of one group is one incident, and one page for each who is on call.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Benchmark, inFolder } from "./benchmark.ts";
import { microseconds } from "./load/clock.ts";
import { encoded } from "./load/connection.ts";
import { shown } from "./load/figures.ts";
import { asFastAsAnswered } from "./load/pour.ts";
import { atRest, usageOf } from "./load/processes.ts";
import { startProvider } from "./load/provider-calls.ts";
import { marker, organisation } from "./organisation.ts";
import { startHub } from "./targets/start-hub.ts";

const batch = 100;
const responders = 2;

interface Storm {
  readonly alerts: number;
  readonly pages: number;
  readonly people: number;
  readonly largest: number;
  readonly firstPage: number;
  readonly perSecond: number;
  readonly idleMB: number;
  readonly peakMB: number;
  readonly counted: number;
  readonly incidents: number;
}

export const stormOneGroup: Benchmark = {
  title: "A storm of alerts of one group",
  async run({ quick, say }) {
    const storms: Storm[] = [];
    for (const alerts of quick ? [1000, 10_000] : [10_000, 100_000]) {
      const storm = await oneStorm(alerts);
      say(`${alerts} alerts: ${storm.pages} pages, the first after ${shown(storm.firstPage)} ms`);
      storms.push(storm);
    }
    return {
      tables: [
        {
          title: `In batches of ${batch}; ${responders} people on call, a fresh hub each time`,
          columns: [
            "alerts",
            "incidents",
            "counted",
            "pages",
            "first page, ms",
            "alerts/s",
            "idle MB",
            "peak MB",
          ],
          rows: storms.map((storm) => [
            storm.alerts,
            storm.incidents,
            storm.counted,
            storm.pages,
            shown(storm.firstPage),
            shown(storm.perSecond),
            shown(storm.idleMB),
            shown(storm.peakMB),
          ]),
        },
      ],
      gates: storms.flatMap(({ alerts, ...storm }) => [
        { name: `${alerts}: pages per responder`, value: storm.pages / responders, atMost: 1, atLeast: 1 },
        { name: `${alerts}: responders paged`, value: storm.people, atLeast: responders },
        { name: `${alerts}: alerts not counted`, value: alerts - storm.counted, atMost: 0, atLeast: 0 },
        { name: `${alerts}: bytes of the largest call`, value: storm.largest, atMost: 2048 },
        { name: `${alerts}: peak to idle memory`, value: storm.peakMB / storm.idleMB, atMost: 1.5 },
      ]),
    };
  },
};

const oneStorm = (alerts: number): Promise<Storm> =>
  inFolder(async (folder, atEnd) => {
    const provider = await startProvider();
    atEnd(() => provider.stop());
    mkdirSync(join(folder, "hub"));
    const config = organisation({ people: 4, together: responders });
    const hub = await startHub({ folder: join(folder, "hub"), providerUrl: provider.url, config });
    atEnd(() => hub.stop());
    const mark = marker("storm");
    await atRest(hub.pid);
    const idle = usageOf(hub.pid);
    let first = 0;
    const poured = await asFastAsAnswered(hub.intake, {
      connections: 8,
      next(index) {
        if (index * batch >= alerts) return undefined;
        first ||= microseconds();
        const length = Math.min(batch, alerts - index * batch);
        const many = Array.from({ length }, (_, n) => ({ mark: mark(index * batch + n), group: "storm" }));
        return encoded(hub.intake, hub.body(many));
      },
    });
    await atRest(hub.pid);
    const calls = await provider.calls();
    const { incidents } = await hub.get<{ incidents: readonly { id: string }[] }>("/api/incidents?state=all");
    const counts = await Promise.all(
      incidents.map(({ id }) => hub.get<{ alerts: number }>(`/api/incidents/${id}`)),
    );
    return {
      alerts,
      pages: calls.length,
      people: new Set(calls.map(({ to }) => to)).size,
      largest: Math.max(...calls.map(({ bytes }) => bytes)),
      firstPage: (Math.min(...calls.map(({ at }) => at)) - first) / 1000,
      perSecond: alerts / (poured.took / 1e6),
      idleMB: idle.residentMB,
      peakMB: usageOf(hub.pid).peakMB,
      counted: counts.reduce((sum, incident) => sum + incident.alerts, 0),
      incidents: incidents.length,
    };
  });
