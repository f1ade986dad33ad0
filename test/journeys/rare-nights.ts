// What only the cloud has, and what an ordinary night does not need: large deliveries, alarms from a bus, long waits, long
// histories, records that nobody can read and messages that nobody can take.
import webhooks from "twilio/lib/webhooks/webhooks.js";
import { describe, expect, test } from "vitest";
import { minutes, seconds } from "../../functions/core/time.ts";
import type { FunctionName } from "../../functions/subscriptions.ts";
import { simulatedAccount } from "../../infra/local/simulator/twilio/account.ts";
import { ageIncident, agePerson, ageProvider, ageSite, siteState } from "../support/cloud/age.ts";
import { ageHeldCalls } from "../support/cloud/age-line.ts";
import { mappings } from "../support/cloud/deployment.ts";
import { mend, poison } from "../support/cloud/poison.ts";
import { intakeBus, watchedAlarm } from "../support/cloud/watched-account.ts";
import type { CloudWorld } from "../support/cloud.ts";
import { linkOn, press } from "../support/links.ts";
import { asAda, phones, sampleConfig, type WorldSettings } from "../support/world.ts";

const { ada, linus, joan, mei } = phones;
const outage = {
  title: "Payments time out",
  service: "checkout",
  severity: "critical",
  dedup_key: "payments",
};

/** What is told here is told of texts: without the calls that ring beside them the sentences stay short. */
const textsOnly = sampleConfig().replaceAll("phone: ", "sms: ").replaceAll("work-sms", "work");

const withRoles = (roles: string): string => `${textsOnly}\nemergency: ${roles}\n`;

