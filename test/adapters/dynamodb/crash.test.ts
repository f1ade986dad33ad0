// A function may die between any two calls to the table, or after one whose answer it never got. Whatever is left behind
// has to be a stream that loads, and an alert that is either unknown or whole.
import { afterEach, beforeEach, describe, expect, inject, test, vi } from "vitest";
import { dynamoStore } from "../../../functions/adapters/dynamodb/store.ts";
import { dynamoFeedReader } from "../../../functions/adapters/dynamodb/stream.ts";
import type { RoutedAlert } from "../../../functions/core/alert.ts";
import { aCommit, anAlert, aStream, events, night, type Store } from "../../contracts/store/subject.ts";
import { dynamodbLocal, withoutJava } from "../../support/dynamodb-local.ts";
import { type LocalTable, localTable } from "../../support/dynamodb-table.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe.skipIf(withoutJava !== undefined)(`a crash ${withoutJava ?? ""}`.trim(), () => {
  let table: LocalTable;
  let healthy: Store;
  beforeEach(async () => {
    table = await localTable(await dynamodbLocal(inject("runDirectory")));
    healthy = dynamoStore(table.client, table.name);
  });
  afterEach(() => table?.drop());

  /** Dies at its n-th call: before it, or once it was done and before its answer came. */
  function dyingAt(call: number, when: "before" | "after"): Store {
    let calls = 0;
    const send = async (command: unknown): Promise<unknown> => {
      const dies = ++calls === call;
      if (dies && when === "before") throw new Crash();
      const answer = await table.client.send(command as Parameters<typeof table.client.send>[0]);
      if (dies) throw new Crash();
      return answer;
    };
    return dynamoStore({ send } as unknown as typeof table.client, table.name);
  }

  class Crash extends Error {}

  /** True when it came to its end. */
  const survives = async (work: Promise<unknown>): Promise<boolean> => {
    try {
      await work;
      return true;
    } catch (error) {
      if (error instanceof Crash) return false;
      throw error;
    }
  };

  describe.each(["before", "after"] as const)("%s any call", (when) => {
    test("leaves a stream that loads, and whose next order is carried out once", async () => {
      let call = 1;
      for (let finished = false; !finished; call++) {
        const stream = aStream();
        const key = `code/${stream}`;
        const night = async (store: Store): Promise<void> => {
          for (let n = 0; n < 3; n++) {
            const { version } = await store.journal.load(stream, 1);
            const claims = n === 0 ? [{ key, change: "take" } as const] : [];
            const more = { events: events(3, n * 3, 40_000), cause: `order-${n}`, claims, epoch: n };
            await store.journal.append(aCommit(stream, version, more));
            // Noise, so that the second snapshot has two parts.
            const state = {
              at: version + 1,
              noise: Array.from({ length: n * 25_000 }, (_, m) => Math.sin(m)),
            };
            if (n < 2) await store.journal.saveSnapshot(stream, version + 1, 1, state);
          }
        };
        finished = await survives(night(dyingAt(call, when)));
        const { version, snapshot, events: tail } = await healthy.journal.load(stream, 1);
        const start = snapshot?.version ?? 0;
        expect((snapshot?.state as { at: number } | undefined)?.at ?? 0).toBe(start);
        expect(tail).toEqual(events((version - start) * 3, start * 3, 40_000));
        // The same orders arrive again: those that were carried out are known.
        await night(healthy);
        const history = await healthy.journal.history(stream, 0, 100);
        expect(history.map(({ event }) => event)).toEqual(events(9, 0, 40_000));
        expect(await healthy.claims.holder(key, 0)).toMatchObject({ holder: stream });
      }
      expect(call).toBeGreaterThan(12);
    });

    test("loses no alert: sent again it is whole, counted, and was handed on", async () => {
      const announced: string[] = [];
      for (let call = 1, finished = false; !finished; call++) {
        const alert = anAlert();
        const worse: RoutedAlert = { ...alert, severity: "warning" };
        const take = async (store: Store): Promise<void> => {
          await store.alerts.accept([alert], night);
          await store.alerts.accept([worse], night + 1);
          await store.alerts.settle([
            { id: alert.id, revision: 2, disposition: { kind: "joined", incident: `incident/${alert.id}` } },
          ]);
        };
        finished = await survives(take(dyingAt(call, when)));
        const [left] = await healthy.alerts.read([alert.id]);
        if (left !== undefined)
          expect(await healthy.alerts.detail(alert.id)).toMatchObject({ labels: alert.labels });
        await take(healthy);
        const [now] = await healthy.alerts.read([alert.id]);
        expect(now).toMatchObject({ status: "firing", id: alert.id });
        expect(now?.count).toBeGreaterThanOrEqual(2);
        announced.push(`${alert.id}.${now?.revision}.${now?.passedAt}`);
      }
      const entries = (await table.records()).flatMap((record) => dynamoFeedReader.read(record).entries);
      expect(entries.map(({ id }) => id)).toEqual(expect.arrayContaining(announced));
    });
  });

  test("that hits one of many settlements leaves the others counted, and each of them once", async () => {
    const incident = aStream();
    const alerts = Array.from({ length: 40 }, () => anAlert());
    await healthy.alerts.accept(alerts, night);
    const disposition = { kind: "joined", incident } as const;
    const settlements = alerts.map(({ id }) => ({ id, revision: 1, disposition }));
    expect(await survives(dyingAt(20, "before").alerts.settle(settlements))).toBe(false);
    await healthy.alerts.settle(settlements);
    expect(await healthy.members.count(incident)).toBe(40);
  });
});
