// The clock of one machine: a stream is looked at when its time has come, whatever else happens.
import type { ScheduledEvent, SQSEvent } from "aws-lambda";
import { expect, onTestFinished, test } from "vitest";
import type { SqliteStore } from "../../../../functions/adapters/sqlite/store.ts";
import type { StreamId } from "../../../../functions/core/aggregate.ts";
import { type Instant, minutes, seconds } from "../../../../functions/core/time.ts";
import { startWakeUps } from "../../../../infra/local/bus/wake-ups.ts";
import { aCommit, night } from "../../../support/moments.ts";
import { aSqliteStore } from "../../../support/stores.ts";
import { virtualTime } from "../../../support/virtual-time.ts";

function aClockwork(store: SqliteStore, onFire: (stream: StreamId) => Promise<void> = async () => undefined) {
  const time = virtualTime(night);
  const fired: { readonly stream: StreamId; readonly due: Instant; readonly after: number }[] = [];
  let sweeps = 0;
  const fire = async (event: SQSEvent | ScheduledEvent): Promise<void> => {
    if (!("Records" in event)) {
      sweeps++;
      return;
    }
    for (const { body } of event.Records) {
      const { stream, due } = JSON.parse(body) as { readonly stream: StreamId; readonly due: Instant };
      fired.push({ stream, due, after: time.clock.now() - night });
      await onFire(stream);
    }
  };
  const wakeUps = startWakeUps({ store, clock: time.clock, waits: time.waits, fire });
  onTestFinished(() => wakeUps.drain());
  return { time, fired, sweeps: () => sweeps, wakeUps };
}

const due = (store: SqliteStore, stream: StreamId, nextDue: Instant | undefined, expected = 0) =>
  store.journal.append(aCommit(stream, { nextDue, expected }));

test("a stream is woken at its time, once", async () => {
  const store = aSqliteStore();
  const { time, fired } = aClockwork(store);
  await due(store, "incident/late", night + minutes(5));
  await due(store, "incident/soon", night + seconds(30));
  await time.pass(minutes(10));
  expect(fired).toEqual([
    { stream: "incident/soon", due: night + seconds(30), after: seconds(30) },
    { stream: "incident/late", due: night + minutes(5), after: minutes(5) },
  ]);
});

test("a stream whose time moved is woken at the new time only", async () => {
  const store = aSqliteStore();
  const { time, fired } = aClockwork(store);
  await due(store, "incident/1", night + seconds(30));
  await due(store, "incident/1", night + seconds(90), 1);
  await due(store, "incident/2", night + seconds(30));
  await due(store, "incident/2", undefined, 1);
  await time.pass(minutes(10));
  expect(fired.map(({ after }) => after)).toEqual([seconds(90)]);
});

test("what is due at once is woken at once, though time stands still", async () => {
  const store = aSqliteStore();
  let version = 0;
  const { time, fired } = aClockwork(store, async (stream) => {
    version++;
    await due(store, stream, version < 4 ? night : undefined, version);
  });
  await due(store, "incident/1", night);
  await time.pass(0);
  expect(fired).toHaveLength(4);
});

test("after a start whatever is overdue is woken, however many", async () => {
  const store = aSqliteStore();
  for (let i = 0; i < 1200; i++) await due(store, `incident/${i}`, night - minutes(i % 7));
  const { wakeUps, fired } = aClockwork(store);
  await wakeUps.idle();
  expect(new Set(fired.map(({ stream }) => stream)).size).toBe(1200);
  expect(fired).toHaveLength(1200);
  expect(fired[0]?.due).toBe(night - minutes(6));
});

test("the sweep comes every minute, whatever the hints do", async () => {
  const { time, sweeps } = aClockwork(aSqliteStore());
  await time.pass(minutes(5));
  expect(sweeps()).toBe(5);
});

test("a wake-up that failed comes again soon", async () => {
  const store = aSqliteStore();
  let failures = 1;
  const { time, fired } = aClockwork(store, async () => {
    if (failures-- > 0) throw new Error("conflicts without end");
  });
  await due(store, "incident/1", night + seconds(1));
  await time.pass(seconds(5));
  expect(fired.map(({ after }) => after)).toEqual([1000, 1100]);
});

test("a clock that was set back loses no wake-up", async () => {
  const store = aSqliteStore();
  const { time, fired } = aClockwork(store);
  await due(store, "incident/1", night + minutes(10));
  await time.pass(minutes(10));
  time.setClock(night);
  await due(store, "incident/2", night + minutes(5));
  await time.pass(minutes(5));
  expect(fired.map(({ stream }) => stream)).toContain("incident/2");
});
