// Names that one stream at a time may hold.
import type { ClaimChange, StreamId } from "../../core/aggregate.ts";
import type { Instant } from "../../core/time.ts";
import type { Claims, Held } from "../../ports.ts";
import type { Database } from "./database.ts";

export interface ClaimTable extends Claims {
  /** The holder that stands in the way of taking it. */
  rival(key: string, stream: StreamId, now: Instant): StreamId | undefined;
  change(claim: ClaimChange, stream: StreamId): void;
}

interface Stored {
  readonly key: string;
  readonly holder: string;
  readonly detail: string | null;
}

// A released name is still found until it lapses: a late reply is answered by the incident that it was meant for.
const held = "(until IS NULL OR until > ?)";

export function openClaims(database: Database): ClaimTable {
  const one = database.query<Stored>(`SELECT key, holder, detail FROM claims WHERE key = ? AND ${held}`);
  const many = database.query<Stored>(
    `SELECT key, holder, detail FROM claims WHERE key > ? AND key < ? AND ${held} ORDER BY key LIMIT ?`,
  );
  const take = database.query(
    "INSERT OR REPLACE INTO claims (key, holder, detail, until) VALUES (?, ?, ?, ?)",
  );
  const letGo = database.query("DELETE FROM claims WHERE key = ? AND holder = ?");
  const letGoAt = database.query(
    "UPDATE claims SET until = ?, detail = coalesce(?, detail) WHERE key = ? AND holder = ?",
  );

  return {
    async holder(key, now) {
      const found = one.get(key, now);
      return found === undefined ? undefined : heldFrom(found);
    },
    async held(prefix, limit, now) {
      // "0" is the character after "/".
      return many.all(`${prefix}/`, `${prefix}0`, now, limit).map(heldFrom);
    },
    rival(key, stream, now) {
      const found = one.get(key, now);
      return found === undefined || found.holder === stream ? undefined : (found.holder as StreamId);
    },
    change({ key, change, detail, until }, stream) {
      if (change === "take") take.run(key, stream, detail ?? null, until ?? null);
      else if (until === undefined) letGo.run(key, stream);
      else letGoAt.run(until, detail ?? null, key, stream);
    },
  };
}

const heldFrom = ({ key, holder, detail }: Stored): Held => ({
  key,
  holder: holder as StreamId,
  detail: detail ?? undefined,
});
