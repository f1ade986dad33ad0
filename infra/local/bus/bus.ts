// The bus of one machine: the store's own feed, heard by each function at its own pace, at least once.
import { setImmediate as aTurnOfOthers } from "node:timers/promises";
import type { Feed } from "../../../functions/adapters/sqlite/feed.ts";
import type { SqliteStore } from "../../../functions/adapters/sqlite/store.ts";
import { minutes } from "../../../functions/core/time.ts";
import type { Clock } from "../../../functions/ports.ts";
import { type Lane, type LaneSettings, openLane, type Trouble } from "./lane.ts";
import { openTail, type Tail } from "./tail.ts";
import { realWaits, type Waits } from "./waits.ts";

export interface Subscriber extends LaneSettings {
  /** Of which events it hears. */
  readonly types: readonly string[];
}

export interface BusSettings {
  readonly store: Pick<SqliteStore, "feed" | "retries" | "housekeeping">;
  readonly subscribers: readonly Subscriber[];
  readonly clock: Clock;
  readonly waits?: Waits;
  /** Told of each failed try, for the log. */
  readonly report?: (trouble: Trouble) => void;
}

export interface RunningBus {
  /** Answers when nothing runs and nothing waits but what rests before its next try. */
  idle(): Promise<void>;
  /** Takes no more, waits for what runs, and keeps each function's place. */
  drain(): Promise<void>;
}

/** The marks are kept this often at most: a crash hands out again what was done since. */
const keepMarksEvery = 250;
/** Entries that all have heard stay for a while, to be looked at. */
const keptEntries = 10_000;
const slice = 500;

export function startBus({
  store,
  subscribers,
  clock,
  waits = realWaits,
  report = ignore,
}: BusSettings): RunningBus {
  const { feed, retries, housekeeping } = store;
  const tails = openTails(feed, subscribers);
  const surroundings = { retries, clock, waits, report };
  const lanes: readonly Lane[] = subscribers.map((subscriber) =>
    openLane(subscriber, tailOf(tails, subscriber.name), surroundings, onRest),
  );
  let idlers: (() => void)[] = [];
  let marksDue: unknown;
  let dropping = Promise.resolve();
  let drained: Promise<void> | undefined;

  const stopListening = feed.onRows((rows) => {
    for (const tail of tails.values()) tail.hear(rows);
    for (const lane of lanes) lane.kick();
    marksDue ??= waits.set(keepMarks, keepMarksEvery);
  });
  let tidying = waits.set(tidy, minutes(1));
  for (const lane of lanes) lane.kick();

  function onRest(): void {
    marksDue ??= waits.set(keepMarks, keepMarksEvery);
    if (idlers.length === 0 || !lanes.every((lane) => lane.idle())) return;
    const resting = idlers;
    idlers = [];
    for (const resume of resting) resume();
  }

  function keepMarks(): void {
    marksDue = undefined;
    feed.saveCursors(new Map([...tails].map(([name, tail]) => [name, tail.mark()])));
    const heardByAll = Math.min(feed.last(), ...[...tails.values()].map((tail) => tail.mark()));
    dropping = dropping.then(() => dropHeard(feed, heardByAll - keptEntries));
  }

  function tidy(): void {
    housekeeping.sweep(clock.now(), slice);
    tidying = waits.set(tidy, minutes(1));
  }

  return {
    idle: () =>
      lanes.every((lane) => lane.idle()) ? Promise.resolve() : new Promise((resolve) => idlers.push(resolve)),
    drain() {
      drained ??= stop();
      return drained;
    },
  };

  async function stop(): Promise<void> {
    stopListening();
    waits.clear(tidying);
    await Promise.all(lanes.map((lane) => lane.drain()));
    waits.clear(marksDue);
    keepMarks();
    await dropping;
  }
}

function openTails(feed: Feed, subscribers: readonly Subscriber[]): ReadonlyMap<string, Tail> {
  const cursors = feed.cursors();
  // Who is new in a house that already runs hears of what comes, as a new rule on EventBridge would.
  const start = cursors.size === 0 ? 0 : feed.last();
  const places = new Map(subscribers.map(({ name }) => [name, cursors.get(name) ?? start]));
  feed.saveCursors(places);
  return new Map(
    subscribers.map(({ name, types }) => [
      name,
      openTail(name, new Set(types), feed, places.get(name) ?? start),
    ]),
  );
}

function tailOf(tails: ReadonlyMap<string, Tail>, name: string): Tail {
  const tail = tails.get(name);
  if (tail === undefined) throw new Error(`no place in the feed for ${name}`);
  return tail;
}

async function dropHeard(feed: Feed, below: number): Promise<void> {
  while (below > 0 && feed.drop(below, slice) === slice) await aTurnOfOthers();
}

const ignore = (): void => undefined;