export function rareNights(aWorld: (settings?: WorldSettings) => Promise<CloudWorld>): void {
  const within = async (
    tell: (world: CloudWorld) => Promise<void>,
    settings: WorldSettings = { config: textsOnly },
  ) => {
    const world = await aWorld(settings);
    try {
      await tell(world);
    } finally {
      await world.end();
    }
  };

  describe("intake", () => {
    test("a delivery of more than 100 alerts is answered, and one incident and one page come of it", () =>
      within(async (world) => {
        const alerts = Array.from({ length: 250 }, (_, n) => ({ ...outage, dedup_key: `pod-${n}` }));
        expect((await world.alert({ alerts })).status).toBe(202);
        expect((await world.theIncident()).alerts).toBe(250);
        expect(world.pages(ada)).toHaveLength(1);
      }));

    test("what nobody settles is handed on anew, single alerts and stored deliveries, until it is", () =>
      within(async (world) => {
        world.hold("handle-alert");
        world.hold("accept-alerts");
        expect((await world.alert(outage)).status).toBe(202);
        const alerts = Array.from({ length: 120 }, (_, n) => ({ ...outage, dedup_key: `pod-${n}` }));
        expect((await world.alert({ alerts })).status).toBe(202);
        await world.pass(minutes(3));
        expect(world.pages(ada)).toEqual([]);
        await world.letGo("accept-alerts");
        await world.letGo("handle-alert");
        expect((await world.theIncident()).alerts).toBe(121);
        expect(world.pages(ada)).toHaveLength(1);
      }));

    test("an alarm of CloudWatch pages, from the account's own bus and from that of others", () =>
      within(async (world) => {
        for (const [bus, name] of [
          ["default", "checkout-5xx"],
          [intakeBus, "checkout-latency"],
        ] as const)
          world.services.put(bus, watchedAlarm(name));
        await world.rest();
        expect((await world.theIncident()).alerts).toBe(2);
        expect(world.pages(ada)).toHaveLength(1);
      }));

    test("an alarm of an account that nobody listed is not taken", () =>
      within(async (world) => {
        world.services.put("default", { ...watchedAlarm("checkout-5xx"), account: "999999999999" });
        await world.rest();
        expect(await world.open()).toEqual([]);
        expect(world.complaints).toEqual([]);
      }));
  });

  describe("a text that does not arrive", () => {
    test("is known by the provider's report, and the next level is paged at once", () =>
      within(async (world) => {
        world.fail({ kind: "undelivered", code: 30003, to: ada, times: 9 });
        await world.alert(outage);
        expect(world.pages(linus)).toEqual([]);
        await world.pass(seconds(1));
        expect(world.pages(linus)).toHaveLength(1);
        await world.order((await world.theIncident()).id, "resolve");
        const { incidents } = await world.get<{ incidents: readonly { phase: string }[] }>(
          "/api/incidents?state=all",
        );
        expect(incidents.map(({ phase }) => phase)).toEqual(["stood-down"]);
      }));
  });

  describe("waiting", () => {
    test("a level of 40 minutes is left on time, though a queue delays by 15 at most", () =>
      within(
        async (world) => {
          await world.alert(outage);
          await world.pass(minutes(40) - seconds(1));
          expect(world.pages(linus)).toEqual([]);
          await world.pass(seconds(1));
          expect(world.pages(linus)).toHaveLength(1);
        },
        { config: textsOnly.replace("{ page: [ada], within: 5m }", "{ page: [ada], within: 40m }") },
      ));

    test("a wake-up that is lost costs a minute at most", () =>
      within(async (world) => {
        await world.alert(outage);
        world.hold("fire-timers");
        await world.pass(minutes(6));
        expect(world.pages(linus)).toHaveLength(1);
        expect(world.pages(ada)).toHaveLength(1);
      }));
  });

  describe("what nobody can read or take", () => {
    test("a record of the feed that can't be read holds up nobody, and is carried once it is mended", () =>
      within(async (world) => {
        const taken = (await (await world.alert(outage)).json()) as { alerts: readonly { id: string }[] };
        const alert = taken.alerts[0]?.id ?? "";
        await poison(world.table, alert);
        await world.alert({ ...outage, service: "website", dedup_key: "other" });
        expect(world.pages(ada)).toHaveLength(2);
        expect((await letters(world)).map(({ function: name }) => name)).toContain("relay-events");
        expect(typesSince(world, 0)).toEqual(expect.arrayContaining(["AlertAccepted", "DeliveryWanted"]));

        await mend(world.table, alert);
        await world.rest();
        const before = world.services.events.length;
        await redrive(world);
        expect(typesSince(world, before)).toEqual(
          expect.arrayContaining(["AlertAccepted", "AlertsStashed", "DeliveryWanted"]),
        );
        expect(await letters(world)).toEqual([]);
        expect(world.pages(ada)).toHaveLength(2);
      }));

    test("a message that no try can carry out is put aside after five, and the others go on", () =>
      within(async (world) => {
        queueOf(world, "send-page").send("not of ours");
        await world.alert(outage);
        expect(world.pages(ada)).toHaveLength(1);
        await world.pass(minutes(12));
        expect(queueOf(world, "send-page").messages.size).toBe(0);
        expect(await letters(world)).toMatchObject([{ id: "queue/send-page", function: "send-page" }]);
      }));

    test("one order puts the letters of every queue back on their way", () =>
      within(async (world) => {
        // An event of the stream that pages nobody.
        await ageHeldCalls(world.table);
        for (const [name, letter] of Object.entries(harmless))
          deadLettersOf(world, name as FunctionName).send(letter(world.now()));
        const waiting = (await letters(world)).map(({ function: name }) => name);
        expect(waiting.toSorted()).toEqual(Object.keys(harmless).toSorted());
        await redrive(world);
        expect(await letters(world)).toEqual([]);
        expect(world.complaints).toEqual([]);
      }));
  });

  test("a call about a long history is answered like any other", () =>
    within(
      async (world) => {
        await world.alert(outage);
        const { id } = await world.theIncident();
        await world.pass(seconds(5));
        const call = () => world.simulator.phone(ada).calls[0];
        world.simulator.answer(call()?.sid ?? "");
        await world.rest();
        const no = /(\d) for no\b/.exec(call()?.spoken.join(" ") ?? "")?.[1] ?? "";
        for (const person of ["ada", "linus", "joan", "mei"]) await agePerson(world.table, person);
        await ageIncident(world.table, `incident/${id}`);
        world.cool();
        world.simulator.press(call()?.sid ?? "", no);
        await world.pass(seconds(10));
        expect(world.simulator.phone(linus).calls).toHaveLength(1);
      },
      { config: sampleConfig() },
    ));

  test("a chat, a card and people of long histories are served like any others", () =>
    within(
      async (world) => {
        const cards = (phone: string) =>
          world.texts(phone).filter((text) => text.startsWith("LAST-RESORT CARD"));
        const age = async (...people: readonly string[]) => {
          for (const person of people) await agePerson(world.table, person);
          world.cool();
        };
        await world.rest();
        expect(cards(mei)).toHaveLength(1);
        await age("mei");
        world.hold("send-card");
        await world.restart(withRoles("{ ic: [mei, joan] }")); // apply-config wants another
        world.hold("send-card");
        await age("mei");
        world.fail({ kind: "status", status: 503, to: mei });
        await world.letGo("send-card"); // fails, and says so
        await age("mei");
        await world.pass(minutes(2)); // fire-timers has it tried again
        expect(cards(mei)).toHaveLength(2);

        await world.alert({ ...outage, service: "website", severity: "critical" });
        await world.reply(ada, "1");
        world.chat.behave("failing");
        await ageSite(world.table);
        world.cool();
        const site = async () => (await siteState(world)).name;
        while ((await site()) !== "doubted") await world.pass(seconds(5)); // probe-site
        await ageSite(world.table);
        world.cool();
        await world.pass(seconds(35)); // fire-timers asks for a probe
        world.hold("move-response");
        while ((await site()) !== "lost") await world.pass(seconds(5));
        await ageSite(world.table);
        await age("ada", "linus");
        await world.letGo("move-response");
        expect(await world.get("/api/chat", asAda)).toMatchObject({ reachable: false }); // show-chat
        world.cool();
        const { id } = await world.theIncident();
        await world.order(id, "escalate"); // command-incident reads of the chat
        world.cool();
        await world.reply(linus, "1"); // and receive-reply
        expect(world.texts(linus).at(-1)).toMatch(/^BRIDGE Website/);
        expect((await world.incident(id)).timeline.length).toBeGreaterThan(0);
      },
      { config: withRoles("{ ic: [mei] }"), chat: true },
    ));

  test("a bridge, an incident and people of long histories are served like any others", () =>
    within(
      async (world) => {
        await world.alert({ ...outage, service: "checkout", severity: "critical" });
        await world.reply(ada, "3");
        const { id } = await world.theIncident();
        const age = async (...people: readonly string[]) => {
          for (const person of people) await agePerson(world.table, person);
          await ageIncident(world.table, `incident/${id}`);
          world.cool();
        };
        const order = (order: Readonly<Record<string, string>>) =>
          world.post(`/api/incidents/${id}/commands`, order);
        const press = async (phone: string) => {
          const spoken = world.heard(phone);
          const [, key = ""] = /Press (\d) to get into the room/.exec(spoken) ?? [];
          world.simulator.press(world.lastCall(phone)?.sid ?? "", key);
          await world.rest();
        };

        world.hold("open-bridge");
        world.hold("send-notice");
        await order({ type: "open-bridge" });
        await age("ada", "linus");
        await world.letGo("open-bridge");
        await age("ada");
        await world.letGo("send-notice");
        expect(world.texts(ada).join()).toMatch(/PIN \d{6}/);

        await world.pass(seconds(40)); // what rang for the pages has rung out
        for (const person of ["ada", "linus"] as const) {
          world.hold("call-in");
          await order({ type: "call-in", person });
          await age(person);
          await world.letGo("call-in");
          await world.pass(seconds(2)); // the provider dials one call a second
          await age();
          world.simulator.answer(world.lastCall(phones[person])?.sid ?? "");
          await world.rest();
          await age(); // answer-call-in, and receive-room after it
          await press(phones[person]);
        }
        expect(world.lastCall(ada)?.conference?.people).toHaveLength(2);
        await age(); // receive-room alone
        world.simulator.hangUp(world.lastCall(linus)?.sid ?? "");
        await world.rest();

        const call = world.lastCall(ada)?.sid ?? "";
        const inRoom = () => world.simulator.phone(ada).calls.find(({ sid }) => sid === call);
        await world.pass(minutes(28));
        await order({ type: "acknowledge" });
        await age(); // fire-timers, run-bridge, speak-announcement
        await world.pass(minutes(3));
        expect(inRoom()?.spoken.join(" ")).toMatch(/How it stands.* has it\. One is in the room/);

        world.hold("run-bridge");
        await order({ type: "mute", call });
        await age(); // run-bridge says that it could not be done
        world.fail({ kind: "status", status: 503, times: 100 });
        await world.letGo("run-bridge");
        const told = (await world.incident(id)).timeline.map(({ text }) => text);
        expect(told.join()).toMatch(/could not be done on the bridge/);
      },
      { config: sampleConfig() },
    ));

  test("a call that our own mistake left without words is told to look at the text", () =>
    within(async (world) => {
      const url = `${world.url}/twilio/fallback`;
      const form = { CallSid: "CA00000000000000000000000000000001" };
      const signature = webhooks.getExpectedTwilioSignature(simulatedAccount.authToken, url, form);
      const answer = await fetch(url, {
        method: "POST",
        body: new URLSearchParams(form),
        headers: { "x-twilio-signature": signature },
      });
      expect(await answer.text()).toMatch(/<Say[^>]*>[^<]+<\/Say>/);
    }));

  test("an incident and people of long histories, too large for one item, are served like any other", () =>
    within(async (world) => {
      for (const id of ["ada", "linus", "joan", "mei"]) await agePerson(world.table, id);
      world.hold("send-page");
      await world.alert({ ...outage, severity: "error" }); // handle-alert reads the people
      const { id } = await world.theIncident();
      const age = async () => {
        await ageIncident(world.table, `incident/${id}`);
        world.cool();
      };
      const isKept = async () => expect((await world.incident(id)).timeline.length).toBeGreaterThan(0);

      await age(); // send-page learns that ada takes no texts
      world.fail({ kind: "status", status: 400, code: 21610, to: ada });
      await world.letGo("send-page");
      expect(world.pages(linus)).toHaveLength(1);

      await agePerson(world.table, "linus");
      await age(); // receive-report learns that a number is none
      world.fail({ kind: "undelivered", code: 30005, to: joan });
      await world.alert({ ...outage, severity: "critical" });
      await age();
      await world.pass(seconds(1));
      await isKept();

      await age(); // fire-timers goes on to the catch-all
      await world.pass(minutes(5));
      expect(world.pages(mei)).not.toEqual([]);

      await age(); // handle-alert
      await world.alert({ ...outage, dedup_key: "another" });
      expect((await world.incident(id)).alerts).toBeGreaterThanOrEqual(2);

      await age(); // receive-reply
      await agePerson(world.table, "linus");
      await world.reply(linus, "2");
      await world.reply(linus, "STOP");
      await age(); // command-incident, and send-notice after it
      expect((await world.order(id, "escalate")).status).toBe(200);
      world.hold("send-notice");
      await age();
      expect((await world.order(id, "resolve")).status).toBe(200);
      await age();
      await world.letGo("send-notice");
      expect(world.texts(mei).at(-1)).toMatch(/^STOOD DOWN Checkout/);
    }));

  test("breakers of long histories are read, told and shown like any other", () =>
    within(async (world) => {
      const twilio = async () => {
        const { providers } = await world.get<{ providers: readonly { state: string }[] }>("/api/providers");
        return providers[0]?.state;
      };
      const age = async () => {
        await ageProvider(world.table, "twilio");
        world.cool();
      };
      await age(); // show-providers
      expect(await twilio()).toBe("well");
      world.fail({ kind: "status", status: 401, code: 20003 });
      await world.alert(outage); // send-page trips it
      expect(await twilio()).toBe("resting");
      const { id } = await world.theIncident();
      await world.pass(seconds(31));
      await age();
      await world.order(id, "resolve"); // send-notice is the probe
      expect(await twilio()).toBe("returning");
      expect(world.texts(ada).at(-1)).toMatch(/^STOOD DOWN Checkout/);
      await world.pass(minutes(4));
      world.fail({ kind: "failed", code: 30002 }, { kind: "reports-late", ms: 3_000, times: 10 });
      await world.alert({ ...outage, dedup_key: "later" });
      await age();
      await world.pass(seconds(5)); // receive-report trips it once more
      expect(await twilio()).toBe("resting");
    }));

  test("without Twilio and without the chat whoever answers second is told where to meet", () =>
    within(
      async (world) => {
        world.chat.behave("failing");
        while ((await siteState(world)).name !== "lost") await world.pass(seconds(5));
        await ageSite(world.table);
        world.fail({ kind: "html", status: 503, times: 10_000 });
        const yes = (phone: string) =>
          world.reply(phone, `1 ${/[A-Z]\d{4}/.exec(world.pages(phone).at(-1) ?? "")?.[0]}`);
        const answers = {
          checkout: () => press(world, linkOn(world, linus), "acknowledge"), // answer-link reads of the chat
          website: () => yes(linus), // and receive-text
        };
        for (const [service, answer] of Object.entries(answers)) {
          await world.alert({ ...outage, service, dedup_key: service });
          await yes(ada);
          const { id } = await world.theIncident();
          await world.order(id, "escalate");
          world.cool();
          await answer();
          await world.rest();
          const { timeline } = await world.incident(id);
          expect(timeline.map(({ text }) => text).join()).toContain("the chat can't be reached");
          expect(world.texts(linus).join()).toMatch(/BRIDGE .* PIN \d{6}/);
          await world.order(id, "resolve");
        }
      },
      { config: textsOnly, chat: true },
    ));

  test("whoever answers second by phone without the chat is told where to meet", () =>
    within(
      async (world) => {
        world.chat.behave("failing");
        while ((await siteState(world)).name !== "lost") await world.pass(seconds(5));
        await ageSite(world.table);
        await world.alert(outage);
        await world.reply(ada, "1");
        await world.order((await world.theIncident()).id, "escalate");
        await world.pass(seconds(5));
        const call = () => world.simulator.phone(linus).calls[0];
        world.simulator.answer(call()?.sid ?? "");
        await world.rest();
        world.cool(); // answer-call reads of the chat
        const [, key = ""] = /Press (\d) to take it/.exec(call()?.spoken.join(" ") ?? "") ?? [];
        world.simulator.press(call()?.sid ?? "", key);
        await world.rest();
        expect(world.texts(linus).join()).toMatch(/BRIDGE .* PIN \d{6}/);
      },
      { config: sampleConfig(), chat: true },
    ));

  test("a link about a long history is answered like any other", () =>
    within(async (world) => {
      world.fail({ kind: "html", status: 503, times: 10_000 });
      await world.alert(outage);
      const { id } = await world.theIncident();
      await agePerson(world.table, "linus");
      await ageIncident(world.table, `incident/${id}`);
      world.cool();
      expect(await press(world, linkOn(world, ada), "decline")).toContain("Noted: not you.");
      expect(world.pages(linus)).toHaveLength(1);
    }));

  test("without Twilio long histories are served like any other", () =>
    within(async (world) => {
      world.fail({ kind: "html", status: 503, times: 10_000 });
      world.secondCarrier.fail({ kind: "undelivered", to: linus, event: "TEXT_INVALID" });
      await world.alert(outage);
      const { id } = await world.theIncident();
      const age = async (who: string) => {
        await agePerson(world.table, who);
        await ageIncident(world.table, `incident/${id}`);
        world.cool();
      };
      expect(await world.reply(ada, "2 A0000")).toContain("There is no page A0000 for you");
      await age("ada"); // receive-text
      world.hold("send-page");
      expect(await world.reply(ada, "2")).toContain("Noted: not you");
      await age("ada");
      await world.reply(ada, "STOP");
      await world.letGo("send-page");
      await age("linus"); // receive-carrier-report learns that a number is none
      await world.pass(seconds(1));
      const { pages } = await world.incident(id);
      expect(pages.find(({ person }) => person.id === "linus")?.deliveries[0]?.state).toBe("failed");
    }));
}

