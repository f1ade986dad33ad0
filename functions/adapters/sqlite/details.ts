// What an alert says beyond its record: kept apart, so that a record stays small, and for a month only.
import type { RoutedAlert } from "../../core/alert.ts";
import type { Instant } from "../../core/time.ts";
import type { AlertDetail } from "../../ports.ts";
import type { Database } from "./database.ts";
import { itemText } from "./limits.ts";

export interface Details {
  /** Inside a transaction. */
  keep(row: number, alert: RoutedAlert, now: Instant): void;
  read(id: string): AlertDetail | undefined;
}

export function openDetails(database: Database): Details {
  const keep = database.query(
    "INSERT OR REPLACE INTO alert_details (alert, at, description, labels, link) VALUES (?, ?, ?, ?, ?)",
  );
  const read = database.query<{ description: string | null; labels: string; link: string | null }>(
    `SELECT description, labels, link FROM alert_details
     JOIN alerts ON alerts.row = alert_details.alert WHERE alerts.id = ?`,
  );
  return {
    keep(row, { description, labels, link }, now) {
      keep.run(row, now, description ?? null, itemText(labels, "an alert's labels"), link ?? null);
    },
    read(id) {
      const found = read.get(id);
      if (found === undefined) return undefined;
      return {
        description: found.description ?? undefined,
        labels: JSON.parse(found.labels) as Record<string, string>,
        link: found.link ?? undefined,
      };
    },
  };
}
