// How long from an alert on our doorstep to a call at the provider's: each alert is news, and a page of its own. Beside it,
// in the same minutes, the least that keeps the same promise, and a peer that keeps none of it on a disk.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Benchmark, inFolder, type Settings } from "./benchmark.ts";
import { encoded } from "./load/connection.ts";
import { median, type Spread, shown, spread } from "./load/figures.ts";
import { onATimetable } from "./load/pour.ts";
import { type Provider, startProvider } from "./load/provider-calls.ts";
import { marker } from "./organisation.ts";
import { hasAlertmanager, startAlertmanager } from "./targets/start-alertmanager.ts";
import { startBare } from "./targets/start-bare.ts";
import { startHub } from "./targets/start-hub.ts";
import type { Target } from "./targets/target.ts";

interface Round {
  readonly page: Spread;
  readonly answer: Spread;
}

export const pageLatency: Benchmark = {
  title: "An alert accepted, until the provider is called",
  run: (settings) =>
    inFolder(async (folder, atEnd) => {
      const { rounds = 5, quick, say } = settings;
      const provider = await startProvider();
      atEnd(() => provider.stop());
      const starts = [startBare, startHub, ...(hasAlertmanager() ? [startAlertmanager] : [])];
      const targets: Target[] = [];
      for (const [index, start] of starts.entries()) {
        const place = { folder: join(folder, String(index)), providerUrl: provider.url };
        mkdirSync(place.folder);
        const target = await start(place);
        atEnd(() => target.stop());
        targets.push(target);
      }
      const seen = new Map<Target, Round[]>(targets.map((target) => [target, []]));
      for (const target of targets) await oneRound(target, provider, quick ? 20 : 200);
      for (let round = 0; round < rounds; round++) {
        // Whoever goes first meets the quieter machine: the order turns.
        const order = targets.map((_, index) => targets[(index + round) % targets.length] as Target);
        for (const target of order) {
          const figures = await oneRound(target, provider, quick ? 50 : 200);
          seen.get(target)?.push(figures);
          say(`round ${round + 1}, ${target.name}: p50 ${shown(figures.page.p50 / 1000)} ms`);
        }
      }
      return outcome(seen, settings);
    }),
};

// Rare enough that even on a busy machine no alert waits for the one before it: this measures latency, intake measures
// throughput.
const gapMs = 20;

async function oneRound(target: Target, provider: Provider, count: number): Promise<Round> {
  await provider.forget();
  const mark = marker("page");
  const sent = new Map<string, number>();
  const { answers } = await onATimetable(target.intake, {
    count,
    gapMs,
    request: (index) => encoded(target.intake, target.body([{ mark: mark(index), group: mark(index) }])),
    onSend: (index, at) => void sent.set(mark(index), at),
  });
  const calls = await provider.seen(count);
  const firsts = new Map(calls.toReversed().map((call) => [call.mark, call.at]));
  const late = [...sent].map(([name, at]) => (firsts.get(name) ?? Number.NaN) - at);
  if (late.some(Number.isNaN)) throw new Error(`${target.name} called for other alerts than were sent`);
  return { page: spread(late), answer: spread(answers) };
}

function outcome(seen: ReadonlyMap<Target, readonly Round[]>, { rounds = 5 }: Settings) {
  const all = [...seen].map(([target, figures]) => ({ name: target.name, figures }));
  const [bare, hub, peer] = all;
  const column = (figures: readonly Round[], of: (round: Round) => number) =>
    shown(median(figures.map(of)) / 1000);
  // Of each round, then the middle one: what the machine did meanwhile was done to both.
  const ratio = (to: typeof bare) =>
    median((hub?.figures ?? []).map(({ page }, n) => page.p50 / (to?.figures[n]?.page.p50 ?? Number.NaN)));
  return {
    tables: [
      {
        title: `One alert every ${gapMs} ms, each an incident of its own; medians of ${rounds} rounds, ms`,
        columns: ["", "page p50", "page p90", "page p99", "202 p50"],
        rows: all.map(({ name, figures }) => [
          name,
          column(figures, ({ page }) => page.p50),
          column(figures, ({ page }) => page.p90),
          column(figures, ({ page }) => page.p99),
          column(figures, ({ answer }) => answer.p50),
        ]),
      },
    ],
    gates: [{ name: "page p50, to the bare forwarder's", value: ratio(bare), atMost: 1.5 }],
    notes:
      peer === undefined
        ? ["Alertmanager is not installed here: not compared."]
        : [`Page p50, to ${peer.name}'s: ${shown(ratio(peer))}.`],
  };
}
