// What things cost: every write's units as DynamoDB counts them, the size of the items that are written most, and that
// loading an incident does not grow with its history.
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, inject, test, vi } from "vitest";
import { dynamoStore } from "../../../functions/adapters/dynamodb/store.ts";
import {
  aCommit,
  anAlert,
  aStream,
  aSummary,
  committed,
  events,
  night,
  type Store,
} from "../../contracts/store/subject.ts";
import { dynamodbLocal, withoutJava } from "../../support/dynamodb-local.ts";
import { type LocalTable, localTable } from "../../support/dynamodb-table.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

interface Bill {
  calls: number;
  units: number;
}

describe.skipIf(withoutJava !== undefined)(`a bill ${withoutJava ?? ""}`.trim(), () => {
  let table: LocalTable;
  let store: Store;
  const bill: Bill = { calls: 0, units: 0 };
  beforeAll(async () => {
    table = await localTable(await dynamodbLocal(inject("runDirectory")));
    store = dynamoStore(counting(table.client, bill), table.name);
  });
  afterAll(() => table?.drop());

  const costOf = async (work: () => Promise<unknown>): Promise<Bill> => {
    Object.assign(bill, { calls: 0, units: 0 });
    await work();
    return { ...bill };
  };

  test("for a new alert is two written items and the look that found none", async () => {
    expect(await costOf(() => store.alerts.accept([anAlert()], night))).toEqual({
      calls: 3,
      units: 3, // record, what it said, and its place among those that wait to be settled
    });
  });

  test("for a duplicate is one write of one unit, whether its alert is settled or not", async () => {
    const alert = anAlert({ title: "x".repeat(300), correlation: "c".repeat(60), id: "a".repeat(43) });
    await store.alerts.accept([alert], night);
    const again = () => store.alerts.accept([alert], night + 1);
    expect(await costOf(again)).toEqual({ calls: 1, units: 1 });
    const disposition = { kind: "joined", incident: aStream() } as const;
    expect(await costOf(() => store.alerts.settle([{ id: alert.id, revision: 1, disposition }]))).toEqual({
      calls: 2,
      units: 4, // record, its place in two indexes, and the count
    });
    expect(await costOf(again)).toEqual({ calls: 1, units: 1 });
  });

  test("for a decision is one transaction: head, events, cause and names, two units each", async () => {
    const stream = aStream();
    const more = {
      events: events(3),
      cause: "SM1",
      nextDue: night,
      summary: aSummary({ title: "x".repeat(300) }),
    };
    const first = await costOf(() => store.journal.append(aCommit(stream, 0, more)));
    expect(first).toEqual({ calls: 1, units: 6 }); // and one for its place in each of two indexes
    const claims = [{ key: "code/A1234", change: "take" } as const];
    const second = await costOf(() =>
      store.journal.append(aCommit(stream, 1, { ...more, cause: "SM2", claims })),
    );
    expect(second).toEqual({ calls: 1, units: 8 }); // the indexes did not change
  });

  test("for loading is three calls at most, however long the history", async () => {
    const stream = aStream();
    for (let version = 0; version < 40; version++)
      await committed(
        store.journal.append(aCommit(stream, version, { events: events(50, version * 50, 100) })),
      );
    await store.journal.saveSnapshot(stream, 38, 1, { seen: 1900 });
    const { calls, units } = await costOf(() => store.journal.load(stream, 1));
    expect(calls).toBe(3);
    expect(units).toBeLessThan(10);
  });

  test("stays small because heads and records stay below one kilobyte", async () => {
    const stream = aStream();
    const title = "x".repeat(300);
    await committed(
      store.journal.append(
        aCommit(stream, 0, { nextDue: night, epoch: 12, summary: aSummary({ title, owner: "ada" }) }),
      ),
    );
    await store.journal.saveSnapshot(stream, 1, 1, {});
    const alert = anAlert({ title, correlation: "c".repeat(64), id: "a".repeat(43) });
    await store.alerts.accept([alert], night);
    const disposition = { kind: "joined", incident: stream } as const;
    await store.alerts.settle([{ id: alert.id, revision: 1, disposition }]);
    const sizes = (await table.records()).map((record) => {
      const { NewImage } = (record as { dynamodb: { NewImage: Record<string, { S?: string }> } }).dynamodb;
      return { kind: NewImage["sk"]?.S ?? "", bytes: JSON.stringify(NewImage).length };
    });
    const largest = (kind: string) =>
      Math.max(...sizes.filter((size) => size.kind === kind).map(({ bytes }) => bytes));
    // As JSON with its types, which is more than DynamoDB counts.
    expect(largest("head")).toBeLessThan(1024);
    expect(largest("alert")).toBeLessThan(1200);
  });
});

/** Asks for the bill with every call, and adds it up. */
function counting(client: DynamoDBDocumentClient, bill: Bill): DynamoDBDocumentClient {
  const send = async (command: { readonly input: object }): Promise<unknown> => {
    Object.assign(command.input, { ReturnConsumedCapacity: "INDEXES" });
    bill.calls++;
    const answer = await client.send(command as unknown as Parameters<typeof client.send>[0]);
    bill.units += unitsOf(command.input, answer);
    return answer;
  };
  return { send } as unknown as DynamoDBDocumentClient;
}

function unitsOf(input: object, answer: object): number {
  // DynamoDB Local does not count all writes of a transaction. An item of up to a kilobyte costs two units in one:
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html
  if ("TransactItems" in input) return 2 * (input.TransactItems as readonly unknown[]).length;
  const { ConsumedCapacity = [] } = answer as { ConsumedCapacity?: unknown };
  const consumed = [ConsumedCapacity].flat() as readonly { readonly CapacityUnits?: number }[];
  return consumed.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
}
