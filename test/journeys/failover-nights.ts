// Nights in which Twilio fails, and the hub goes round it: how soon, for whom, what is told, and how it comes back.
import { describe, expect, test } from "vitest";
import { minutes, seconds } from "../../functions/core/time.ts";
import { secondAccount } from "../../infra/local/simulator/second-carrier/account.ts";
import type { FaultScript } from "../../infra/local/simulator/twilio/faults.ts";
import { linkOn, press } from "../support/links.ts";
import { phones, sampleConfig, told, type World, type WorldSettings } from "../support/world.ts";

const { ada, linus, joan, mei } = phones;
const outage = { title: "Payments time out", service: "checkout", severity: "critical" };
/** What is told of texts needs no calls beside them. */
const textsOnly = sampleConfig().replaceAll("phone: ", "sms: ").replaceAll("work-sms", "work");

interface Provider {
  readonly id: string;
  readonly state: string;
  readonly share: number;
  readonly reason?: string;
}

export function failoverNights(
  aWorld: (settings?: WorldSettings) => Promise<World>,
  /** Who are paged at once. */
  people = 50,
): void {
  const within = async (tell: (world: World) => Promise<void>, config: string | object = textsOnly) => {
    const world = await aWorld({ config });
    try {
      await tell(world);
    } finally {
      await world.end();
    }
  };
  const heal = (world: World, carrier = "") =>
    fetch(`${world.url}/simulator/${carrier}faults`, { method: "DELETE" });
  const senders = (world: World, phone: string) =>
    world.simulator
      .phone(phone)
      .messages.flatMap(({ direction, from }) => (direction === "outbound" ? [from] : []));
  const bySecond = (world: World, phone: string) =>
    senders(world, phone).filter((from) => from === secondAccount.number).length;
  const twilio = async (world: World): Promise<Provider> => {
    const { providers } = await world.get<{ providers: readonly Provider[] }>("/api/providers");
    const found = providers.find(({ id }) => id === "twilio");
    if (found === undefined) throw new Error("Twilio is not told of");
    return found;
  };

  describe(`Twilio is down as a whole for half an hour, with ${people} pages`, () => {
    const numberOf = (n: number) => `+447700900${String(n).padStart(3, "0")}`;
    const everybody = Array.from({ length: people }, (_, n) => numberOf(n));
    const config = {
      organisation: "Half a Hundred",
      people: Object.fromEntries(
        everybody.map((sms, n) => [`p${n}`, { name: `Person ${n}`, time_zone: "UTC", sms }]),
      ),
      policies: {
        all: {
          levels: [{ page: everybody.map((_, n) => `p${n}`), within: "40m" }],
          catch_all: ["p0"],
        },
      },
      services: { checkout: { name: "Checkout", importance: "high", policy: "all" } },
      sources: { anything: { kind: "generic", key: "demo-anything-key-0001" } },
      routing: [{ service: "checkout" }],
    };

    test(
      "everybody is reached by the second within the errand, once; answers count; it comes back by and by",
      () =>
        within(async (world) => {
          world.fail({ kind: "html", status: 503, times: 100_000 });
          await world.alert(outage);
          const { id, pages, timeline } = await world.theIncident();
          expect(pages).toHaveLength(people);
          // Not a moment of the clock has passed.
          expect(everybody.map((phone) => bySecond(world, phone))).toEqual(everybody.map(() => 1));
          expect(told(await world.theIncident())).toMatch(
            /Twilio did not take it \(the provider answered with an error\); (that is why )?the second carrier took the text to Person/,
          );
          expect(timeline.filter(({ type }) => type === "DeliveryFailed")).toEqual([]);
          expect(await twilio(world)).toMatchObject({ state: "resting", share: 0, reason: "provider-error" });

          await world.pass(minutes(30));
          expect(everybody.map((phone) => world.pages(phone).length)).toEqual(everybody.map(() => 1));
          expect(await press(world, linkOn(world, numberOf(3)), "acknowledge")).toContain("You have it.");
          expect((await world.incident(id)).owner?.id).toBe("p3");
          expect(bySecond(world, numberOf(4))).toBe(2); // released, by the second as well

          await world.order(id, "resolve");
          await heal(world);
          await world.pass(minutes(5));
          const shares = new Set<number>();
          const first: number[] = [];
          for (let n = 0; n < 8; n++) {
            await world.alert({ ...outage, title: `Again ${n}`, dedup_key: `again-${n}` });
            const now = await twilio(world);
            shares.add(now.share);
            first.push(
              everybody.filter((phone) => senders(world, phone).at(-1) !== secondAccount.number).length,
            );
            const [incident] = await world.open();
            if (incident !== undefined) await world.order(incident.id, "resolve");
            await world.pass(seconds(30));
          }
          expect([...shares]).toEqual([1 / 8, 1 / 4, 1 / 2, 1]);
          // Of few a hash may choose many.
          if (people >= 50) expect(Math.max(...first.slice(0, 2))).toBeLessThan(people / 2);
          expect(first.at(-1)).toBe(people);
          expect(await twilio(world)).toMatchObject({ state: "well", share: 1 });
        }, config),
      180_000,
    );
  });

  const faults: readonly (readonly [string, FaultScript, RegExp])[] = [
    [
      "refuses the account",
      { kind: "status", status: 401, code: 20003, times: 10_000 },
      /the provider refuses our account/,
    ],
    ["answers with errors", { kind: "status", status: 500, times: 10_000 }, /answered with an error/],
    ["breaks every connection", { kind: "reset-before", times: 10_000 }, /can't be reached/],
  ];
  describe.each(faults)("Twilio %s", (_, fault, why) => {
    test("the page comes by the second at once; a reply and a link answer it", () =>
      within(async (world) => {
        world.fail(fault);
        await world.alert(outage);
        expect(bySecond(world, ada)).toBe(1);
        expect(told(await world.theIncident())).toMatch(why);
        expect(await world.reply(ada, "2")).toContain("Noted: not you");
        expect(bySecond(world, linus)).toBe(1);
        await press(world, linkOn(world, linus), "acknowledge");
        expect((await world.theIncident()).owner?.id).toBe("linus");
        await world.pass(minutes(10));
        expect(world.pages(ada)).toHaveLength(1);
        expect(world.pages(linus)).toHaveLength(1);
      }));
  });

  test("a refused account trips at once: the second page does not even ask", () =>
    within(async (world) => {
      world.fail({ kind: "status", status: 401, code: 20003, times: 10_000 });
      await world.alert(outage);
      expect(await twilio(world)).toMatchObject({ state: "resting", reason: "account-refused" });
      await world.reply(ada, "2");
      expect(told(await world.theIncident())).toMatch(
        /Twilio is passed over for now \(the provider refuses our account\); (that is why )?the second carrier took the text to Linus Ekdahl/,
      );
    }));

  test("an account that is refused only after its messages were taken trips by the report: the page goes again by the second", () =>
    within(async (world) => {
      // What is known of a breaker serves for two seconds; reports take longer than that.
      world.fail(
        { kind: "failed", code: 30002, times: 10_000 },
        { kind: "reports-late", ms: 3_000, times: 10_000 },
      );
      await world.alert(outage);
      await world.pass(seconds(5));
      expect(await twilio(world)).toMatchObject({ state: "resting", reason: "account-refused" });
      expect(world.pages(ada)).toEqual([]);
      await world.pass(seconds(5));
      expect(bySecond(world, ada)).toBe(1);
      expect(world.pages(linus)).toEqual([]);
    }));

  test("Twilio takes pages and says so only by its reports: nobody is paged twice", () =>
    within(async (world) => {
      world.fail({ kind: "silent-after", times: 10_000 });
      await world.alert(outage);
      expect(world.pages(ada)).toHaveLength(1);
      await world.pass(minutes(4));
      expect(world.pages(ada)).toHaveLength(1);
    }));

  test("Twilio takes pages and never says so: the second is there after its five seconds, and nobody gets a third", () =>
    within(async (world) => {
      world.fail({ kind: "silent-after", times: 10_000 }, { kind: "reports-lost", times: 10_000 });
      await world.alert(outage);
      expect(bySecond(world, ada)).toBe(1);
      expect(told(await world.theIncident())).toMatch(
        /better twice than never; (that is why )?the second carrier took/,
      );
      await world.pass(minutes(4));
      expect(world.pages(ada)).toHaveLength(2);
      expect(await world.reply(ada, "1")).toContain("You have it");
    }));

  test("one bad number trips nothing, and is no errand for the second", () =>
    within(async (world) => {
      for (let n = 0; n < 4; n++) {
        world.fail({ kind: "status", status: 400, code: 30006, to: ada });
        await world.alert({ ...outage, service: "search", title: `Slow ${n}`, dedup_key: `slow-${n}` });
      }
      expect(bySecond(world, ada)).toBe(0);
      expect(await twilio(world)).toMatchObject({ state: "well" });
      expect(bySecond(world, linus) + bySecond(world, joan)).toBe(0);
    }));

  test("a carrier that takes every number for a bad one is not believed before the second was asked", () =>
    within(async (world) => {
      world.fail({ kind: "status", status: 400, code: 21211, times: 10_000 });
      await world.alert(outage);
      expect(bySecond(world, ada)).toBe(1);
      await world.pass(minutes(5));
      // The number is not closed for what one carrier said of it.
      expect([linus, joan].map((phone) => bySecond(world, phone) > 0)).toEqual([true, true]);
      await world.alert({ ...outage, service: "search", dedup_key: "search" });
      expect(bySecond(world, ada)).toBe(2);
    }));

  test("the second is down as well: each level has its time, and all who were asked are paged when it is back", () =>
    within(async (world) => {
      world.fail({ kind: "html", status: 503, times: 10_000 });
      world.secondCarrier.fail({ kind: "status", status: 503, times: 10_000 });
      await world.alert(outage);
      await world.pass(minutes(11));
      const incident = await world.theIncident();
      expect(told(incident)).toMatch(/The second carrier: failed as well/);
      expect(told(incident)).toContain("NOBODY WAS REACHED on any level");
      await heal(world, "second-carrier/");
      await world.pass(minutes(2));
      expect([ada, linus, joan, mei].map((phone) => bySecond(world, phone) > 0)).toEqual([
        true,
        true,
        true,
        true,
      ]);
    }));

  test("a call that Twilio does not take is spoken by the second at once, with the code", () =>
    within(async (world) => {
      world.fail({ kind: "status", status: 401, code: 20003, times: 10_000 });
      world.simulator.callee(ada, { kind: "human", answersIn: 2_000 });
      await world.alert(outage);
      await world.pass(seconds(10));
      const { pages } = await world.theIncident();
      const code = Array.from(pages[0]?.code ?? "").join(", ");
      const calls = world.simulator.phone(ada).calls;
      expect(calls.map(({ from }) => from)).toEqual([secondAccount.number]);
      expect(calls[0]?.spoken.join(" ")).toContain(`The code is ${code}.`);
      await world.reply(ada, "1");
      await world.pass(minutes(5));
      // What the second carrier took can't be taken back, and Twilio is not asked about it.
      expect(world.simulator.phone(ada).calls).toHaveLength(1);
    }, sampleConfig()));
}
