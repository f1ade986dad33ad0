// The DynamoDB store keeps the store's contract, against Amazon's own emulator and with the table's real stream.
import { describe, inject, vi } from "vitest";
import { dynamoStore } from "../../functions/adapters/dynamodb/store.ts";
import { dynamoFeedReader } from "../../functions/adapters/dynamodb/stream.ts";
import { dynamodbLocal, withoutJava } from "../support/dynamodb-local.ts";
import { localTable } from "../support/dynamodb-table.ts";
import { storeContract } from "./store/store.contract.ts";
import type { StoreUnderTest } from "./store/subject.ts";

// A Java process has to start, and it shares the machine with all other tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

async function open(): Promise<StoreUnderTest> {
  const table = await localTable(await dynamodbLocal(inject("runDirectory")));
  return {
    ...dynamoStore(table.client, table.name),
    feed: async () => (await table.records()).flatMap((record) => dynamoFeedReader.read(record).entries),
    close: () => table.drop(),
  };
}

describe.skipIf(withoutJava !== undefined)(`the DynamoDB store ${withoutJava ?? ""}`.trim(), () =>
  storeContract(open),
);
