// The bus of one machine: each function hears what it asked for, at least once, and nobody waits for a bad entry.
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { expect, onTestFinished, test } from "vitest";
import { openSqliteStore, type SqliteStore } from "../../../../functions/adapters/sqlite/store.ts";
import { minutes, seconds } from "../../../../functions/core/time.ts";
import { type RunningBus, type Subscriber, startBus } from "../../../../infra/local/bus/bus.ts";
import { aCommit, anAlert, night } from "../../../support/moments.ts";
import { aDatabaseFile, aSqliteStore } from "../../../support/stores.ts";
import { virtualTime } from "../../../support/virtual-time.ts";

const nobodyFails: SQSBatchResponse = { batchItemFailures: [] };

/** A function that remembers what it was called with. */
function aFunction(change: Partial<Subscriber> = {}, fails: (id: string) => boolean = () => false) {
  const calls: string[][] = [];
  const subscriber: Subscriber = {
    name: "handle-alert",
    types: ["AlertAccepted"],
    batch: 10,
    concurrency: 1,
    handler: async (event) => {
      const ids = event.Records.map(alertOf);
      calls.push(ids);
      const failed = event.Records.filter((record) => fails(alertOf(record)));
      return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    },
    ...change,
  };
  return { subscriber, calls, heard: () => calls.flat() };
}

const alertOf = ({ body }: SQSEvent["Records"][number]): string => {
  const { detail } = JSON.parse(body) as { readonly detail: { readonly alert: string } };
  return detail.alert;
};

function aBus(store: SqliteStore, ...subscribers: readonly Subscriber[]) {
  const time = virtualTime(night);
  const bus = startBus({ store, subscribers, clock: time.clock, waits: time.waits });
  onTestFinished(() => bus.drain());
  return { bus, time };
}

const accept = (store: SqliteStore, ...ids: readonly string[]) =>
  store.alerts.accept(
    ids.map((id) => anAlert(id)),
    night,
  );

test("an entry reaches its function as EventBridge would put it into the queue", async () => {
  const store = aSqliteStore();
  const events: SQSEvent[] = [];
  const handler = async (event: SQSEvent) => {
    events.push(event);
    return nobodyFails;
  };
  const { bus } = aBus(
    store,
    aFunction({ name: "send-page", types: ["DeliveryWanted"], handler }).subscriber,
  );
  const delivery = { type: "DeliveryWanted", delivery: "d1" };
  await store.journal.append(aCommit("incident/1", { events: [{ type: "PageOpened" }, delivery] }));
  await bus.idle();
  const [record] = events.flatMap((event) => event.Records);
  expect(record).toMatchObject({ messageId: "incident/1.1.1.send-page", eventSource: "aws:sqs" });
  expect(JSON.parse(record?.body ?? "")).toEqual({
    version: "0",
    id: "incident/1.1.1",
    "detail-type": "DeliveryWanted",
    source: "muster",
    account: "000000000000",
    time: "2026-11-21T03:00:00.000Z",
    region: "local",
    resources: [],
    detail: { stream: "incident/1", version: 1, index: 1, ref: "d1", drill: false },
  });
});

test("an entry is handed over before anything but microtasks had a turn", async () => {
  const store = aSqliteStore();
  const { subscriber, heard } = aFunction();
  aBus(store, subscriber);
  const turn = new Promise((resolve) => setImmediate(resolve));
  void accept(store, "a");
  for (let i = 0; i < 5; i++) await Promise.resolve();
  expect(heard()).toEqual(["a"]);
  await turn;
});

test("a function that has much to do and waits for nobody leaves turns to others", async () => {
  const store = aSqliteStore();
  const order: string[] = [];
  const handler = async () => {
    if (order.length === 0) setImmediate(() => order.push("somebody else"));
    order.push("a batch");
    return nobodyFails;
  };
  const { bus } = aBus(store, aFunction({ handler, batch: 5 }).subscriber);
  await accept(store, ...Array.from({ length: 50 }, (_, n) => `a${n}`));
  await bus.idle();
  expect(order.slice(0, 3)).toEqual(["a batch", "somebody else", "a batch"]);
  expect(order).toHaveLength(11);
});

