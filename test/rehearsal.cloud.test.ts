// The rehearsal of a deployment: the bytes that are deployed, each in a process of its own, under the policies, routes, rules,
// mappings and alarms of the template; a whole night, and then faults of the cloud itself. Nothing that was answered with 202
// is lost, and each time the operator's mail comes.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ScanCommand } from "@aws-sdk/client-dynamodb";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterEach, describe, expect, inject, test, vi } from "vitest";
import { dynamoClient } from "../functions/adapters/dynamodb/client.ts";
import { minutes, seconds } from "../functions/core/time.ts";
import { secondAccount } from "../infra/local/simulator/second-carrier/account.ts";
import { simulatedAccount } from "../infra/local/simulator/twilio/account.ts";
import type { CallerScript } from "../infra/local/simulator/twilio/calls/callers.ts";
import { functionsOf } from "./infra/support/template.ts";
import { names, template } from "./support/cloud/deployment.ts";
import { intakeBus, watchedAlarm } from "./support/cloud/watched-account.ts";
import { aCloudWorld, type CloudWorld } from "./support/cloud.ts";
import { dynamodbLocal, withoutJava } from "./support/dynamodb-local.ts";
import { linkOn, press } from "./support/links.ts";
import { recorder } from "./support/record-aws.ts";
import { inProcesses, type Stage } from "./support/rehearsal/in-processes.ts";
import { openWatch, type Watch } from "./support/rehearsal/watch.ts";
import { asAda, phones, type WorldSettings, wholeSample } from "./support/world.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });
const { ada, linus, joan, mei } = phones;
const stranger = "+12025550171";
const outage = { title: "Payments time out", service: "checkout", severity: "critical" };
const relayId = functionsOf(template).get("relay-events")?.id ?? "";

