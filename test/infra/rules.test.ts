// Recorded events against the rules' patterns and the feed's filter: each is heard by whom its row says, and nobody else.
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { eventBridgeBus } from "../../functions/adapters/aws/event-bridge-bus.ts";
import { dynamoStore } from "../../functions/adapters/dynamodb/store.ts";
import { dynamoFeedReader } from "../../functions/adapters/dynamodb/stream.ts";
import { type EventType, type Subscription, subscriptions } from "../../functions/subscriptions.ts";
import { aCommit, anAlert, aStream, night } from "../contracts/store/subject.ts";
import { awsServer } from "../support/aws-server.ts";
import { dynamodbLocal, withoutJava } from "../support/dynamodb-local.ts";
import { type LocalTable, localTable } from "../support/dynamodb-table.ts";
import { drawing } from "./support/drawing.ts";
import { mappingsOf } from "./support/graph.ts";
import { matches } from "./support/pattern.ts";
import {
  at,
  functionsOf,
  type Json,
  listAt,
  ofType,
  resolved,
  type Template,
  target,
} from "./support/template.ts";

const { plain: template } = drawing();
const rows: readonly (readonly [string, Subscription])[] = Object.entries(subscriptions);

describe("an event of ours", () => {
  const types = [...new Set(rows.flatMap(([, { on }]) => on ?? []))];

  test.each<EventType>([...types, "PageOpened", "NobodyReachable"])(
    "%s is heard by those whose rows name it",
    async (type) => {
      const event = await asPublished(type);
      const heard = rows.flatMap(([name, { on }]) => (on?.includes(type) ? [name] : []));
      expect(hearersOf(template, "main", event).sort()).toEqual(heard.sort());
    },
  );

  test("comes by our own bus: on the others it is nobody's", async () => {
    const event = await asPublished("DeliveryWanted");
    expect(hearersOf(template, "others", event)).toEqual([]);
  });

  test("sent by somebody else under our event's name is not taken for ours", () => {
    expect(
      hearersOf(template, "main", { source: "someone.else", "detail-type": "DeliveryWanted", detail: {} }),
    ).toEqual([]);
  });
});

test("an alarm of CloudWatch, as AWS documents it, is heard from both buses", () => {
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
  const alarm = {
    version: "0",
    id: "c4c1c1c9-6542-e61b-6ef0-8c4d36933a92",
    "detail-type": "CloudWatch Alarm State Change",
    source: "aws.cloudwatch",
    account: "123456789012",
    time: "2026-10-02T17:04:40Z",
    region: "us-east-1",
    resources: ["arn:aws:cloudwatch:us-east-1:123456789012:alarm:ServerCpuTooHigh"],
    detail: { alarmName: "ServerCpuTooHigh", state: { value: "ALARM" } },
  };
  expect(hearersOf(template, "others", alarm)).toEqual(["receive-alarm", "receive-alarm"]);
  expect(
    hearersOf(template, "others", { ...alarm, "detail-type": "CloudWatch Alarm Configuration Change" }),
  ).toEqual([]);
});

// https://docs.aws.amazon.com/sms-voice/latest/userguide/monitor-event-bridge.html
test.each(["Text Message Delivery Status Updated", "Voice Message Delivery Status Updated"])(
  "%s, of the second carrier, is heard from the account's own bus and from no other",
  (type) => {
    const event = { source: "aws.sms-voice", "detail-type": type, account: "123456789012", detail: {} };
    expect(hearersOf(template, "others", event)).toEqual(["receive-carrier-report"]);
    expect(hearersOf(template, "others", { ...event, source: "somebody.else" })).toEqual([]);
    expect(hearersOf(template, "others", { ...event, "detail-type": "Registration Status Change" })).toEqual(
      [],
    );
    const [rule] = ofType(template, "AWS::Events::Rule").filter(({ properties }) =>
      JSON.stringify(properties["EventPattern"] ?? {}).includes("aws.sms-voice"),
    );
    expect(rule?.properties["EventBusName"]).toBe("default");
  },
);