test("what waits goes together, up to a batch, and in the order of the feed", async () => {
  const store = aSqliteStore();
  const { subscriber, calls } = aFunction({ batch: 3 });
  await accept(store, "a", "b", "c", "d");
  await accept(store, "e");
  const { bus } = aBus(store, subscriber);
  await bus.idle();
  expect(calls).toEqual([
    ["a", "b", "c"],
    ["d", "e"],
  ]);
});

test("no more calls run at once than the function allows", async () => {
  const store = aSqliteStore();
  let running = 0;
  let most = 0;
  const handler = async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running--;
  };
  const { bus } = aBus(store, aFunction({ batch: 1, concurrency: 4, handler }).subscriber);
  await accept(store, ...Array.from({ length: 50 }, (_, i) => `${i}`));
  await bus.idle();
  expect(most).toBe(4);
});

test("a poison entry delays nobody, is given up after five tries, and goes out again when it is redriven", async () => {
  const store = aSqliteStore();
  let poisoned = true;
  const { subscriber, calls, heard } = aFunction({}, (id) => id === "poison" && poisoned);
  const { bus, time } = aBus(store, subscriber);
  await accept(store, "a", "poison", "b");
  await accept(store, "c");
  await bus.idle();
  expect(heard()).toEqual(["a", "poison", "b", "c"]);

  await time.pass(seconds(30));
  expect(calls.slice(2)).toEqual([["poison"], ["poison"], ["poison"], ["poison"]]);
  const [letter] = await store.deadLetters.list(10);
  expect(letter).toMatchObject({ function: "handle-alert", body: { detail: { alert: "poison" } } });
  await time.pass(minutes(10));
  expect(heard()).toHaveLength(8);

  poisoned = false;
  expect(await store.deadLetters.redrive(10)).toBe(1);
  await bus.idle();
  expect(heard()).toHaveLength(9);
  await time.pass(minutes(10));
  expect(heard()).toHaveLength(9);
  expect(await store.deadLetters.list(10)).toEqual([]);
});

test("when a whole batch fails each message is tried again alone, and the letter says why", async () => {
  const store = aSqliteStore();
  const sizes: number[] = [];
  const handler = async (event: SQSEvent) => {
    sizes.push(event.Records.length);
    throw new Error("the table is throttled");
  };
  const { time } = aBus(store, aFunction({ handler }).subscriber);
  await accept(store, "a", "b", "c");
  await time.pass(minutes(1));
  expect(sizes).toEqual([3, ...Array.from({ length: 12 }, () => 1)]);
  expect((await store.deadLetters.list(10)).map(({ reason }) => reason)).toEqual(
    Array.from({ length: 3 }, () => "the table is throttled"),
  );
});

test("tries rest 100 ms, 1 s, 5 s and 15 s in between", async () => {
  const store = aSqliteStore();
  const at: number[] = [];
  const time = virtualTime(night);
  const handler = async () => {
    at.push(time.clock.now() - night);
    throw new Error("not now");
  };
  const subscribers = [aFunction({ handler }).subscriber];
  const bus = startBus({ store, subscribers, clock: time.clock, waits: time.waits });
  onTestFinished(() => bus.drain());
  await accept(store, "a");
  await time.pass(minutes(5));
  expect(at).toEqual([0, 100, 1100, 6100, 21_100]);
});

test("an answer that names an unknown message fails the batch, as it does on Lambda", async () => {
  const store = aSqliteStore();
  let calls = 0;
  const handler = async () => {
    calls++;
    return { batchItemFailures: [{ itemIdentifier: "no such message" }] };
  };
  const { time } = aBus(store, aFunction({ handler }).subscriber);
  await accept(store, "a", "b");
  await time.pass(100);
  expect(calls).toBe(3);
});

