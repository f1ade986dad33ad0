// Who may call a provider for a delivery: the intent is on the disk before the call.
import type { Leases } from "../../ports.ts";
import type { Database } from "./database.ts";
import { epochReader } from "./journal.ts";

export function openLeases(database: Database): Leases {
  const epochOf = epochReader(database);
  const find = database.query<{ until: number; finished: number }>(
    "SELECT until, finished FROM leases WHERE delivery = ?",
  );
  const begin = database.query("INSERT INTO leases (delivery, at, until, finished) VALUES (?, ?, ?, 0)");
  const takeOn = database.query("UPDATE leases SET until = ? WHERE delivery = ?");
  const finish = database.query(
    `INSERT INTO leases (delivery, until, finished) VALUES (?, 0, 1)
     ON CONFLICT DO UPDATE SET finished = 1`,
  );

  // All callers live in the one process that holds this file, and it has just started: whoever began a delivery is gone.
  // Without this a page that a crash interrupted would wait for its lease to run out.
  database.query("UPDATE leases SET until = 0 WHERE finished = 0").run();

  return {
    async begin(delivery, stream, epoch, now, until) {
      const known = find.get(delivery);
      // What was begun has to be seen to its end, even when the incident has moved on since.
      if (known === undefined && epochOf(stream) !== epoch) return { outcome: "moved-on" };
      if (known?.finished === 1) return { outcome: "finished" };
      if (known !== undefined && known.until > now) return { outcome: "in-flight" };
      database.transaction(() =>
        known === undefined ? begin.run(delivery, now, until) : takeOn.run(until, delivery),
      );
      await database.durable();
      return { outcome: known === undefined ? "begun" : "lapsed" };
    },
    async finish(delivery) {
      finish.run(delivery);
    },
  };
}
