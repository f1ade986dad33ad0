// Messages that a function could not take yet, each with the time of its next try.
import type { Instant } from "../../core/time.ts";
import type { Database } from "./database.ts";
import type { LetterBox } from "./dead-letters.ts";
import { listenTo } from "./feed.ts";

/** What lies in a function's queue. */
export interface Message {
  readonly function: string;
  /** The same for every try. */
  readonly id: string;
  readonly body: string;
}

export interface Retry extends Message {
  readonly row: number;
  /** How often it was received so far. */
  readonly receives: number;
  /** When it was received first. */
  readonly at: Instant;
}

/** Nothing here is synced: the cursor that passes over a message is written later, so it is never safer than its retry. */
export interface Retries {
  add(message: Message, receives: number, due: Instant, at: Instant): void;
  again(row: number, receives: number, due: Instant): void;
  done(row: number): void;
  /** Gives a message up; `row` is its retry, if it had one. */
  bury(message: Message, row: number | undefined, reason: string, at: Instant): void;
  due(name: string, now: Instant, limit: number): readonly Retry[];
  /** The earliest that is due after that instant. */
  nextAfter(name: string, after: Instant): Instant | undefined;
  /** Told when letters are put back. Answers the way to stop it. */
  onRedriven(listener: () => void): () => void;
}

export function openRetries(database: Database, letters: LetterBox): Retries {
  const add = database.query(
    "INSERT INTO retries (function, message, body, receives, due, at) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const again = database.query("UPDATE retries SET receives = ?, due = ? WHERE row = ?");
  const done = database.query("DELETE FROM retries WHERE row = ?");
  const due = database.query<Retry>(
    `SELECT row, function, message AS id, body, receives, at FROM retries
     WHERE function = ? AND due <= ? ORDER BY due, row LIMIT ?`,
  );
  const next = database.query<{ due: number | null }>(
    "SELECT min(due) AS due FROM retries WHERE function = ? AND due > ?",
  );
  const listeners = new Set<() => void>();

  const retries: Retries = {
    add: (message, receives, at, first) =>
      void add.run(message.function, message.id, message.body, receives, at, first),
    again: (row, receives, at) => void again.run(receives, at, row),
    done: (row) => void done.run(row),
    bury: (message, row, reason, at) =>
      database.transaction(() => {
        letters.keep(message, reason, at);
        if (row !== undefined) done.run(row);
      }),
    due: (name, now, limit) => due.all(name, now, limit),
    nextAfter: (name, after) => next.get(name, after)?.due ?? undefined,
    onRedriven: (listener) => listenTo(listeners, listener),
  };
  letters.onPutBack((message, at) => {
    retries.add(message, 0, 0, at);
    database.afterCommit(() =>
      queueMicrotask(() => {
        for (const listener of listeners) listener();
      }),
    );
  });
  return retries;
}
