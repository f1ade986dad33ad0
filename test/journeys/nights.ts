// Nights on call, told with phones and a clock, wherever the hub runs.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { minutes, seconds } from "../../functions/core/time.ts";
import { phones, told, type World } from "../support/world.ts";

const { ada, linus, joan, joanPrivate, mei } = phones;
const outage = {
  title: "Payments time out",
  service: "checkout",
  severity: "critical",
  dedup_key: "payments",
};

const codeIn = (text: string | undefined): string => /[A-Z]\d{4}/.exec(text ?? "")?.[0] ?? "no code";

export function nights(aWorld: () => Promise<World>): void {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
  });
  afterEach(() => world.end());

  describe("an alert that somebody answers", () => {
    test("rings the first level once, and the answer stops it", async () => {
      await world.alert(outage);
      expect(world.pages(ada)).toHaveLength(1);
      expect(world.pages(ada)[0]).toMatch(
        /^CRITICAL Checkout: "Payments time out" since 21:00\. Only you paged\./,
      );
      expect(await world.reply(ada, "1")).toBe("You have it.");
      const incident = await world.theIncident();
      expect(incident.owner?.id).toBe("ada");
      await world.pass(minutes(14));
      expect(world.pages(linus)).toEqual([]);
      expect(world.pages(ada)).toHaveLength(1);
    });

    test("is one incident and one page, however many alerts it has", async () => {
      for (let n = 0; n < 5; n++) {
        const alerts = Array.from({ length: 20 }, (_, i) => ({
          ...outage,
          title: `Pod ${n}-${i}`,
          dedup_key: `pod-${n}-${i}`,
        }));
        await world.alert({ alerts });
      }
      const incident = await world.theIncident();
      expect(incident.alerts).toBe(100);
      expect(world.pages(ada)).toHaveLength(1);
    });

    test("joins the same incident when it repeats, and is counted once", async () => {
      const first = (await (await world.alert(outage)).json()) as { alerts: { id: string }[] };
      await world.alert(outage);
      await world.alert(outage);
      const incident = await world.theIncident();
      expect(incident.alerts).toBe(1);
      const record = await world.get<{ count: number; disposition: object }>(
        `/api/alerts/${first.alerts[0]?.id}`,
      );
      expect(record.count).toBe(3);
      expect(record.disposition).toEqual({ kind: "opened", incident: `incident/${incident.id}` });
    });
  });

  describe("an alert that nobody answers", () => {
    test("reaches the second level on time, then the catch-all, and says loudly that nobody came", async () => {
      await world.alert(outage);
      await world.pass(minutes(5) - seconds(1));
      expect(world.pages(linus)).toEqual([]);
      await world.pass(seconds(1));
      expect(world.pages(linus)).toHaveLength(1);
      expect(world.pages(joan)).toHaveLength(1);
      expect(world.pages(joanPrivate)).toHaveLength(1);
      expect(world.pages(mei)).toEqual([]);
      await world.pass(minutes(5));
      expect(world.pages(mei)).toHaveLength(1);
      await world.pass(minutes(5));
      expect(world.pages(mei)).toHaveLength(2);
      const incident = await world.theIncident();
      expect(incident.request?.state).toBe("catch-all");
      expect(told(incident)).toMatch(/NOBODY TOOK IT on any level/);
      // A late answer to a request that is still open counts.
      expect(await world.reply(ada, `1 ${codeIn(world.pages(ada)[0])}`)).toMatch(/^You have it\./);
      expect((await world.theIncident()).owner?.id).toBe("ada");
    });

    test("goes on to the next at once when the first declines", async () => {
      await world.alert(outage);
      expect(await world.reply(ada, "2")).toBe("Noted: not you. The next one is asked.");
      expect(world.pages(linus)).toHaveLength(1);
      expect(world.pages(joan)).toHaveLength(1);
      expect(await world.reply(linus, "ack")).toBe("You have it. One other stood down.");
      expect(world.texts(joanPrivate).at(-1)).toBe(
        "TAKEN Checkout: Linus Ekdahl has it. Your page is called off.",
      );
    });

    test("a no that pages no one new says so, and one that comes too late says who has it", async () => {
      await world.alert(outage);
      await world.pass(minutes(5));
      expect(await world.reply(joan, "2")).toBe("Noted: not you. The paging goes on.");
      await world.reply(linus, "1");
      expect(await world.reply(ada, "2")).toBe("Already answered by Linus Ekdahl. Nothing for you to do.");
      expect((await world.theIncident()).owner?.id).toBe("linus");
    });

    test("an answer that asks for more help keeps the first and rings the next", async () => {
      await world.alert(outage);
      expect(await world.reply(ada, "3")).toBe("More help is being paged. You stay on it.");
      expect(world.pages(linus)).toHaveLength(1);
    });
  });

  describe("an answer that is forgotten", () => {
    test("is asked about after 15 minutes, and rings again 5 minutes later", async () => {
      await world.alert(outage);
      await world.reply(ada, "1");
      await world.pass(minutes(15));
      expect(world.texts(ada).at(-1)).toMatch(/^STILL YOURS\? Checkout/);
      await world.pass(minutes(5));
      expect(world.pages(ada)).toHaveLength(2);
      expect(told(await world.theIncident())).toMatch(/Ada Okafor/);
    });

    test("stays answered when the owner says so", async () => {
      await world.alert(outage);
      const code = codeIn(world.pages(ada)[0]);
      await world.reply(ada, "1");
      await world.pass(minutes(15));
      expect(await world.reply(ada, `1 ${code}`)).toBe("Good. It stays yours.");
      await world.pass(minutes(60));
      expect(world.pages(ada)).toHaveLength(1);
    });
  });

  describe("the end", () => {
    test("comes with an all-clear to everybody paged, when monitoring says so and it stays so", async () => {
      await world.alert(outage);
      await world.pass(minutes(6));
      await world.alert({ ...outage, status: "resolved" });
      expect(await world.open()).toHaveLength(1);
      await world.pass(seconds(5));
      expect(await world.open()).toEqual([]);
      for (const phone of [ada, linus]) expect(world.texts(phone).at(-1)).toMatch(/^ALL CLEAR Checkout/);
      await world.pass(minutes(30));
      expect(world.pages(mei)).toEqual([]);
    });

    test("does not come while something of it still fires", async () => {
      await world.alert({ alerts: [outage, { ...outage, dedup_key: "other" }] });
      await world.alert({ ...outage, status: "resolved" });
      await world.pass(minutes(1));
      expect(await world.open()).toHaveLength(1);
      await world.alert({ ...outage, dedup_key: "other", status: "resolved" });
      await world.pass(minutes(1));
      expect(await world.open()).toEqual([]);
    });

    test("is not believed when it fires again at once", async () => {
      await world.alert(outage);
      await world.alert({ ...outage, status: "resolved" });
      await world.pass(seconds(2));
      await world.alert(outage);
      await world.pass(minutes(1));
      const incident = await world.theIncident();
      expect(incident.phase).toBe("triage");
      expect(world.pages(ada)).toHaveLength(1);
      expect(world.texts(ada).filter((text) => text.startsWith("ALL CLEAR"))).toEqual([]);
    });

    test("that monitoring takes back pages again, with the same start; one late copy only stands on the timeline", async () => {
      const since = new Date(world.now() - minutes(10)).toISOString();
      const burning = { ...outage, since };
      await world.alert(burning);
      const { id } = await world.theIncident();
      await world.alert({ ...burning, status: "resolved" });
      await world.pass(seconds(1));
      const answer = await world.alert(burning);
      expect(await answer.json()).toMatchObject({ alerts: [{ verdict: "copy-after-resolve" }] });
      await world.pass(seconds(4));
      expect(await world.open()).toEqual([]);
      const told = (await world.incident(id)).timeline.map(({ text }) => text);
      expect(told.join("\n")).toContain("“Payments time out”: a late copy came right after the resolve");
      await world.alert(burning);
      expect((await world.theIncident()).id).not.toBe(id);
      expect(world.pages(ada)).toHaveLength(2);
    });

    test("that comes and goes all night is believed later and later, so that it stops ringing", async () => {
      // Two senders that contradict each other about one alert, each once a minute.
      for (let minute = 0; minute < 20; minute++) {
        await world.alert(outage);
        await world.pass(seconds(30));
        await world.alert({ ...outage, status: "resolved" });
        await world.pass(seconds(30));
      }
      expect(world.pages(ada)).toHaveLength(3);
      await world.theIncident();
      await world.pass(minutes(10));
      expect(await world.open()).toEqual([]);
    });

    test("by the command post reaches everybody else, and what still fires opens anew", async () => {
      await world.alert(outage);
      const { id } = await world.theIncident();
      expect((await world.order(id, "resolve")).status).toBe(200);
      expect(await world.open()).toEqual([]);
      expect(world.texts(ada).at(-1)).toMatch(/^STOOD DOWN Checkout/);
      await world.pass(minutes(1));
      await world.alert(outage);
      expect((await world.theIncident()).id).not.toBe(id);
      expect(world.pages(ada)).toHaveLength(2);
      expect((await world.order(id, "acknowledge")).status).toBe(409);
    });
  });

  describe("replies", () => {
    test("without a code mean the newest page, where only one incident pages", async () => {
      await world.alert(outage);
      await world.pass(minutes(15));
      expect(world.pages(mei)).toHaveLength(2);
      expect(await world.reply(mei, "1")).toMatch(/^You have it\./);
    });

    test("a late reply never answers the wrong page", async () => {
      await world.alert(outage);
      await world.alert({ title: "Site is slow", service: "website", severity: "critical" });
      const [first, second] = world.pages(ada).map(codeIn);
      expect(await world.reply(ada, "1")).toMatch(/^Which page\? Reply 1 and its code: /);
      expect(await world.reply(ada, `1 ${second}`)).toBe("You have it.");
      const open = await world.open();
      expect(open.find(({ title }) => title === "Site is slow")?.owner?.id).toBe("ada");
      expect(open.find(({ title }) => title === "Payments time out")?.owner).toBeUndefined();
      expect(await world.reply(linus, `1 ${first}`)).toMatch(/^There is no page/);
    });

    test("of a stranger, and those that nobody understands, change nothing and are answered", async () => {
      await world.alert(outage);
      expect(await world.reply("+12025550177", "1")).toMatch(/^This number pages on-call staff/);
      expect(await world.reply(ada, "what is this about?")).toMatch(/^Not understood, nothing changed/);
      expect((await world.theIncident()).owner).toBeUndefined();
    });

    test("STOP holds for what was on its way as well: the all-clear is not sent", async () => {
      await world.alert(outage);
      await world.reply(ada, "STOP");
      const before = world.texts(ada).length;
      await world.alert({ ...outage, status: "resolved" });
      await world.pass(seconds(5));
      expect(world.texts(ada)).toHaveLength(before);
      expect(await world.open()).toEqual([]);
    });

    test("whoever texts STOP is called and not texted, and START brings the texts back", async () => {
      await world.reply(ada, "STOP");
      await world.alert(outage);
      expect(world.pages(ada)).toEqual([]);
      expect(world.simulator.phone(ada).calls).toHaveLength(1);
      await world.reply(ada, "START");
      await world.alert({ ...outage, service: "website", dedup_key: "w" });
      expect(world.pages(ada)).toHaveLength(1);
    });
  });

  describe("severity", () => {
    test("that rises rings again where nobody has answered, and tells the owner otherwise", async () => {
      await world.alert({ ...outage, severity: "error" });
      await world.alert({ ...outage, severity: "critical" });
      expect(world.pages(ada)).toHaveLength(2);
      expect(world.pages(ada)[1]).toMatch(/^CRITICAL/);
      const incident = await world.theIncident();
      expect(incident.alerts).toBe(1);
      expect(incident.timeline.filter(({ type }) => type === "AlertsJoined")).toHaveLength(1);
    });
  });

  describe("an incident of several faults", () => {
    const disk = {
      title: "Disk 81% full on db-3",
      service: "checkout",
      severity: "error",
      dedup_key: "disk",
    };
    const payments = { ...disk, title: "All card payments are refused", dedup_key: "cards" };
    const ledger = { ...disk, title: "Ledger is wrong", dedup_key: "ledger" };

    test("is paged for by the gravest that fires, and not by what has ended", async () => {
      await world.alert(disk);
      await world.alert({ ...payments, severity: "critical" });
      expect(world.pages(ada).at(-1)).toMatch(
        /^CRITICAL Checkout: "All card payments are refused" \(\+1 more\) since/,
      );
      await world.alert({ ...disk, status: "resolved" });
      await world.pass(minutes(5));
      expect(world.pages(linus).at(-1)).toMatch(/^CRITICAL Checkout: "All card payments are refused" since/);
      const { title, samples } = await world.theIncident();
      expect(title).toBe("All card payments are refused");
      expect(samples).toMatchObject([
        { title: payments.title, firing: true },
        { title: disk.title, firing: false },
      ]);
    });

    test("tells whoever has it once of all that joined within a moment, and lists each of them", async () => {
      await world.alert(disk);
      await world.reply(ada, "1");
      await world.alert(payments);
      await world.alert(ledger);
      await world.pass(seconds(15));
      const news = world.texts(ada).filter((text) => text.includes("New in your incident"));
      expect(news).toEqual([
        'ERROR Checkout. New in your incident: "All card payments are refused", and 1 more',
      ]);
      const { samples } = await world.theIncident();
      expect(samples.map(({ title }) => title)).toEqual([payments.title, ledger.title, disk.title]);
    });
  });

  describe("a notice that does not arrive", () => {
    test("stands on the timeline with whom it was for, what it was about and why, and is not repeated the same way", async () => {
      await world.alert({ ...outage, severity: "error" });
      await world.reply(ada, "1");
      world.fail({ kind: "undelivered", to: ada, code: 30003, times: 9 });
      await world.alert({ ...outage, title: "Orders are lost", dedup_key: "orders", severity: "critical" });
      await world.pass(seconds(5));
      const lines = (await world.theIncident()).timeline.map(({ text }) => text);
      const missed =
        "Ada Okafor was not told by SMS that the severity was raised: the phone is off or has no signal.";
      expect(lines.filter((text) => text === missed)).toHaveLength(1);
      expect(
        lines.filter((text) => text.startsWith("NOT TOLD: Ada Okafor has no written way left")),
      ).toHaveLength(1);
    });
  });

  describe("a drill", () => {
    test("is marked on every text, and a real alert never joins it", async () => {
      await world.alert(outage, { "x-muster-drill": "true" });
      await world.alert(outage);
      expect(world.pages(ada)).toHaveLength(2);
      const drills = world.texts(ada).filter((text) => text.startsWith("DRILL "));
      expect(drills).toHaveLength(1);
      const open = await world.open();
      expect(new Set(open.map(({ drill }) => drill))).toEqual(new Set([false, true]));
      expect(open).toHaveLength(2);
    });
  });

  describe("the hub itself", () => {
    test("goes on where it was when it starts again", async () => {
      await world.alert(outage);
      await world.restart();
      await world.pass(minutes(5));
      expect(world.pages(ada)).toHaveLength(1);
      expect(world.pages(linus)).toHaveLength(1);
    });
  });
}