describe.skipIf(withoutJava !== undefined)(`the feed's filter ${withoutJava ?? ""}`.trim(), () => {
  let table: LocalTable;
  let records: readonly unknown[];

  beforeAll(async () => {
    table = await localTable(await dynamodbLocal(inject("runDirectory")));
    const { journal, timers, alerts, leases, deadLetters, configItems } = dynamoStore(
      table.client,
      table.name,
    );
    const stream = aStream();
    const claims = [{ key: "code/A1", change: "take" as const }];
    await journal.append(aCommit(stream, 0, { claims, cause: "c", nextDue: night }));
    await journal.saveSnapshot(stream, 1, 1, {});
    const alert = anAlert({ description: "5xx" });
    await alerts.accept([alert], night);
    await alerts.accept([alert], night + 1);
    await alerts.stash([alert], night);
    await alerts.settle([{ id: alert.id, revision: 1, disposition: { kind: "joined", incident: stream } }]);
    await leases.begin("d", stream, 0, night, night + 1);
    await configItems.write("v1", new Map([["person/ada", {}]]));
    await configItems.switchTo("v1", undefined, night);
    const body = { id: "x", type: "AlertsStashed", detail: { stash: "s" } };
    await deadLetters.add({ id: "l", function: "relay-events", reason: "unreadable", at: night, body });
    await deadLetters.redrive(1);
    await timers.pulse(night);
    await journal.append(aCommit(stream, 1, { claims: [{ key: "code/A1", change: "release" }] }));
    records = await table.records();
  }, 60_000);
  afterAll(() => table.drop());

  const relay = rows.find(([, { feed }]) => feed)?.[0] ?? "";
  const filters = mappingsOf(template, functionsOf(template).get(relay)?.id ?? "")
    .flatMap(({ properties }) => listAt(properties, "FilterCriteria", "Filters"))
    .map((filter) => JSON.parse(resolved(at(filter, "Pattern"))) as Json);
  const passes = (record: unknown) => filters.some((filter) => matches(filter, record));

  test("lets through every record that is news", () => {
    const news = records.filter((record) => {
      const { entries, hint, pulse } = dynamoFeedReader.read(record);
      return entries.length > 0 || hint !== undefined || pulse !== undefined;
    });
    expect(news.length).toBeGreaterThanOrEqual(6);
    expect(news.filter((record) => !passes(record))).toEqual([]);
  });

  test("keeps back what is the store's own affair: names, leases, snapshots, causes, config, letters, and whatever goes", () => {
    const kept = records.filter((record) => !passes(record)).map(sortKeyOf);
    for (const kind of ["code/A1", "lease", "snapshot", "cause", "person/ada", "pointer", "letter", "detail"])
      expect(kept.some((key) => key.startsWith(kind))).toBe(true);
  });
});

const sortKeyOf = (record: unknown): string =>
  (record as { readonly dynamodb: { readonly Keys: { readonly sk: { readonly S: string } } } }).dynamodb.Keys
    .sk.S;

/** What the bus gets when a relay publishes an event of this type, in the envelope that the rules see. */
async function asPublished(type: EventType) {
  const aws = await awsServer(() => ({ body: { FailedEntryCount: 0, Entries: [{ EventId: "e" }] } }));
  const client = new EventBridgeClient(aws.client);
  const detail = { stream: "incident/i", version: 1, index: 0, drill: false } as const;
  await eventBridgeBus(client, "bus").publish([{ id: "incident/i.1.0", type, detail }]);
  await aws.stop();
  const [entry] = (aws.asked[0]?.input["Entries"] ?? []) as readonly Readonly<Record<string, string>>[];
  return {
    source: entry?.["Source"],
    "detail-type": entry?.["DetailType"],
    detail: JSON.parse(entry?.["Detail"] ?? "") as unknown,
  };
}

/** Functions whose queue gets the event when it is put on our bus, or on those that others speak on; one per rule. */
function hearersOf(drawn: Template, bus: "main" | "others", event: unknown): string[] {
  const functions = functionsOf(drawn);
  const mainBus = target(
    at(functions.get("relay-events")?.properties, "Environment", "Variables", "BUS_NAME"),
  );
  const rules = ofType(drawn, "AWS::Events::Rule").filter(
    ({ properties }) =>
      properties["EventPattern"] !== undefined &&
      (target(properties["EventBusName"]) === mainBus) === (bus === "main"),
  );
  return rules
    .filter(({ properties }) => matches(properties["EventPattern"] ?? null, event))
    .flatMap(({ properties }) => listAt(properties, "Targets").map((aim) => target(at(aim, "Arn"))))
    .flatMap((queue) =>
      [...functions].flatMap(([name, { id }]) =>
        mappingsOf(drawn, id).some(({ properties }) => target(properties["EventSourceArn"]) === queue)
          ? [name]
          : [],
      ),
    );
}
