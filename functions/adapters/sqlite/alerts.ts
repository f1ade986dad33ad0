// The ledger of alerts: each is taken by core's rule and is on the disk before its sender is told that it was.
import { setImmediate as aTurnOfOthers } from "node:timers/promises";
import { isDetailed, type RoutedAlert } from "../../core/alert.ts";
import { alertEntry, type BusEntry } from "../../core/bus.ts";
import { takeAlert } from "../../core/take-alert.ts";
import type { Instant } from "../../core/time.ts";
import type { AlertLedger, Receipt } from "../../ports.ts";
import { openAlertRows, recordFrom } from "./alert-rows.ts";
import type { Database } from "./database.ts";
import { openDetails } from "./details.ts";
import type { FeedWriter } from "./feed.ts";
import { gatherTurns } from "./gather.ts";
import { openHandOn } from "./hand-on.ts";
import { openSettling } from "./members.ts";
import { slices } from "./slices.ts";
import { openStash } from "./stash.ts";

interface Request {
  readonly alerts: readonly RoutedAlert[];
  readonly now: Instant;
}

const titleLength = 300;

export function openAlertLedger(database: Database, feed: FeedWriter): AlertLedger {
  const rows = openAlertRows(database);
  const details = openDetails(database);

  /** Takes one alert inside the transaction; news goes to `entries`. */
  function take(alert: RoutedAlert, now: Instant, entries: BusEntry[]): Receipt {
    const known = rows.find(alert.id);
    const { verdict, record, publish } = takeAlert(known && recordFrom(known), withShortTitle(alert), now);
    if (known !== undefined && verdict === "duplicate") {
      rows.count(known.row, alert.copies);
    } else {
      const row = known?.row ?? rows.insert(record);
      if (known !== undefined) rows.update(row, record);
      if (isDetailed(verdict)) details.keep(row, alert, now);
    }
    if (publish) entries.push(alertEntry(record));
    return { id: alert.id, verdict };
  }

  const takeSlice = gatherTurns((requests: readonly Request[]) =>
    database.transaction(() =>
      requests.map(({ alerts, now }) => {
        const entries: BusEntry[] = [];
        const receipts = alerts.map((alert) => take(alert, now, entries));
        feed.publish(entries, now);
        return receipts;
      }),
    ),
  );

  return {
    ...openStash(database, feed),
    ...openSettling(database, rows),
    ...openHandOn(database, feed),
    async accept(alerts, now) {
      const receipts: Receipt[] = [];
      for (const slice of slices(alerts)) {
        if (receipts.length > 0) await aTurnOfOthers();
        receipts.push(...(await takeSlice({ alerts: slice, now })));
      }
      await database.durable();
      return receipts;
    },
    read: async (ids) =>
      ids.flatMap((id) => {
        const found = rows.find(id);
        return found === undefined ? [] : [recordFrom(found)];
      }),
    detail: async (id) => details.read(id),
  };
}

/** A record stays below 1 KB whatever a source calls its alerts. */
const withShortTitle = (alert: RoutedAlert): RoutedAlert =>
  alert.title.length <= titleLength
    ? alert
    : { ...alert, title: `${alert.title.slice(0, titleLength - 1).replace(/[\uD800-\uDBFF]$/, "")}…` };
