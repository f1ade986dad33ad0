// One file, one connection, one process: everything the store writes goes through `transaction`, without an await inside.
import { closeSync, openSync } from "node:fs";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { type Durable, groupSync, openWal } from "./durability.ts";
import { schema, schemaVersion } from "./schema.ts";

export interface Query<Row> {
  get(...values: readonly SQLInputValue[]): Row | undefined;
  all(...values: readonly SQLInputValue[]): readonly Row[];
  /** Answers how many rows changed. */
  run(...values: readonly SQLInputValue[]): number;
}

export interface Database {
  /** Prepared once; Row is what the columns are by the schema. */
  query<Row>(text: string): Query<Row>;
  /** All of it or nothing. */
  transaction<Answer>(body: () => Answer): Answer;
  /** Runs right after the transaction that is open now has committed; never if it did not. */
  afterCommit(action: () => void): void;
  readonly durable: Durable;
  close(): Promise<void>;
}

/** How many commits the log takes before a quiet moment is used to carry it over into the database. */
const commitsPerCheckpoint = 200;

export function openDatabase(file: string, promised: boolean): Database {
  const sql = openExclusively(file);
  try {
    prepareFile(sql, promised);
  } catch (cause) {
    sql.close();
    throw cause;
  }
  const query = <Row>(text: string): Query<Row> => prepare(sql, text);
  const [begin, commit, rollback] = [query("BEGIN"), query("COMMIT"), query("ROLLBACK")];
  const checkpoint = query("PRAGMA wal_checkpoint(PASSIVE)");
  let commits = 0;
  let committed: (() => void)[] = [];

  // In a quiet moment rather than inside somebody's commit: the log is synced already, so that little is left to do.
  const carryOver = (): void => {
    if (commits < commitsPerCheckpoint || !sql.isOpen) return;
    commits = 0;
    checkpoint.get();
  };
  const wal = promised ? openWal(file) : undefined;
  const durable = wal === undefined ? () => Promise.resolve() : groupSync(() => wal.sync(), carryOver);

  return {
    query,
    transaction(body) {
      begin.run();
      let answer: ReturnType<typeof body>;
      try {
        answer = body();
        commit.run();
      } catch (cause) {
        committed = [];
        if (sql.isTransaction) rollback.run();
        throw cause;
      }
      commits += 1;
      const actions = committed;
      committed = [];
      for (const action of actions) action();
      return answer;
    },
    afterCommit: (action) => void committed.push(action),
    durable,
    async close() {
      if (!sql.isOpen) return;
      await durable();
      wal?.close();
      sql.close();
    },
  };
}

// The lock is the kernel's, on the open file: it ends with the process, however that ends, so nothing stale is left.
function openExclusively(file: string): DatabaseSync {
  makePrivate(file);
  const sql = new DatabaseSync(file);
  try {
    sql.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; BEGIN IMMEDIATE; COMMIT;");
    return sql;
  } catch (cause) {
    sql.close();
    if (cause instanceof Error && "errcode" in cause && cause.errcode === 5) {
      throw new Error(`${file} is in use by another Muster; stop that one or choose another data folder`, {
        cause,
      });
    }
    throw cause;
  }
}

/** A new file is for its owner only, whatever the umask; SQLite gives its log and index the mode of the database. One that is
 * there is not opened: closing a descriptor of it would drop the lock of a store that this process has open. */
function makePrivate(file: string): void {
  if (file === ":memory:") return;
  try {
    closeSync(openSync(file, "ax", 0o600));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
}

function prepareFile(sql: DatabaseSync, promised: boolean): void {
  // NORMAL syncs at checkpoints only; the sync that a promise needs is ours (durability.ts).
  sql.exec(`PRAGMA synchronous = ${promised ? "NORMAL" : "OFF"}`);
  sql.exec("PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY");
  const found = Number(sql.prepare("PRAGMA user_version").get()?.["user_version"]);
  if (found === schemaVersion) return;
  if (found !== 0) {
    throw new Error(
      `the data is of version ${found}, this Muster reads ${schemaVersion}; use the Muster that wrote it`,
    );
  }
  sql.exec(`BEGIN; ${schema}; PRAGMA user_version = ${schemaVersion}; COMMIT;`);
}

function prepare<Row>(sql: DatabaseSync, text: string): Query<Row> {
  const statement = sql.prepare(text);
  // The one place that believes the schema: STRICT tables hold what their columns say.
  return {
    get: (...values) => statement.get(...values) as Row | undefined,
    all: (...values) => statement.all(...values) as Row[],
    run: (...values) => Number(statement.run(...values).changes),
  };
}
