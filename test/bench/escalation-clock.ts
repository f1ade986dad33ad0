// A thousand people do not answer, and a thousand levels end within the same seconds: how late is each next one paged?
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Benchmark, inFolder } from "./benchmark.ts";
import { sleep } from "./load/clock.ts";
import { encoded } from "./load/connection.ts";
import { shown, spread } from "./load/figures.ts";
import { asFastAsAnswered } from "./load/pour.ts";
import { startProvider } from "./load/provider-calls.ts";
import { marker, organisation, phoneOf } from "./organisation.ts";
import { startHub } from "./targets/start-hub.ts";

/** The shortest that a policy may say. */
const within = 30_000;
const batch = 50;

interface Shown {
  readonly request?: { readonly until?: string };
}

export const escalationClock: Benchmark = {
  title: "A level ends, until the next one's provider call",
  run: ({ quick, say }) =>
    inFolder(async (folder, atEnd) => {
      const count = quick ? 100 : 1000;
      const provider = await startProvider();
      atEnd(() => provider.stop());
      mkdirSync(join(folder, "hub"));
      const config = organisation({ people: 2, within: `${within / 1000}s` });
      const hub = await startHub({ folder: join(folder, "hub"), providerUrl: provider.url, config });
      atEnd(() => hub.stop());
      const mark = marker("level");
      await asFastAsAnswered(hub.intake, {
        connections: 4,
        next(index) {
          if (index * batch >= count) return undefined;
          const marks = Array.from({ length: batch }, (_, n) => mark(index * batch + n));
          return encoded(hub.intake, hub.body(marks.map((name) => ({ mark: name, group: name }))));
        },
      });
      const opened = await provider.seen(count);
      say(`${count} incidents are open; their first level ends in ${within / 1000} s`);
      const due = new Map<string, number>();
      for (const { incident } of opened) {
        const { request } = await hub.get<Shown>(`/api/incidents/${incident}`);
        due.set(incident, Date.parse(request?.until ?? ""));
      }
      const instants = [...due.values()];
      const window = Math.max(...instants) - Math.min(...instants);
      await sleep(Math.max(0, Math.max(...instants) - Date.now()));
      const second = (await provider.seen(2 * count)).filter(({ to }) => to === phoneOf(1));
      const late = spread(second.map((call) => call.wall - (due.get(call.incident) ?? Number.NaN)));
      const { p50, p90, p99, max } = late;
      return {
        tables: [
          {
            title: `${count} levels that ended within ${shown(window / 1000)} s; lateness in ms`,
            columns: ["pages", "p50", "p90", "p99", "max"],
            rows: [[late.samples, ...[p50, p90, p99, max].map(shown)]],
          },
        ],
        gates: [
          { name: "next levels paged", value: late.samples, atLeast: count, atMost: count },
          { name: "lateness p99, ms", value: p99, atMost: 100 },
        ],
        notes: ["Instants are whole milliseconds: a lateness of 0 may be up to one."],
      };
    }),
};
