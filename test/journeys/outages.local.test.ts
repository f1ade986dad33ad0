// Nights in which the only way out is down for a while: nobody is skipped, nobody is blamed, and nothing is lost.
import { describe, expect, test } from "vitest";
import { hours, minutes, seconds } from "../../functions/core/time.ts";
import { incidentsChannel } from "../../infra/local/simulator/chat/account.ts";
import { wordsOf } from "../../infra/local/simulator/chat/cards.ts";
import type { FaultScript } from "../../infra/local/simulator/twilio/faults.ts";
import {
  aWorld,
  phones,
  sampleConfig,
  told,
  type World,
  type WorldSettings,
  wholeSample,
} from "../support/world.ts";

const { ada, linus, joan, mei } = phones;
const outage = {
  title: "Payments time out",
  service: "checkout",
  severity: "critical",
  dedup_key: "payments",
};

const faults: readonly (readonly [string, FaultScript])[] = [
  ["answers with errors", { kind: "status", status: 500, times: 100_000 }],
  ["refuses our account", { kind: "status", status: 401, code: 20003, times: 100_000 }],
  ["breaks every connection", { kind: "reset-before", times: 100_000 }],
];

const within = async (
  tell: (world: World) => Promise<void>,
  config: string | object = sampleConfig(),
  settings: Pick<WorldSettings, "chat"> = {},
) => {
  const world = await aWorld({ alone: true, config, ...settings });
  try {
    await tell(world);
  } finally {
    await world.end();
  }
};
const heal = (world: World) => fetch(`${world.url}/simulator/faults`, { method: "DELETE" });
const rung = (world: World, phone: string) => world.simulator.phone(phone).calls.length;
const secondsOf = (at: string) => (Date.parse(at) - Date.parse("2026-11-21T02:00:00Z")) / 1000;

describe.each(faults)("Twilio %s", (_, fault) => {
  test("for ninety seconds: Ada is texted and rung when it is back, and no one else is woken", () =>
    within(async (world) => {
      world.fail(fault);
      await world.alert(outage);
      await world.pass(seconds(90));
      await heal(world);
      await world.pass(seconds(90));
      expect(world.pages(ada)).toHaveLength(1);
      expect(rung(world, ada)).toBeGreaterThan(0);
      expect(world.pages(linus)).toEqual([]);
      const incident = await world.theIncident();
      expect(told(incident)).not.toMatch(/did not answer|could not be reached|NOBODY/);
      expect(await world.reply(ada, "1")).toContain("You have it");
    }));

  test("for ten minutes: the next level rang in its time, and all are paged when it is back, until one answers", () =>
    within(async (world) => {
      world.fail(fault);
      await world.alert(outage);
      await world.pass(minutes(9));
      const incident = await world.theIncident();
      const levels = incident.timeline.filter(({ type }) => type === "LevelStarted");
      expect(levels.map(({ at }) => secondsOf(at))).toEqual([0, 300]);
      expect(told(incident)).toContain("Nobody was reached in time. Level 2 starts");
      expect(told(incident)).not.toMatch(/did not answer|could not be reached|nobody (answered|took it)/i);
      // Nothing that stands in for it: whoever asks in this moment must not read "ready".
      expect(await world.get("/api/readiness")).toMatchObject({
        ready: false,
        findings: [{ standing: "problem", about: "twilio" }],
      });
      await heal(world);
      await world.pass(minutes(2) + seconds(10));
      expect([ada, linus, joan].map((phone) => world.pages(phone).length)).toEqual([1, 1, 1]);
      for (const phone of [ada, linus, joan]) expect(world.pages(phone)[0]).toMatch(/\. [23] others paged\./);
      expect(await world.reply(ada, "1")).toContain("You have it");
      await world.pass(minutes(10));
      expect([ada, linus, joan].map((phone) => world.pages(phone).length)).toEqual([1, 1, 1]);
    }));

  test("for two hours: when it is back everybody whose turn it was is paged, and nobody after the end", () =>
    within(async (world) => {
      world.fail(fault);
      await world.alert(outage);
      await world.pass(hours(2));
      const { id, timeline } = await world.theIncident();
      expect(timeline.length).toBeLessThan(1_200);
      await heal(world);
      await world.pass(minutes(2) + seconds(10));
      for (const phone of [ada, linus, joan, mei]) expect(world.pages(phone).length).toBeGreaterThan(0);
      await world.order(id, "resolve");
      const before = [ada, linus, joan, mei].map((phone) => world.pages(phone).length);
      await world.pass(minutes(30));
      expect([ada, linus, joan, mei].map((phone) => world.pages(phone).length)).toEqual(before);
    }));
});

test("Twilio says nothing for two minutes: what was in doubt is looked up, and sent when it was not found", () =>
  within(
    async (world) => {
      world.fail({ kind: "silent-before", times: 100_000 });
      await world.alert(outage);
      await world.pass(minutes(2));
      expect(world.pages(ada)).toEqual([]);
      await heal(world);
      await world.pass(minutes(2));
      expect(world.pages(ada)).toHaveLength(1);
      expect(world.pages(linus)).toEqual([]);
      expect(told(await world.theIncident())).not.toMatch(
        /did not answer in time\.$|could not be reached|NOBODY/m,
      );
    },
    sampleConfig().replaceAll("phone: ", "sms: ").replaceAll("work-sms", "work"),
  ));

