// How fast one process speaks to the chat: fewer requests a second than it allows the app, one thing at a time where
// people read, and of several states of one card only the newest.
import { setTimeout as pause } from "node:timers/promises";
import type { Duration } from "../../core/time.ts";

/**
 * Lets through so many a second, in the order in which they came: some at once, the others evenly, for what leaves here in
 * two seconds may arrive there in one. Whoever stood still meanwhile does not make up for it at once.
 */
export function pace(perSecond: number, atOnce: number): () => Promise<void> {
  const apart = 1000 / perSecond;
  /** When all that was let through would have been, evenly. */
  let level = 0;
  let last = Promise.resolve();
  const next = async (): Promise<void> => {
    const wait = level - atOnce * apart - performance.now();
    if (wait > 0) await pause(wait);
    level = Math.max(level, performance.now()) + apart;
  };
  return () => {
    last = last.then(next);
    return last;
  };
}

/** One after the other for each key; undefined for who would have to wait longer than that, and did nothing. */
export function inTurn(
  longest: Duration,
): <Value>(key: string, act: () => Promise<Value>) => Promise<Value | undefined> {
  const last = new Map<string, Promise<unknown>>();
  return async (key, act) => {
    const before = last.get(key);
    const mine =
      before === undefined ? act() : turnAfter(before, longest).then((came) => (came ? act() : undefined));
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}

/** Whether it came to an end in time, however it ended. */
async function turnAfter(before: Promise<unknown>, longest: Duration): Promise<boolean> {
  const stop = new AbortController();
  const ended = before.then(
    () => true,
    () => true,
  );
  try {
    return await Promise.race([ended, pause(longest, false, { signal: stop.signal })]);
  } finally {
    stop.abort();
  }
}

/** While one is on its way the others wait, and the newest of them stands for all: each is told what came of that one. */
export function newestWins<Message, Outcome>(): (
  key: string,
  message: Message,
  act: (message: Message) => Promise<Outcome>,
) => Promise<Outcome> {
  interface Waiting {
    newest: Message;
    readonly outcome: Promise<Outcome>;
  }
  const onTheirWay = new Map<string, Promise<Outcome>>();
  const waiting = new Map<string, Waiting>();

  return (key, message, act) => {
    const begin = (newest: Message): Promise<Outcome> => {
      const going = act(newest).finally(() => {
        if (onTheirWay.get(key) === going) onTheirWay.delete(key);
      });
      onTheirWay.set(key, going);
      return going;
    };
    const joined = waiting.get(key);
    if (joined !== undefined) {
      joined.newest = message;
      return joined.outcome;
    }
    const going = onTheirWay.get(key);
    if (going === undefined) return begin(message);
    const next = () => {
      const { newest } = waiting.get(key) ?? { newest: message };
      waiting.delete(key);
      return begin(newest);
    };
    const outcome = going.then(next, next);
    waiting.set(key, { newest: message, outcome });
    return outcome;
  };
}
