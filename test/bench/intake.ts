// How many alerts a second are taken durably, new ones and known ones, and what one costs of the processor.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Benchmark, inFolder } from "./benchmark.ts";
import { encoded } from "./load/connection.ts";
import { median, shown } from "./load/figures.ts";
import { asFastAsAnswered } from "./load/pour.ts";
import { atRest, usageOf } from "./load/processes.ts";
import { startProvider } from "./load/provider-calls.ts";
import { marker } from "./organisation.ts";
import { startBare } from "./targets/start-bare.ts";
import { startHub } from "./targets/start-hub.ts";
import type { Target } from "./targets/target.ts";

const batches = [1, 10, 100] as const;
const kinds = ["distinct", "duplicate"] as const;
const connections = 16;

interface Figures {
  readonly perSecond: number;
  /** Microseconds, with the work that goes on after the answer. */
  readonly cpu: number;
}

export const intake: Benchmark = {
  title: "Alerts taken per second",
  run: ({ rounds = 5, quick, say }) =>
    inFolder(async (folder, atEnd) => {
      const provider = await startProvider();
      atEnd(() => provider.stop());
      const targets: Target[] = [];
      for (const [name, start] of [["bare", startBare] as const, ["hub", startHub] as const]) {
        mkdirSync(join(folder, name));
        const target = await start({ folder: join(folder, name), providerUrl: provider.url });
        atEnd(() => target.stop());
        targets.push(target);
      }
      const [bare, hub] = targets as [Target, Target];
      const rows: (string | number)[][] = [];
      const ratios: Record<string, number> = {};
      for (const kind of kinds)
        for (const batch of batches) {
          const seen = { bare: [] as Figures[], hub: [] as Figures[] };
          for (let round = 0; round < rounds; round++) {
            seen.bare.push(await pour(bare, kind, batch, quick ? 300 : 1500));
            seen.hub.push(await pour(hub, kind, batch, quick ? 300 : 1500));
          }
          const speed = (figures: readonly Figures[]) => median(figures.map(({ perSecond }) => perSecond));
          const ratio = median(
            seen.hub.map(({ perSecond }, n) => perSecond / (seen.bare[n]?.perSecond ?? 0)),
          );
          const cpu = median(seen.hub.map((figures) => figures.cpu));
          ratios[`${kind} ${batch}`] = ratio;
          say(
            `${kind}, batches of ${batch}: ${shown(speed(seen.hub))}/s, ${shown(ratio)} of the bare forwarder's`,
          );
          rows.push([kind, batch, shown(speed(seen.hub)), shown(speed(seen.bare)), shown(ratio), shown(cpu)]);
        }
      return {
        tables: [
          {
            title: `Alerts per second over ${connections} connections, one incident; medians of ${rounds} rounds`,
            columns: ["alerts", "batch", "muster", "bare forwarder", "ratio", "µs of CPU per alert"],
            rows,
          },
        ],
        gates: batches.map((batch) => ({
          name: `distinct in batches of ${batch}, to the bare forwarder's`,
          value: ratios[`distinct ${batch}`] ?? Number.NaN,
          atLeast: 0.5,
        })),
      };
    }),
};

async function pour(
  target: Target,
  kind: (typeof kinds)[number],
  batch: number,
  forMs: number,
): Promise<Figures> {
  const mark = marker("intake");
  const group = mark(0);
  const request = (first: number) =>
    encoded(
      target.intake,
      target.body(Array.from({ length: batch }, (_, n) => ({ mark: mark(first + n), group }))),
    );
  const same = request(0);
  await asFastAsAnswered(target.intake, { connections: 1, next: (index) => (index < 5 ? same : undefined) });
  await atRest(target.pid);
  const before = usageOf(target.pid);
  const poured = await asFastAsAnswered(target.intake, {
    connections,
    forMs,
    next: (index) => (kind === "duplicate" ? same : request((index + 1) * batch)),
  });
  await atRest(target.pid);
  const alerts = (poured.statuses[202] ?? 0) * batch;
  if (alerts !== poured.answers.length * batch) throw new Error(`${target.name} refused alerts`);
  const cpu = ((usageOf(target.pid).cpu - before.cpu) * 1e6) / alerts;
  return { perSecond: alerts / (poured.took / 1e6), cpu };
}
