// A storm in the cloud's twin: however many alerts, one incident, one page each, and nothing that comes near a limit.
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { describe, expect, inject, test, vi } from "vitest";
import { minutes } from "../../functions/core/time.ts";
import { aCloudWorld, type CloudWorld } from "../support/cloud.ts";
import { dynamodbLocal, withoutJava } from "../support/dynamodb-local.ts";
import { allItems } from "../support/dynamodb-table.ts";
import { recorder } from "../support/record-aws.ts";
import { phones } from "../support/world.ts";

const { ada, linus } = phones;
/** MUSTER_STORM=12000 takes minutes: DynamoDB Local is no DynamoDB. */
const storm = Number(process.env["MUSTER_STORM"] ?? "150");
vi.setConfig({ testTimeout: Math.max(120_000, storm * 100), hookTimeout: 60_000 });

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
const itemLimit = 400 * 1024;

describe.skipIf(withoutJava !== undefined)(`a storm ${withoutJava ?? ""}`.trim(), () => {
  const within = async (tell: (world: CloudWorld) => Promise<void>) => {
    const endpoint = await dynamodbLocal(inject("runDirectory"));
    const world = await aCloudWorld({ endpoint, recorder: recorder() });
    try {
      await tell(world);
    } finally {
      await world.end();
    }
  };
  const outage = { title: "Payments time out", service: "checkout", severity: "critical" };

  test("of 60 alerts at the same time is one incident and one page", () =>
    within(async (world) => {
      const answers = await Promise.all(
        Array.from({ length: 60 }, (_, n) =>
          fetch(`${world.url}/alerts/anything/demo-anything-key-0001`, {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify({ ...outage, dedup_key: `pod-${n}` }),
          }),
        ),
      );
      await world.rest();
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
      expect((await world.theIncident()).alerts).toBe(60);
      expect(world.pages(ada)).toHaveLength(1);
      expect(world.pages(linus)).toEqual([]);
      expect(largest(await allItems(world.table)).bytes).toBeLessThan(itemLimit / 4);
    }));

  test(`of ${storm} alerts in one delivery is one incident and one page, and all are counted`, () =>
    within(async (world) => {
      const alerts = Array.from({ length: storm }, (_, n) => ({ ...outage, dedup_key: `pod-${n}` }));
      const began = performance.now();
      expect((await world.post("/alerts/anything/demo-anything-key-0001", { alerts })).status).toBe(202);
      const took = Math.round(performance.now() - began);
      expect(world.pages(ada)).toHaveLength(1);
      expect(await world.reply(ada, "1")).toBe("You have it.");
      // What failed on a machine that could not keep up comes again when its time of hiding is over.
      await world.pass(minutes(10));
      const items = await allItems(world.table);
      expect(items.filter((item) => item["disposition"] !== undefined)).toHaveLength(storm);
      const failed = world.complaints.filter((line) => !line.includes("is being carried by another"));
      const { alerts: shown } = await world.theIncident();
      const { bytes, kind } = largest(items);
      if (process.env["MUSTER_STORM"] !== undefined)
        process.stdout.write(
          `${storm} alerts in ${took} ms, ${shown} shown, ${failed.length} failures (${failed[0]?.slice(0, 300)}); largest item ${bytes} bytes (${kind})\n`,
        );
      // A failure between an alert's settlement and its count loses the number, never the alert.
      if (failed.length === 0) expect(shown).toBe(storm);
      expect(world.pages(ada)).toHaveLength(1);
      expect(bytes).toBeLessThan(itemLimit / 4);
    }));
});

type Items = readonly Readonly<Record<string, AttributeValue>>[];

/** As DynamoDB measures it but for a few bytes. */
const largest = (items: Items): { readonly bytes: number; readonly kind: string } =>
  items
    .map((item) => ({
      bytes: Buffer.byteLength(JSON.stringify(item)),
      kind: `${item["pk"]?.S} ${item["sk"]?.S}`,
    }))
    .reduce((a, b) => (b.bytes > a.bytes ? b : a));
