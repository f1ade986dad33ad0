// What CloudFormation runs when a deployment fails: the version of before, with the config of before. It must never fail over
// what the failed one left behind, or the stack is stuck in UPDATE_ROLLBACK_FAILED.
import { describe, expect, inject, onTestFinished, test, vi } from "vitest";
import { dynamoStore } from "../../functions/adapters/dynamodb/store.ts";
import { derivedDialIn } from "../../functions/adapters/hub-key/dial-in.ts";
import { make } from "../../functions/apply-config/handler.ts";
import { directory } from "../../functions/directory.ts";
import type { ConfigItems, DialIn } from "../../functions/ports.ts";
import type { Store } from "../contracts/store/subject.ts";
import { dynamodbLocal, withoutJava } from "../support/dynamodb-local.ts";
import { localTable } from "../support/dynamodb-table.ts";
import { config, listening } from "../support/intake.ts";
import { aSqliteStore } from "../support/stores.ts";

// A Java process has to start, and it shares the machine with all other tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const before = `${config}\nemergency: { ic: [ada], tl: [linus] }\n`;
const after = before.replace("name: Ada,", "name: Ada Lovelace,");

type Open = () => Promise<Store>;

const inDynamo: Open = async () => {
  const table = await localTable(await dynamodbLocal(inject("runDirectory")));
  onTestFinished(() => table.drop());
  return dynamoStore(table.client, table.name);
};

describe.each<[string, Open, boolean]>([
  ["on SQLite", async () => aSqliteStore(), false],
  [`on DynamoDB ${withoutJava ?? ""}`.trim(), inDynamo, withoutJava !== undefined],
])("a deployment that fails, %s", (_, open, isSkipped) => {
  const works = test.skipIf(isSkipped);

  async function aHub() {
    const store = await open();
    let now = Date.UTC(2026, 10, 21, 2, 0);
    const clock = { now: () => now };
    const key = async () => ({ key: "a key".repeat(8) });
    const run = async (
      text: string,
      { dialIn = derivedDialIn(key, "+12025550100"), configItems = store.configItems } = {},
    ) => {
      const said = listening();
      const ports = { ...store, configItems, clock, dialIn, configAsset: { read: async () => text } };
      return { ...(await make(ports)({}, said.tools)), counted: said.counted };
    };
    const name = async () => (await directory(store.configItems, clock).person("ada"))?.name;
    return { run, name, store, pass: (ms: number) => void (now += ms), key };
  }

  works("after the switch: the config of before is in force again, and so are its cards", async () => {
    const { run, name } = await aHub();
    const first = await run(before);
    expect(first).toMatchObject({ outcome: "applied", cards: 2 });
    expect(await run(after)).toMatchObject({ outcome: "applied", cards: 2 });
    expect(await name()).toBe("Ada Lovelace");
    expect(await run(before)).toMatchObject({ outcome: "applied", version: first.version, counted: [] });
    expect(await name()).toBe("Ada");
  });

  works("over mistakes in the config: going back finds nothing to do", async () => {
    const { run, name } = await aHub();
    const first = await run(before);
    await expect(run(before.replace("page: [ada]", "page: [adda]"))).rejects.toThrow(/was not applied/);
    expect(await run(before)).toMatchObject({ outcome: "unchanged", version: first.version });
    expect(await name()).toBe("Ada");
  });

  works(
    "over the store, half-way: nothing is in force but the config of before, and the next one is whole",
    async () => {
      const { run, name, store } = await aHub();
      await run(before);
      // Some items are written when the store is gone.
      const configItems: ConfigItems = {
        ...store.configItems,
        async write(version, items) {
          await store.configItems.write(version, new Map([...items].slice(0, 3)));
          throw new Error("ThrottlingException");
        },
      };
      await expect(run(after, { configItems })).rejects.toThrow("ThrottlingException");
      expect(await name()).toBe("Ada");
      expect(await run(before)).toMatchObject({ outcome: "unchanged" });
      expect(await run(after)).toMatchObject({ outcome: "applied" });
      expect(await name()).toBe("Ada Lovelace");
    },
  );

  works("never over the cards, on its way there or back", async () => {
    const { run, name } = await aHub();
    await run(before);
    const dialIn = derivedDialIn(() => Promise.reject(new Error("ParameterNotFound")), "+12025550100");
    const failed = { outcome: "applied", cards: "failed", counted: ["OperatorAlarm"] };
    expect(await run(after, { dialIn })).toMatchObject(failed);
    expect(await run(before, { dialIn })).toMatchObject(failed);
    expect(await name()).toBe("Ada");
  });

  works(
    "nor over the time that they take: the function must not be cut off once the config is in force",
    async () => {
      const { run, name, pass, key } = await aHub();
      const quick = derivedDialIn(key, "+12025550100");
      const slow: DialIn = {
        ...quick,
        rolePin(role) {
          pass(25_000);
          return quick.rolePin(role);
        },
      };
      expect(await run(before, { dialIn: slow })).toMatchObject({
        outcome: "applied",
        cards: "failed",
        counted: ["OperatorAlarm"],
      });
      expect(await name()).toBe("Ada");
      expect(await run(before)).toMatchObject({ outcome: "unchanged", cards: 1 });
    },
  );
});
