// What one more copy of a known alert costs the store: counted in its log, not believed.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Benchmark, inFolder } from "./benchmark.ts";
import { encoded } from "./load/connection.ts";
import { asFastAsAnswered } from "./load/pour.ts";
import { atRest } from "./load/processes.ts";
import { startProvider } from "./load/provider-calls.ts";
import { type Written, writtenTo } from "./load/write-ahead-log.ts";
import { marker } from "./organisation.ts";
import { startHub } from "./targets/start-hub.ts";

const requests = 50;

export const duplicateCost: Benchmark = {
  title: "One more copy of a known alert",
  run: () =>
    inFolder(async (folder, atEnd) => {
      const provider = await startProvider();
      atEnd(() => provider.stop());
      mkdirSync(join(folder, "hub"));
      const hub = await startHub({ folder: join(folder, "hub"), providerUrl: provider.url });
      atEnd(() => hub.stop());
      const mark = marker("copy");
      const log = join(folder, "hub/data/muster.db-wal");

      const send = async (bodies: readonly string[]): Promise<Written> => {
        const before = writtenTo(log);
        await asFastAsAnswered(hub.intake, {
          connections: 1,
          next: (index) => (index < bodies.length ? encoded(hub.intake, bodies[index] ?? "") : undefined),
        });
        await atRest(hub.pid);
        const after = writtenTo(log);
        return { commits: after.commits - before.commits, pages: after.pages - before.pages };
      };
      const alert = (index: number) => ({ mark: mark(index), group: "copies" });
      const same = (copies: number) => hub.body(Array.from({ length: copies }, () => alert(0)));

      const first = await send([same(1)]);
      const paged = (await provider.calls()).length;
      const single = await send(Array.from({ length: requests }, () => same(1)));
      const hundred = await send(Array.from({ length: requests }, () => same(100)));
      const calls = (await provider.calls()).length - paged;
      const row = (name: string, { commits, pages }: Written, of: number) => [name, commits / of, pages / of];
      return {
        tables: [
          {
            title: `Commits and pages written per request; ${requests} requests of each kind`,
            columns: ["request", "commits", "pages"],
            rows: [
              row("a new alert, its incident and its page", first, 1),
              row("the same alert once more", single, requests),
              row("the same alert a hundred times", hundred, requests),
            ],
          },
        ],
        gates: [
          { name: "commits per duplicate", value: single.commits / requests, atMost: 1 },
          { name: "commits per hundred identical", value: hundred.commits / requests, atMost: 1 },
          { name: "calls of the provider for duplicates", value: calls, atMost: 0 },
        ],
      };
    }),
};