interface Letter {
  readonly id: string;
  readonly function: string;
}

const letters = async (world: CloudWorld): Promise<readonly Letter[]> =>
  (await world.get<{ letters: readonly Letter[] }>("/api/dead-letters", asAda)).letters;

const redrive = async (world: CloudWorld): Promise<void> => {
  expect((await world.post("/api/dead-letters/redrive", {}, asAda)).status).toBe(200);
};

const typesSince = ({ services }: CloudWorld, from: number): readonly string[] =>
  services.events.slice(from).map((event) => event["detail-type"]);

function queueOf(world: CloudWorld, name: FunctionName) {
  const queue = world.queues.get(mappings.find((mapping) => mapping.name === name)?.source ?? "");
  if (queue === undefined) throw new Error(`${name} has no queue`);
  return queue;
}

function deadLettersOf(world: CloudWorld, name: FunctionName) {
  const queue = world.queues.get(queueOf(world, name).shape.deadLetters ?? "");
  if (queue === undefined) throw new Error(`${name} has no dead letters`);
  return queue;
}

const stream = "incident/none";
const event = (detail: object): string => JSON.stringify({ id: "letter", source: "muster", detail });
const ofStream = () => event({ stream, version: 1, index: 0, ref: "p1.0.1", drill: false });

/** For every function with a queue a message that it has nothing to do about. */
const harmless = {
  "receive-alarm": () =>
    JSON.stringify({ ...watchedAlarm("a"), id: "letter", account: "999999999999", region: "eu-west-1" }),
  "accept-alerts": () => event({ stash: "none" }),
  "handle-alert": () => event({ alert: "none", revision: 1, correlation: "none", drill: false }),
  "release-alerts": ofStream,
  "send-page": ofStream,
  "page-held-calls": () => event({ stream: "held/calls", version: 1, index: 0, drill: false }),
  "end-calls": ofStream,
  "send-notice": ofStream,
  "receive-text": () =>
    JSON.stringify({ originationNumber: "+12025550177", messageBody: "1", inboundMessageId: "letter" }),
  "receive-carrier-report": () =>
    JSON.stringify({ id: "letter", detail: { eventType: "TEXT_DELIVERED", messageId: "of somebody else" } }),
  "open-bridge": ofStream,
  "call-in": ofStream,
  "probe-site": () => event({ stream: "site/chat", version: 1, index: 0, drill: false }),
  "move-response": () =>
    JSON.stringify({
      id: "letter",
      source: "muster",
      "detail-type": "SiteReturned",
      detail: { stream: "site/chat", version: 1, index: 0, drill: false },
    }),
  "send-card": () => event({ stream: "person/none", version: 1, index: 0, ref: "letter", drill: false }),
  "update-cards": () =>
    JSON.stringify({ ...(JSON.parse(ofStream()) as object), "detail-type": "PageAcknowledged" }),
  "update-site": () =>
    JSON.stringify({
      ...(JSON.parse(ofStream()) as object),
      "detail-type": "PostWanted",
      detail: { stream: "post/none", version: 1, index: 0, drill: false },
    }),
  "run-bridge": () => JSON.stringify({ ...(JSON.parse(ofStream()) as object), "detail-type": "BridgeEnded" }),
  "fire-timers": (now: number) => JSON.stringify({ stream, due: now }),
} satisfies { readonly [name in FunctionName]?: (now: number) => string };