test("Twilio takes everything and says nothing, by answer or report: what went out is found, and sent once", () =>
  within(
    async (world) => {
      world.fail({ kind: "silent-after", times: 1 }, { kind: "reports-lost", times: 100 });
      await world.alert(outage);
      await world.pass(minutes(4));
      expect(world.pages(ada)).toHaveLength(1);
      expect(told(await world.theIncident())).toMatch(
        /The text to Ada Okafor had gone out before \(SM\w+\)\. Nothing was sent twice\./,
      );
    },
    sampleConfig().replaceAll("phone: ", "sms: ").replaceAll("work-sms", "work"),
  ));

test("the night in which a warning becomes critical: its owner is rung, and without an answer the level is", () =>
  within(async (world) => {
    await world.alert({ title: "Queue is slow", service: "website", severity: "warning" });
    expect(await world.reply(ada, "1")).toContain("You have it");
    await world.pass(minutes(10));
    expect(rung(world, ada)).toBe(0);
    world.fail({ kind: "undelivered", to: ada, code: 30003, times: 100 });
    await world.alert({ title: "All orders are lost", service: "website", severity: "critical" });
    await world.pass(seconds(10));
    expect(rung(world, ada)).toBe(1);
    await world.pass(minutes(5));
    expect(told(await world.theIncident())).toContain("Ada Okafor did not answer: somebody is needed again.");
    expect(rung(world, linus)).toBeGreaterThan(0);
  }));

test("an owner whom it reaches keeps it with one word", () =>
  within(async (world) => {
    await world.alert({ title: "Queue is slow", service: "website", severity: "warning" });
    await world.reply(ada, "1");
    await world.alert({ title: "All orders are lost", service: "website", severity: "critical" });
    expect(await world.reply(ada, "1")).toContain("It stays yours");
    await world.pass(minutes(30));
    expect(rung(world, ada)).toBe(1);
    expect(world.pages(linus)).toEqual([]);
    expect((await world.theIncident()).owner?.id).toBe("ada");
  }));

test("an owner who picks up hears what became urgent, and keeps it with a key", () =>
  within(async (world) => {
    await world.alert({ title: "Queue is slow", service: "website", severity: "warning" });
    await world.reply(ada, "1");
    world.simulator.callee(ada, { kind: "human", presses: [{ on: "Press (\\d) to take it" }] });
    await world.alert({ title: "All orders are lost", service: "website", severity: "critical" });
    await world.pass(seconds(10));
    expect(world.heard(ada)).toMatch(
      /Website, critical\. The alert reads: All orders are lost.*It stays yours\./,
    );
    expect(told(await world.theIncident())).toContain("Ada Okafor still has it.");
    await world.pass(minutes(14));
    expect(world.pages(linus)).toEqual([]);
  }));

test("on a card such an owner is asked anew, and not told of having it already, nor of having been silent", () =>
  within(
    async (world) => {
      await world.alert({ title: "Queue is slow", service: "website", severity: "warning" });
      await world.pass(minutes(1));
      await world.reply(ada, "1");
      await world.alert({ title: "All orders are lost", service: "website", severity: "critical" });
      const card = world.chat.user("ada@brightwater.example").newestCard()?.card;
      expect(wordsOf(card)).toContain("Waiting for your answer.");
      expect(wordsOf(card)).not.toMatch(/You have it|Nothing was heard/);
    },
    wholeSample(),
    { chat: true },
  ));

test("one country refused is one person's trouble: the next way at once, then the next level, and nothing is tried on", () =>
  within(async (world) => {
    world.fail({ kind: "status", status: 400, code: 21408, to: ada, times: 100 });
    world.fail({ kind: "status", status: 400, code: 21215, to: ada, times: 100 });
    await world.alert(outage);
    await world.pass(seconds(10));
    expect(world.pages(linus)).toHaveLength(1);
    const incident = await world.theIncident();
    expect(told(incident)).toContain("Ada Okafor could not be reached.");
    expect(told(incident)).toContain("No way of the level before is left. Level 2 starts");
    await world.pass(minutes(4));
    const failures = (await world.theIncident()).timeline.filter(({ type }) => type === "DeliveryFailed");
    expect(failures.filter(({ text }) => text.includes("Ada Okafor"))).toHaveLength(2);
  }));

describe("Teams is down, and there are no phones", () => {
  const byTeams = (id: string) => ({ name: id, time_zone: "UTC", teams: `${id}@brightwater.example` });
  const config = {
    organisation: "Brightwater Books",
    people: { ada: byTeams("ada"), linus: byTeams("linus"), mei: byTeams("mei") },
    policies: {
      shop: {
        levels: [
          { page: ["ada"], within: "5m" },
          { page: ["linus"], within: "5m" },
        ],
        catch_all: ["mei"],
      },
    },
    services: { checkout: { name: "Checkout", importance: "high", policy: "shop" } },
    sources: { anything: { kind: "generic", key: "demo-anything-key-0001" } },
    routing: [{ service: "checkout" }],
    chat: { channel: incidentsChannel },
  };
  const has = (world: World, person: string) =>
    world.chat.user(`${person}@brightwater.example`).newestCard() !== undefined;

  test.each(["failing", "off"] as const)(
    "%s: each level has its time, and who was asked has a card when it is back",
    (mode) =>
      within(
        async (world) => {
          world.chat.behave(mode);
          await world.alert(outage);
          await world.pass(minutes(6));
          const levels = (await world.theIncident()).timeline.filter(({ type }) => type === "LevelStarted");
          expect(levels.map(({ at }) => secondsOf(at))).toEqual([0, 300]);
          expect(told(await world.theIncident())).not.toMatch(/did not answer|could not be reached/);
          world.chat.mend();
          await world.pass(minutes(2) + seconds(10));
          expect(["ada", "linus", "mei"].map((person) => has(world, person))).toEqual([true, true, false]);
        },
        config,
        { chat: true },
      ),
  );
});
