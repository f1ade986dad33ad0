// An alert's record as a row: the columns that a duplicate or a settlement changes can be written alone.
import type { AlertMemory, AlertRecord, Disposition } from "../../core/alert.ts";
import type { AlertSeverity } from "../../core/severity.ts";
import { gravityOf } from "../../core/symptom.ts";
import type { Database } from "./database.ts";

export interface AlertRow {
  readonly row: number;
  readonly id: string;
  readonly revision: number;
  readonly source: string;
  readonly service: string;
  readonly correlation: string;
  readonly drill: number;
  readonly status: AlertRecord["status"];
  readonly severity: AlertSeverity;
  readonly title: string;
  readonly since: number;
  readonly until: number | null;
  readonly accepted_at: number;
  readonly passed_at: number;
  readonly count: number;
  readonly disposition: string | null;
  readonly settled_pass: number | null;
  readonly incident: string | null;
  readonly memory: string | null;
}

export interface AlertRows {
  find(id: string): AlertRow | undefined;
  /** Answers its row number. */
  insert(record: AlertRecord): number;
  update(row: number, record: AlertRecord): void;
  count(row: number, copies: number): void;
}

export function openAlertRows(database: Database): AlertRows {
  const find = database.query<AlertRow>("SELECT * FROM alerts WHERE id = ?");
  const insert = database.query<{ row: number }>(
    `INSERT INTO alerts (id, source, drill, revision, service, correlation, status, severity, title, since, until,
       accepted_at, passed_at, count, disposition, settled_pass, memory, gravity, incident)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING row`,
  );
  // A member fires in its incident: one that is over, or fires anew, is none until it is settled.
  const update = database.query(
    `UPDATE alerts SET revision = ?, service = ?, correlation = ?, status = ?, severity = ?, title = ?, since = ?,
       until = ?, accepted_at = ?, passed_at = ?, count = ?, disposition = ?, settled_pass = ?, memory = ?, gravity = ?, incident = ?16,
       member = iif(?16 IS NULL OR ?4 = 'resolved', NULL, member)
     WHERE row = ?17`,
  );
  const count = database.query("UPDATE alerts SET count = count + ? WHERE row = ?");

  return {
    find: (id) => find.get(id),
    insert: (record) => {
      const { id, source, drill, incident } = record;
      const made = insert.get(id, source, Number(drill), ...changing(record), incident ?? null);
      if (made === undefined) throw new Error(`no row was made for alert ${id}`);
      return made.row;
    },
    update: (row, record) => void update.run(...changing(record), record.incident ?? null, row),
    count: (row, copies) => void count.run(copies, row),
  };
}

const changing = (record: AlertRecord) =>
  [
    record.revision,
    record.service,
    record.correlation,
    record.status,
    record.severity,
    record.title,
    record.since,
    record.until ?? null,
    record.acceptedAt,
    record.passedAt,
    record.count,
    record.disposition === undefined ? null : JSON.stringify(record.disposition),
    record.settledPass ?? null,
    record.memory === undefined ? null : JSON.stringify(record.memory),
    gravityOf(record),
  ] as const;

export const recordFrom = (row: AlertRow): AlertRecord => ({
  id: row.id,
  revision: row.revision,
  source: row.source,
  service: row.service,
  correlation: row.correlation,
  drill: row.drill === 1,
  status: row.status,
  severity: row.severity,
  title: row.title,
  since: row.since,
  ...(row.until === null ? {} : { until: row.until }),
  acceptedAt: row.accepted_at,
  passedAt: row.passed_at,
  count: row.count,
  ...(row.disposition === null ? {} : { disposition: JSON.parse(row.disposition) as Disposition }),
  ...(row.settled_pass === null ? {} : { settledPass: row.settled_pass }),
  ...(row.incident === null ? {} : { incident: row.incident }),
  ...(row.memory === null ? {} : { memory: JSON.parse(row.memory) as AlertMemory }),
});
