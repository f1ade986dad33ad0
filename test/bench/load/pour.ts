// Two ways to pour requests in: as fast as they are answered, or on a timetable that no answer changes.
import { microseconds } from "./clock.ts";
import { type Connection, connected } from "./connection.ts";

export interface Poured {
  /** Microseconds from the first request to the last answer. */
  readonly took: number;
  /** Microseconds from each request to its answer. */
  readonly answers: readonly number[];
  readonly statuses: Readonly<Record<number, number>>;
}

interface Closed {
  readonly connections: number;
  /** The next request, or undefined when that was all. */
  readonly next: (index: number) => Buffer | undefined;
  readonly forMs?: number;
}

/** Each connection sends its next request when its last one was answered. */
export async function asFastAsAnswered(
  url: string,
  { connections, next, forMs = Number.POSITIVE_INFINITY }: Closed,
): Promise<Poured> {
  const book = bookkeeping();
  const end = microseconds() + forMs * 1000;
  let index = 0;
  const pool = await connectionsTo(url, connections);
  const start = microseconds();
  await Promise.all(
    pool.map(async (connection) => {
      while (microseconds() < end) {
        const request = next(index++);
        if (request === undefined) break;
        await book.exchange(connection, request);
      }
      connection.close();
    }),
  );
  return { took: microseconds() - start, ...book };
}

interface Open {
  readonly count: number;
  readonly gapMs: number;
  readonly request: (index: number) => Buffer;
  readonly onSend: (index: number, at: number) => void;
}

/** A request every `gapMs`, however long answers take: a slow target meets the next request all the same. */
export async function onATimetable(url: string, { count, gapMs, request, onSend }: Open): Promise<Poured> {
  const book = bookkeeping();
  const idle = await connectionsTo(url, 16);
  const all = [...idle];
  const running: Promise<void>[] = [];
  const start = microseconds();
  for (let index = 0; index < count; index++) {
    await reached(start + index * gapMs * 1000);
    const ready = request(index);
    let connection = idle.pop();
    if (connection === undefined) {
      connection = await connected(url);
      all.push(connection);
    }
    const used = connection;
    onSend(index, microseconds());
    running.push(book.exchange(used, ready).then(() => void idle.push(used)));
  }
  await Promise.all(running);
  for (const connection of all) connection.close();
  return { took: microseconds() - start, ...book };
}

function bookkeeping() {
  const answers: number[] = [];
  const statuses: Record<number, number> = {};
  return {
    answers,
    statuses,
    async exchange(connection: Connection, request: Buffer): Promise<void> {
      const sent = microseconds();
      const { status } = await connection.exchange(request);
      answers.push(microseconds() - sent);
      statuses[status] = (statuses[status] ?? 0) + 1;
    },
  };
}

const connectionsTo = (url: string, count: number): Promise<Connection[]> =>
  Promise.all(Array.from({ length: count }, () => connected(url)));

// A timer alone is late by up to a millisecond: the last stretch is spent turning.
async function reached(at: number): Promise<void> {
  for (let left = at - microseconds(); left > 0; left = at - microseconds())
    await new Promise<void>((resolve) => (left > 2000 ? setTimeout(resolve, 1) : setImmediate(resolve)));
}
