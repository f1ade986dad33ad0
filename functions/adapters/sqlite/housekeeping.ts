// What nobody needs any more is dropped, a small slice at a time. A stash is not: what was accepted stays until it is
// dealt with.
import { type Duration, hours, type Instant } from "../../core/time.ts";
import type { Database } from "./database.ts";

const days = (n: number): Duration => hours(24 * n);
/** Longer than any message can wait on its way to a second try (SQS keeps none longer than 14 days). */
const causeLife = days(15);
const leaseLife = days(15);
const detailLife = days(30);

export interface Housekeeping {
  /** Drops at most `limit` rows of each kind; answers how many in all. */
  sweep(now: Instant, limit: number): number;
}

export function openHousekeeping(database: Database): Housekeeping {
  const claims = database.query(
    "DELETE FROM claims WHERE key IN (SELECT key FROM claims WHERE until <= ? LIMIT ?)",
  );
  // Rows lie in the order in which they were written: the oldest come first and the look stops at the first young one.
  const causes = database.query(
    `DELETE FROM causes WHERE at <= ?1 AND rowid IN (SELECT rowid FROM causes ORDER BY rowid LIMIT ?2)`,
  );
  const leases = database.query(
    `DELETE FROM leases WHERE at <= ?1 AND rowid IN (SELECT rowid FROM leases ORDER BY rowid LIMIT ?2)`,
  );
  // An old alert may have a young detail, so these are walked through, a stretch each time.
  const details = database.query("DELETE FROM alert_details WHERE alert > ? AND alert <= ? AND at <= ?");
  const newest = database.query<{ alert: number | null }>("SELECT max(alert) AS alert FROM alert_details");
  let walked = 0;

  return {
    sweep: (now, limit) =>
      database.transaction(() => {
        if (walked >= (newest.get()?.alert ?? 0)) walked = 0;
        const stretch = details.run(walked, walked + limit, now - detailLife);
        walked += limit;
        return (
          stretch +
          claims.run(now, limit) +
          causes.run(now - causeLife, limit) +
          leases.run(now - leaseLife, limit)
        );
      }),
  };
}