describe.skipIf(withoutJava !== undefined)(`as it is deployed ${withoutJava ?? ""}`.trim(), () => {
  let world: CloudWorld;
  let watch: Watch;
  let stage: Stage;

  async function deploy(settings: WorldSettings = {}) {
    let opened: Watch | undefined;
    stage = { packages: new Map(), atOnce: 1000, ran: new Set() };
    world = await aCloudWorld({
      ...settings,
      endpoint: await dynamodbLocal(inject("runDirectory")),
      recorder: recorder(),
      run: inProcesses(() => opened, stage),
      iteratorAge: (ms) => opened?.put("AWS/Lambda", "IteratorAge", ms, relayId),
    });
    watch = opened = openWatch(() => world.now());
  }
  afterEach(() => world.end());

  const order = async (type: string, fields: Readonly<Record<string, string>> = {}) => {
    const { id } = await world.theIncident();
    expect([type, (await world.order(id, type, fields)).status]).toEqual([type, 200]);
  };
  const calls = async (phone: string, script: CallerScript, ms = seconds(30)) => {
    world.simulator.callHub(phone, script);
    await world.pass(ms);
  };

  test("a night by text, call, card, link, bridge and bus runs every function, and none of them is refused anything", async () => {
    await deploy({ config: `${wholeSample()}\nemergency: { ic: [mei] }\n`, chat: true });
    world.simulator.callee(joan, { kind: "human" });
    world.fail({ kind: "hub-down", to: mei });
    world.simulator.callee(mei, { kind: "human" });
    // A stash, a second level by phone, an answer by text.
    const alerts = Array.from({ length: 120 }, (_, n) => ({ ...outage, dedup_key: `pod-${n}` }));
    expect((await world.alert({ alerts })).status).toBe(202);
    await world.pass(minutes(6));
    expect(await world.reply(ada, "3")).toContain("More help");
    // Declared, with a bridge: one is called in, a stranger waits, another dials while the hub can't be asked.
    await order("declare");
    await order("open-bridge");
    world.simulator.callee(ada, { kind: "human", presses: [{ on: "Press (\\d) to get into the room" }] });
    await world.reply(ada, "JOIN");
    await world.pass(minutes(1));
    await calls(stranger, {
      presses: [
        { on: "to call for help", press: "2" },
        { on: "now, press (\\d)" },
        { on: "Press (\\d) for Checkout" },
        { on: "Press (\\d) to wait for" },
      ],
      says: ["Nobody can pay"],
    });
    world.fail({ kind: "hub-down", to: linus });
    const [pin = ""] = world.texts(ada).flatMap((text) => /PIN (\d{6})/.exec(text)?.[1] ?? []);
    await calls(linus, { presses: [{ on: "Nothing can be looked up", press: pin }] });
    world.chat.behave("off");
    await world.pass(minutes(6));
    world.chat.behave("well");
    // A call for help that nobody confirms pages later.
    await calls(stranger, { presses: [{ on: "to call for help", press: "2" }] }, minutes(12));
    // The command post.
    const { id } = await world.theIncident();
    const status = async (path: string, authorization = asAda.authorization) =>
      (await fetch(world.url + path, { headers: { authorization } })).status;
    for (const path of ["/", "/api/chat", "/api/providers", "/api/readiness", "/api/dead-letters"])
      expect([path, await status(path)]).toEqual([path, 200]);
    expect(await status(`/api/incidents/${id}/recordings/RE00`)).toBe(404);
    expect(await status("/api/incidents", "Bearer e30.e30.x")).toBe(401);
    await order("close");
    await world.pass(minutes(2));
    // Without Twilio: another carrier, a link, a text to its number, and a report by the bus.
    world.fail({ kind: "html", status: 503, times: 100_000 });
    world.services.put(intakeBus, watchedAlarm("checkout-5xx"));
    await world.pass(minutes(6));
    expect(await press(world, linkOn(world, linus), "acknowledge")).toMatch(/You have it|you have it/);
    await world.reply(linus, "4");
    await world.pass(minutes(2));
    const never = names.filter((name) => !stage.ran.has(name));
    expect(never).toEqual([]);
    // What the operator has to know of this night, and nothing else.
    expect(world.complaints.map((line) => line.split(" {")[0])).toEqual([
      "fallback-call: a page could not be read out",
      "fallback-line: a call could not be answered",
    ]);
    expect(new Set(watch.mails.map(({ alarm }) => alarm))).toEqual(new Set(["ChatLost", "OperatorAlarm"]));
  });

  test("the wire refuses what a function's policy does not grant, and whoever it does not know", async () => {
    await deploy();
    const putAs = async (key: string, pk: string) => {
      const client = dynamoClient({
        endpoint: world.wire.url,
        region: "eu-west-1",
        credentials: { accessKeyId: key, secretAccessKey: "of the rehearsal" },
      });
      try {
        await client.send(new PutCommand({ TableName: world.table.name, Item: { pk, sk: "alert" } }));
        return "done";
      } catch (error) {
        return (error as Error).name;
      } finally {
        client.destroy();
      }
    };
    const key = world.wire.keyOf("receive-alert");
    expect(await putAs(key, "alert#a")).toBe("done");
    expect(await putAs(key, "incident/i")).toBe("AccessDeniedException");
    expect(await putAs("AKIASOMEBODY", "alert#a")).toBe("UnrecognizedClientException");
    expect(world.complaints).toEqual(["receive-alert: may not dynamodb:PutItem on table"]);
  });

  test("a table that was lost is restored under another name and adopted, and its open incident goes on", async () => {
    await deploy();
    await world.alert(outage);
    await world.pass(minutes(1));
    const { id, pages } = await world.theIncident();
    expect(pages.map(({ person }) => person.id)).toEqual(["ada"]);
    await world.loseTable();
    await world.restart();
    await world.pass(minutes(6));
    const later = await world.theIncident();
    expect(later.id).toBe(id);
    // Its clock went on: the second level was paged at its time, and nobody of the first one anew.
    expect(world.pages(linus)).toHaveLength(1);
    expect(world.pages(ada)).toHaveLength(1);
    expect(await world.reply(linus, "1")).toContain("You have it.");
    expect(await world.reply(ada, "1")).toContain("Linus");
    await world.alert({ ...outage, status: "resolved" });
    await world.pass(minutes(10));
    expect(await world.open()).toEqual([]);
  });

  describe("when the cloud itself fails", () => {
    const post = async (alert: object = outage): Promise<number> => (await world.alert({ ...alert })).status;

    /** Of what was answered with 202, what no incident has. */
    const unsettled = async (): Promise<number> => {
      const { Items = [] } = await world.table.client.send(new ScanCommand({ TableName: world.table.name }));
      return Items.filter(
        ({ pk, sk, disposition }) =>
          sk?.S === "stash" || (sk?.S === "alert" && pk !== undefined && disposition === undefined),
      ).length;
    };

    /** While so much time passes the mail of each of these alarms comes, as soon as the guide promises. */
    const noticed = async (fault: string, passing: number): Promise<void> => {
      const began = world.now();
      await world.pass(passing);
      const mailed = (name: string) =>
        watch.mails.find(({ alarm, state, at }) => alarm === name && state === "ALARM" && at >= began);
      const late = promised(fault).filter(
        ([alarm, within]) => !((mailed(alarm)?.at ?? Number.POSITIVE_INFINITY) - began <= within * 1000),
      );
      expect(late.map(([alarm]) => [alarm, mailed(alarm)])).toEqual([]);
    };

    test("the bus is down: what was answered waits, the operator is told, and all of it pages when the bus is back", async () => {
      await deploy();
      await world.pass(minutes(2));
      world.wire.down.add("AWSEvents");
      expect(await post()).toBe(202);
      expect(await post({ ...outage, title: "Search is slow", service: "search" })).toBe(202);
      await noticed("the bus is down", minutes(20));
      expect([await unsettled(), world.pages(ada)]).toEqual([2, []]);
      world.wire.down.clear();
      await world.pass(minutes(1));
      expect(await unsettled()).toBe(0);
      expect(world.pages(ada)).toHaveLength(2);
    });

    test("the feed's mapping is disabled: silence is an alarm, and nothing is lost", async () => {
      await deploy();
      await world.pass(minutes(2));
      world.hold("relay-events");
      expect(await post()).toBe(202);
      await noticed("the feed's mapping is disabled", minutes(10));
      await world.letGo("relay-events");
      await world.pass(seconds(10));
      expect([await unsettled(), world.pages(ada).length]).toEqual([0, 1]);
    });

    test("ten functions at once: a storm is throttled, and every alert that was answered with 202 is in its incident", async () => {
      await deploy();
      await world.pass(minutes(2));
      stage.atOnce = 10;
      const answers = await Promise.all(
        Array.from({ length: 80 }, (_, n) =>
          fetch(`${world.url}/alerts/anything/demo-anything-key-0001`, {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify({ ...outage, dedup_key: `pod-${n}` }),
          }),
        ),
      );
      const taken = answers.filter(({ status }) => status === 202).length;
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202, 503]));
      await noticed("ten functions at once", minutes(15));
      stage.atOnce = 1000;
      await world.pass(minutes(12));
      expect(await unsettled()).toBe(0);
      expect((await world.theIncident()).alerts).toBe(taken);
      expect(world.pages(ada).length).toBeGreaterThanOrEqual(1);
    });

    test("a bundle is broken: its errors are told, its letters as well, and after the next deployment they page", async () => {
      await deploy();
      await world.pass(minutes(2));
      const broken = mkdtempSync(join(tmpdir(), "muster-broken-"));
      writeFileSync(join(broken, "index.mjs"), "throw new Error('broken by the last deployment');\n");
      stage.packages.set("send-page", broken);
      world.cool();
      expect(await post()).toBe(202);
      await noticed("a bundle can't start", minutes(12));
      expect(world.pages(ada)).toEqual([]);
      stage.packages.clear();
      world.cool();
      rmSync(broken, { recursive: true });
      expect((await world.post("/api/dead-letters/redrive", {}, asAda)).status).toBe(200);
      await world.pass(minutes(3));
      expect(world.pages(ada).length).toBeGreaterThanOrEqual(1);
    });

    test("Twilio's token is another than the parameter says: the other carrier pages, the operator is told, and the new one is read at once", async () => {
      await deploy();
      const right = world.parameters["/muster/twilio"] ?? "";
      world.parameters["/muster/twilio"] = right.replace(
        /"authToken":"[^"]+"/,
        `"authToken":"${"0".repeat(32)}"`,
      );
      await world.pass(minutes(2));
      expect(await post()).toBe(202);
      await noticed("Twilio refuses the token", minutes(4));
      const senders = () =>
        Object.values(phones).flatMap((phone) =>
          world.simulator
            .phone(phone)
            .messages.flatMap(({ direction, from }) => (direction === "outbound" ? [from] : [])),
        );
      expect(new Set(senders())).toEqual(new Set([secondAccount.number]));
      world.parameters["/muster/twilio"] = right;
      // Twilio gets its share of pages back step by step, the first within minutes.
      for (let n = 0; n < 6 && senders().every((from) => from === secondAccount.number); n++) {
        expect(
          await post({ title: `Search is slow on ${"abcdef"[n]}`, service: "search", dedup_key: String(n) }),
        ).toBe(202);
        await world.pass(minutes(6));
      }
      expect(senders()).toContain(simulatedAccount.from);
    });
  });
});

/** What the operator guide says of a fault: alarms, and after how many seconds at most their mail comes. */
function promised(fault: string): readonly (readonly [string, number])[] {
  const guide = readFileSync(new URL("../docs/operator-guide.md", import.meta.url), "utf8");
  const row = guide.split("\n").find((line) => line.startsWith(`| ${fault} |`)) ?? "";
  const alarms = [...row.matchAll(/`(\w+)` (\d+) s/g)].map(
    ([, alarm = "", within]) => [alarm, Number(within)] as const,
  );
  if (alarms.length === 0) throw new Error(`The operator guide says nothing of this: ${fault}`);
  return alarms;
}
