// What a function could not take however often it was tried, kept until somebody sends it on its way again.
import type { BusEntry } from "../../core/bus.ts";
import type { Instant } from "../../core/time.ts";
import type { DeadLetter, DeadLetters } from "../../ports.ts";
import type { Database } from "./database.ts";
import type { FeedWriter } from "./feed.ts";
import { itemText } from "./limits.ts";
import type { Message } from "./retries.ts";

/** So many letters that nobody can read do not hide those behind them. */
const unreadable = 1000;

type PutBack = (message: Message, at: Instant) => void;

/** The side of it that the queues write to. */
export interface LetterBox {
  /** Inside a transaction. */
  keep(message: Message, reason: string, at: Instant): void;
  /** Called inside the transaction that puts a queue's letter back. */
  onPutBack(putBack: PutBack): void;
}

interface Stored extends Omit<DeadLetter, "body"> {
  readonly body: string;
  /** 1: a message of its function's queue; 0: something that was to go out by the feed. */
  readonly queued: number;
}

export function openDeadLetters(
  database: Database,
  feed: FeedWriter,
): { readonly deadLetters: DeadLetters; readonly letterBox: LetterBox } {
  const keep = database.query(
    "INSERT OR REPLACE INTO dead_letters (id, function, reason, at, body, queued) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const list = database.query<Stored>(
    "SELECT id, function, reason, at, body, queued FROM dead_letters ORDER BY at, id LIMIT ?",
  );
  const drop = database.query("DELETE FROM dead_letters WHERE id = ?");
  let putBack: PutBack = () => undefined;

  /** Inside a transaction; false for what nobody can read, which stays where it is. */
  function sendOn({ id, function: name, at, body, queued }: Stored): boolean {
    if (queued === 1) putBack({ function: name, id, body }, at);
    else {
      const entries = entriesIn(JSON.parse(body));
      if (entries === undefined) return false;
      feed.publish(entries, at);
    }
    drop.run(id);
    return true;
  }

  return {
    letterBox: {
      keep: ({ id, function: name, body }, reason, at) => void keep.run(id, name, reason, at, body, 1),
      onPutBack(action) {
        putBack = action;
      },
    },
    deadLetters: {
      async add({ id, function: name, reason, at, body }) {
        database.transaction(() =>
          keep.run(id, name, reason, at, itemText(body ?? null, "a dead letter"), 0),
        );
        await database.durable();
      },
      list: async (limit) =>
        list.all(limit).map(({ queued: _way, ...letter }) => ({
          ...letter,
          body: JSON.parse(letter.body) as unknown,
        })),
      async redrive(limit) {
        let redriven = 0;
        database.transaction(() => {
          for (const letter of list.all(limit + unreadable)) {
            if (redriven === limit) break;
            if (sendOn(letter)) redriven += 1;
          }
        });
        await database.durable();
        return redriven;
      },
    },
  };
}

function entriesIn(body: unknown): readonly BusEntry[] | undefined {
  const bodies: readonly unknown[] = Array.isArray(body) ? body : [body];
  return bodies.length > 0 && bodies.every(isEntry) ? bodies : undefined;
}

const isEntry = (body: unknown): body is BusEntry =>
  typeof body === "object" && body !== null && "id" in body && "type" in body && "detail" in body;
