// Which alerts belong to which incident: settlements write it, the incident asks how many there are and whether one fires.
import type { Disposition } from "../../core/alert.ts";
import type { FiringAlert, FiringSymptoms } from "../../core/facts.ts";
import { symptomOf } from "../../core/symptom.ts";
import type { AlertLedger, Members } from "../../ports.ts";
import type { AlertRow, AlertRows } from "./alert-rows.ts";
import type { Database } from "./database.ts";
import { inSlices } from "./slices.ts";

export function openSettling(database: Database, rows: AlertRows): Pick<AlertLedger, "settle"> {
  const settle = database.query(
    `UPDATE alerts SET disposition = ?1, settled_pass = ?5, incident = coalesce(?2, incident),
       member = iif(status = 'firing' AND ?3, ?2, member) WHERE row = ?4`,
  );
  const add = database.query(
    `INSERT INTO member_counts (incident, count) VALUES (?, ?)
     ON CONFLICT DO UPDATE SET count = count + excluded.count`,
  );

  return {
    async settle(settlements) {
      await inSlices(settlements, (slice) =>
        database.transaction(() => {
          // One incident gets most of a batch: one write for all that it gained.
          const gained = new Map<string, number>();
          for (const { id, revision, disposition, passedAt = null } of slice) {
            const alert = rows.find(id);
            if (alert === undefined || alert.revision !== revision) continue;
            const text = JSON.stringify(disposition);
            if (alert.disposition === text && alert.settled_pass === passedAt) continue;
            const incident = incidentOf(disposition);
            settle.run(text, incident ?? null, Number(disposition.kind !== "resolved"), alert.row, passedAt);
            if (incident !== undefined && incident !== alert.incident) {
              gained.set(incident, (gained.get(incident) ?? 0) + 1);
            }
          }
          for (const [incident, alerts] of gained) add.run(incident, alerts);
        }),
      );
      await database.durable();
    },
  };
}

const incidentOf = (disposition: Disposition): string | undefined =>
  disposition.kind === "suppressed" ? undefined : disposition.incident;

export function openMembers(database: Database): Members {
  const firing = database.query("SELECT 1 FROM alerts WHERE member = ? LIMIT 1");
  const count = database.query<{ count: number }>("SELECT count FROM member_counts WHERE incident = ?");
  // Handed on before all time: the next duplicate is no quiet one (core/take-alert.ts).
  const release = database.query(
    `UPDATE alerts SET passed_at = 0, member = NULL WHERE row IN (SELECT row FROM alerts WHERE member = ? LIMIT ?)`,
  );
  // From one symptom to the next, however many alerts each has.
  const next = database.query<AlertRow & { gravity: string }>(
    "SELECT * FROM alerts WHERE member = ? AND gravity > ? ORDER BY gravity LIMIT 1",
  );

  function firingSymptoms(incident: string, most: number): FiringSymptoms {
    const alerts = new Map<string, FiringAlert>();
    let row = next.get(incident, "");
    while (row !== undefined && alerts.size <= most) {
      const { id: alert, title, severity, since } = row;
      const symptom = symptomOf(title);
      // The gravest comes first.
      if (!alerts.has(symptom)) alerts.set(symptom, { alert, title, severity, since });
      row = next.get(incident, row.gravity);
    }
    return { alerts: [...alerts.values()].slice(0, most), whole: alerts.size <= most };
  }

  return {
    anyFiring: async (incident) => firing.get(incident) !== undefined,
    firing: async (incident, most) => firingSymptoms(incident, most),
    count: async (incident) => count.get(incident)?.count ?? 0,
    async release(incident, limit) {
      const released = database.transaction(() => release.run(incident, limit));
      await database.durable();
      return released;
    },
  };
}
