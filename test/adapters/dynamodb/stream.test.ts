// What the relay is told of the table's records, and what it can do with one that nobody can read.
import { afterAll, beforeAll, describe, expect, inject, test, vi } from "vitest";
import { dynamoStore } from "../../../functions/adapters/dynamodb/store.ts";
import { dynamoFeedReader } from "../../../functions/adapters/dynamodb/stream.ts";
import { aCommit, anAlert, aStream, night, type Store } from "../../contracts/store/subject.ts";
import { dynamodbLocal, withoutJava } from "../../support/dynamodb-local.ts";
import { type LocalTable, localTable } from "../../support/dynamodb-table.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

test("a record that is none of the table's stream is refused", () => {
  expect(() => dynamoFeedReader.read({ eventName: "INSERT" })).toThrow(/no record of the table's stream/);
  expect(dynamoFeedReader.reference({ eventName: "INSERT" })).toBeNull();
});

test("what was deleted is no news", () => {
  const dynamodb = {
    Keys: { pk: { S: "incident/1" }, sk: { S: "head" } },
    OldImage: { pk: { S: "incident/1" } },
  };
  expect(dynamoFeedReader.read({ eventName: "REMOVE", dynamodb })).toEqual({ entries: [] });
});

describe.skipIf(withoutJava !== undefined)(`the table's stream ${withoutJava ?? ""}`.trim(), () => {
  let table: LocalTable;
  let store: Store;
  beforeAll(async () => {
    table = await localTable(await dynamodbLocal(inject("runDirectory")));
    store = dynamoStore(table.client, table.name);
  });
  afterAll(() => table?.drop());

  test("hints at a stream's time when it is set or moved, and not when it stays or ends", async () => {
    const stream = aStream();
    for (const [version, nextDue] of [night, night, night + 9, undefined].entries())
      await store.journal.append(aCommit(stream, version, { nextDue }));
    const hints = (await table.records()).flatMap((record) => dynamoFeedReader.read(record).hint ?? []);
    expect(hints).toEqual([
      { stream, due: night },
      { stream, due: night + 9 },
    ]);
  });

  test("a record laid aside is read again from its reference, once it can be", async () => {
    const stream = aStream();
    const alert = anAlert();
    await store.journal.append(aCommit(stream, 0));
    await store.alerts.accept([alert], night);
    const records = (await table.records()).filter(
      (record) => dynamoFeedReader.read(record).entries.length > 0,
    );
    const poison = { pk: stream, sk: "commit#0000000099#000" };
    const bodies = [...records.slice(-2).map((record) => dynamoFeedReader.reference(record)), poison];
    for (const [n, body] of bodies.entries())
      await store.deadLetters.add({
        id: `l${n}`,
        function: "relay-events",
        reason: "unreadable",
        at: night,
        body,
      });
    expect(await store.deadLetters.redrive(10)).toBe(2);
    expect((await store.deadLetters.list(10)).map(({ body }) => body)).toEqual([poison]);
    const again = (await table.records()).filter((record) => JSON.stringify(record).includes("redrive#"));
    expect(
      again.flatMap((record) => dynamoFeedReader.read(record).entries.map(({ type }) => type)).toSorted(),
    ).toEqual(["AlertAccepted", "IncidentOpened"]);
  });
});
