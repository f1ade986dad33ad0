// The one-machine store: every store port over one SQLite file.
import type {
  AlertLedger,
  Claims,
  ConfigItems,
  DeadLetters,
  Incidents,
  Journal,
  Leases,
  Members,
} from "../../ports.ts";
import { openAlertLedger } from "./alerts.ts";
import { openClaims } from "./claims.ts";
import { openConfigItems } from "./config.ts";
import { openDatabase } from "./database.ts";
import { openDeadLetters } from "./dead-letters.ts";
import { type Feed, openFeed } from "./feed.ts";
import { type Housekeeping, openHousekeeping } from "./housekeeping.ts";
import { type JournalOptions, openJournal } from "./journal.ts";
import { openLeases } from "./leases.ts";
import { openMembers } from "./members.ts";
import { openRetries, type Retries } from "./retries.ts";
import { type DueStreams, openIncidents, openTimers } from "./streams.ts";

export interface SqliteStore {
  readonly journal: Journal;
  readonly claims: Claims;
  readonly timers: DueStreams;
  readonly incidents: Incidents;
  readonly alerts: AlertLedger;
  readonly members: Members;
  readonly leases: Leases;
  readonly configItems: ConfigItems;
  readonly deadLetters: DeadLetters;
  readonly feed: Feed;
  readonly retries: Retries;
  readonly housekeeping: Housekeeping;
  /** Waits for the disk, then gives the file free. */
  close(): Promise<void>;
}

export interface SqliteOptions extends JournalOptions {
  /** False for tests that crash nothing: promises do not wait for the disk. */
  readonly durable?: boolean;
}

export function openSqliteStore(file: string, options: SqliteOptions = {}): SqliteStore {
  const database = openDatabase(file, options.durable ?? true);
  const feed = openFeed(database);
  const claims = openClaims(database);
  const { deadLetters, letterBox } = openDeadLetters(database, feed);
  return {
    journal: openJournal(database, feed, claims, options),
    claims,
    timers: openTimers(database),
    incidents: openIncidents(database),
    alerts: openAlertLedger(database, feed),
    members: openMembers(database),
    leases: openLeases(database),
    configItems: openConfigItems(database),
    deadLetters,
    feed,
    retries: openRetries(database, letterBox),
    housekeeping: openHousekeeping(database),
    close: () => database.close(),
  };
}
