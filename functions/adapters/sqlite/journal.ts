// Streams of events: what DynamoDB does in one conditional transaction, SQLite does in one synchronous stretch.
import type { StreamId } from "../../core/aggregate.ts";
import { commitEntries } from "../../core/bus.ts";
import type { Commit, Committed, HistoryEntry, Journal } from "../../ports.ts";
import type { ClaimTable } from "./claims.ts";
import type { Database } from "./database.ts";
import type { FeedWriter } from "./feed.ts";
import { eventsWithinLimits } from "./limits.ts";

export interface JournalOptions {
  /** For tests: says before each append whether somebody else shall have been first. */
  readonly conflict?: (commit: Commit) => boolean;
  /** Which events the feed has to carry; all where it is left out. */
  readonly hears?: (type: string) => boolean;
}

interface Head {
  readonly version: number;
  readonly epoch: number;
}

interface Recorded {
  readonly version: number;
  readonly events: string;
}

export function openJournal(
  database: Database,
  feed: FeedWriter,
  claims: ClaimTable,
  { conflict = () => false, hears = () => true }: JournalOptions,
): Journal {
  const head = database.query<Head>("SELECT version, epoch FROM streams WHERE stream = ?");
  const seen = database.query("SELECT 1 FROM causes WHERE stream = ? AND cause = ?");
  const remember = database.query("INSERT INTO causes (stream, cause, at) VALUES (?, ?, ?)");
  const record = database.query("INSERT INTO commits (stream, version, events) VALUES (?, ?, ?)");
  const columns = "SELECT version, events FROM commits WHERE stream = ? AND version > ? ORDER BY version";
  const tail = database.query<Recorded>(columns);
  const page = database.query<Recorded>(`${columns} LIMIT ?`);
  const snapshot = database.query<{ version: number; state: string }>(
    "SELECT version, state FROM snapshots WHERE stream = ? AND schema = ?",
  );
  const keepSnapshot = database.query(
    `INSERT INTO snapshots (stream, schema, version, state) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET version = excluded.version, state = excluded.state
     WHERE excluded.version > snapshots.version`,
  );
  const writeHead = headWriter(database);

  /** The checks of a transaction: nothing can come between them and the writing, as nothing awaits. */
  function refusal(commit: Commit): Committed | undefined {
    if (commit.cause !== undefined && seen.get(commit.stream, commit.cause) !== undefined) {
      return { outcome: "already-seen" };
    }
    if ((head.get(commit.stream)?.version ?? 0) !== commit.expected) return { outcome: "conflict" };
    for (const { key, change } of commit.claims) {
      const holder = change === "take" ? claims.rival(key, commit.stream, commit.at) : undefined;
      if (holder !== undefined) return { outcome: "claim-lost", key, holder };
    }
    return undefined;
  }

  function write(commit: Commit, version: number, events: string): void {
    const { stream, at } = commit;
    writeHead(commit, version);
    if (commit.events.length > 0) record.run(stream, version, events);
    for (const claim of commit.claims) claims.change(claim, stream);
    if (commit.cause !== undefined) remember.run(stream, commit.cause, at);
    feed.publish(
      commitEntries(stream, version, commit.drill, commit.events).filter(({ type }) => hears(type)),
      at,
    );
    feed.headWritten(stream, commit.nextDue);
  }

  return {
    async append(commit) {
      const events = eventsWithinLimits(commit);
      const refused = conflict(commit) ? ({ outcome: "conflict" } as const) : refusal(commit);
      if (refused !== undefined) {
        // What was seen has to be as safe as what is new before anybody is told that it was.
        if (refused.outcome === "already-seen") await database.durable();
        return refused;
      }
      const version = commit.expected + (commit.events.length > 0 ? 1 : 0);
      database.transaction(() => write(commit, version, events));
      await database.durable();
      return { outcome: "committed", version };
    },
    async load(stream, schema, known = 0) {
      const { version, epoch } = head.get(stream) ?? { version: 0, epoch: 0 };
      // Nothing to look for: most people have no stream, and whoever decided last has the newest state.
      if (version === 0 || version === known) return { version, epoch, after: version, events: [] };
      const start = known > 0 && known < version ? undefined : snapshot.get(stream, schema);
      const after = start?.version ?? (known < version ? known : 0);
      const events = tail.all(stream, after).flatMap((commit) => JSON.parse(commit.events) as unknown[]);
      if (start === undefined) return { version, epoch, after, events };
      const { state } = start;
      return { version, epoch, after, events, snapshot: { version: after, state: JSON.parse(state) } };
    },
    async saveSnapshot(stream, version, schema, state) {
      keepSnapshot.run(stream, schema, version, JSON.stringify(state));
    },
    async history(stream, after, limit) {
      const entries: HistoryEntry[] = [];
      for (const { version, events } of page.all(stream, after, limit)) {
        if (entries.length >= limit) break;
        const facts = JSON.parse(events) as unknown[];
        entries.push(...facts.map((event, index) => ({ version, index, event })));
      }
      return entries;
    },
  };
}

function headWriter(database: Database): (commit: Commit, version: number) => void {
  const write = database.query(
    `INSERT OR REPLACE INTO streams (stream, version, epoch, next_due, state, opened_at, summary)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  return ({ stream, epoch, nextDue, summary }, version) => {
    const text = summary === undefined ? null : JSON.stringify(summary);
    const { state = null, openedAt = null } = summary ?? {};
    write.run(stream, version, epoch, nextDue ?? null, state, openedAt, text);
  };
}

/** A stream's paging epoch; undefined when there is no such stream. */
export function epochReader(database: Database): (stream: StreamId) => number | undefined {
  const head = database.query<Head>("SELECT version, epoch FROM streams WHERE stream = ?");
  return (stream) => head.get(stream)?.epoch;
}
