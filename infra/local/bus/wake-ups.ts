// The clock of one machine: streams whose time has come are put before fire-timers, to the second; a sweep finds the rest.
import type { ScheduledEvent, SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { SqliteStore } from "../../../functions/adapters/sqlite/store.ts";
import type { StreamId } from "../../../functions/core/aggregate.ts";
import type { Instant } from "../../../functions/core/time.ts";
import type { Clock, WakeUps } from "../../../functions/ports.ts";
import { startEveryMinute } from "./every-minute.ts";
import { openLane, type Source, type Trouble } from "./lane.ts";
import type { Received } from "./messages.ts";
import { openAlarm, realWaits, type Waits } from "./waits.ts";

export interface WakeUpSettings {
  readonly store: Pick<SqliteStore, "feed" | "retries" | "timers">;
  readonly clock: Clock;
  readonly waits?: Waits;
  readonly name?: string;
  readonly fire: (event: SQSEvent | ScheduledEvent) => Promise<SQSBatchResponse | void>;
  readonly batch?: number;
  readonly concurrency?: number;
  readonly report?: (trouble: Trouble) => void;
}

export interface RunningWakeUps extends WakeUps {
  idle(): Promise<void>;
  drain(): Promise<void>;
}

/** How many due streams are read from the store at once. */
const window = 500;

export function startWakeUps({
  store: { feed, retries, timers },
  clock,
  waits = realWaits,
  name = "fire-timers",
  fire,
  batch = 10,
  concurrency = 4,
  report = () => undefined,
}: WakeUpSettings): RunningWakeUps {
  const hints = new Map<StreamId, Instant>();
  const alarm = openAlarm(
    () => clock.now(),
    waits,
    () => {
      look();
      lane.kick();
    },
  );
  // Whatever is due up to this place in the order of time was hinted at; a stream that is written below it is hinted at
  // when it is written.
  let place = { due: Number.NEGATIVE_INFINITY, stream: "" };
  let idlers: (() => void)[] = [];

  function look(): void {
    const now = clock.now();
    const due = timers.following(place, now, window);
    for (const each of due) hints.set(each.stream, each.due);
    const last = due.at(-1);
    if (due.length === window && last !== undefined) place = last;
    else {
      place = { due: Math.max(place.due, now), stream: "\u{10FFFF}" };
      const next = timers.nextAfter(place.due);
      if (next !== undefined) alarm.by(next);
    }
  }

  const source: Source = {
    take(limit) {
      const taken: Received[] = [];
      for (const [stream, due] of hints) {
        if (taken.length === limit) break;
        hints.delete(stream);
        taken.push(message(name, stream, due, clock.now()));
      }
      return taken;
    },
    finished: () => undefined,
    empty() {
      // A long list of the overdue is read on only when what was read is done.
      if (hints.size === 0 && place.stream !== "\u{10FFFF}") look();
      return hints.size === 0;
    },
  };
  const lane = openLane(
    { name, handler: fire, batch, concurrency },
    source,
    { retries, clock, waits, report },
    () => {
      if (!lane.idle()) return;
      const resting = idlers;
      idlers = [];
      for (const resume of resting) resume();
    },
  );

  function heard(stream: StreamId, due: Instant | undefined): void {
    if (due === undefined) return;
    const now = clock.now();
    if (due > now) {
      // Only after the clock was set back: the place is ahead of the time.
      if (due <= place.due) place = { due: due - 1, stream: "\u{10FFFF}" };
      alarm.by(due);
      return;
    }
    hints.set(stream, due);
    lane.kick();
  }

  const stopListening = feed.onHead(heard);
  const sweep = startEveryMinute({ name, clock, waits, fire, report });
  let drained: Promise<void> | undefined;
  look();
  lane.kick();

  async function stop(): Promise<void> {
    stopListening();
    alarm.stop();
    await Promise.all([sweep.drain(), lane.drain()]);
  }

  return {
    hint: async (stream, due) => heard(stream, due),
    idle: () => (lane.idle() ? Promise.resolve() : new Promise((resolve) => idlers.push(resolve))),
    drain() {
      drained ??= stop();
      return drained;
    },
  };
}

const message = (name: string, stream: StreamId, due: Instant, at: Instant): Received => ({
  function: name,
  id: `${stream}@${due}`,
  receives: 1,
  at,
  body: JSON.stringify({ stream, due }),
});
