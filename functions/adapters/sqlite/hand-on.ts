// Hands on anew what nobody has settled: alerts, and deliveries that were stored.
import { alertEntry, stashEntry } from "../../core/bus.ts";
import { isHandOnDue, unsettledAfter } from "../../core/hand-on.ts";
import type { AlertLedger } from "../../ports.ts";
import { type AlertRow, recordFrom } from "./alert-rows.ts";
import type { Database } from "./database.ts";
import type { FeedWriter } from "./feed.ts";

interface StashRow {
  readonly ref: string;
  readonly at: number;
  readonly passed_at: number;
}

export function openHandOn(database: Database, feed: FeedWriter): Pick<AlertLedger, "handOn"> {
  const alerts = database.query<AlertRow>(
    "SELECT * FROM alerts WHERE disposition IS NULL AND accepted_at <= ? ORDER BY accepted_at LIMIT ?",
  );
  const stashes = database.query<StashRow>(
    "SELECT ref, at, passed_at FROM stashes WHERE at <= ? ORDER BY at LIMIT ?",
  );
  const passAlert = database.query("UPDATE alerts SET passed_at = ? WHERE row = ?");
  const passStash = database.query("UPDATE stashes SET passed_at = ? WHERE ref = ?");

  return {
    async handOn(now, limit) {
      const handed = database.transaction(() => {
        const [before, most] = [now - unsettledAfter, limit] as const;
        const waiting = [
          ...alerts.all(before, most).map((row) => ({
            takenAt: row.accepted_at,
            passedAt: row.passed_at,
            entry: alertEntry({ ...recordFrom(row), passedAt: now }),
            pass: () => void passAlert.run(now, row.row),
          })),
          ...stashes.all(before, most).map(({ ref, at, passed_at: passedAt }) => ({
            takenAt: at,
            passedAt,
            entry: stashEntry(ref),
            pass: () => void passStash.run(now, ref),
          })),
        ]
          .toSorted((a, b) => a.takenAt - b.takenAt)
          .slice(0, most);
        const due = waiting.filter(({ takenAt, passedAt }) => isHandOnDue(takenAt, passedAt, now));
        for (const { pass } of due) pass();
        feed.publish(
          due.map(({ entry }) => entry),
          now,
        );
        return { handedOn: due.length, oldest: waiting[0]?.takenAt };
      });
      await database.durable();
      return handed;
    },
  };
}