test("after a restart each function goes on where it was, and retries wait for their time", async () => {
  const file = aDatabaseFile();
  const before = openSqliteStore(file, { durable: false });
  const first = aFunction({}, (id) => id === "b");
  const old = aBus(before, first.subscriber);
  await accept(before, "a", "b");
  await old.bus.drain();
  await accept(before, "c"); // accepted after the bus stopped
  await before.close();

  const after = aSqliteStore({}, file);
  const second = aFunction();
  const { bus, time } = aBus(after, second.subscriber);
  await bus.idle();
  expect(second.heard()).toEqual(["c"]);
  await time.pass(100);
  expect(second.heard()).toEqual(["c", "b"]);
});

test("draining waits for what runs and takes nothing new", async () => {
  const store = aSqliteStore();
  const gate = Promise.withResolvers<void>();
  const { subscriber, heard } = aFunction();
  const handler: Subscriber["handler"] = async (event) => {
    await gate.promise;
    return subscriber.handler(event);
  };
  const { bus } = aBus(store, { ...subscriber, handler, batch: 1 });
  await accept(store, "a", "b");
  const drained = bus.drain();
  expect(await Promise.race([drained, Promise.resolve("still running")])).toBe("still running");
  gate.resolve();
  await drained;
  expect(heard()).toEqual(["a"]);
});

test("a function that falls far behind hears everything, once, while little of it is in memory", async () => {
  const store = aSqliteStore();
  const gate = Promise.withResolvers<void>();
  const { subscriber, heard } = aFunction({ batch: 50 });
  const handler: Subscriber["handler"] = async (event) => {
    await gate.promise;
    return subscriber.handler(event);
  };
  const { bus } = aBus(store, { ...subscriber, handler });
  const ids = Array.from({ length: 5000 }, (_, i) => `${i}`);
  await accept(store, ...ids);
  gate.resolve();
  await bus.idle();
  expect(heard()).toEqual(ids);
});

test("what everybody has heard is dropped after a while, and numbers go on", async () => {
  const store = aSqliteStore();
  const { subscriber } = aFunction({ batch: 500 });
  const { bus, time } = aBus(store, subscriber);
  await accept(store, ...Array.from({ length: 12_000 }, (_, i) => `${i}`));
  await bus.idle();
  await time.pass(seconds(1));
  const oldest = store.feed.after(0, 1, new Set(["AlertAccepted"])).rows[0]?.seq;
  expect(oldest).toBe(2001);
  expect(store.feed.last()).toBe(12_000);
});

test("a function that is new in a running house hears of what comes, not of what was", async () => {
  const store = aSqliteStore();
  const known = aFunction();
  const first: RunningBus = aBus(store, known.subscriber).bus;
  await accept(store, "a");
  await first.drain();
  const added = aFunction({ name: "release-alerts" });
  const { bus } = aBus(store, known.subscriber, added.subscriber);
  await accept(store, "b");
  await bus.idle();
  expect([known.heard(), added.heard()]).toEqual([["a", "b"], ["b"]]);
});

test("what fails while the house closes rests in the store, and nothing rings for it any more", async () => {
  const store = openSqliteStore(aDatabaseFile(), { durable: false });
  let fail = (): void => undefined;
  const failing = new Promise<void>((resolve) => {
    fail = resolve;
  });
  const handler = async (event: SQSEvent): Promise<SQSBatchResponse> => {
    await failing;
    return { batchItemFailures: event.Records.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
  const { bus, time } = aBus(store, aFunction({ handler }).subscriber);
  await accept(store, "a");
  const drained = bus.drain();
  fail();
  await drained;
  await store.close();
  // With the store gone, whoever looked into it would fail here.
  await time.pass(minutes(10));
});
