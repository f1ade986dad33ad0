// Who carries: a healthy first carrier; the second at once when the first does not take it; and never more messages than
// one, and one more for every doubt.
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { type Carried, type Carriers, carriers, evidenceOf, type Way } from "../functions/carriers.ts";
import type { CarrierName } from "../functions/core/contact.ts";
import type { DeliveryReason } from "../functions/core/incident/events.ts";
import { provider, providerStream } from "../functions/core/provider/provider.ts";
import { minutes, seconds } from "../functions/core/time.ts";
import type { Delivery, Journal } from "../functions/ports.ts";
import { night } from "./support/moments.ts";
import { alert, report } from "./support/on-call.ts";
import { type Night, nightFrom, nightOf, pass } from "./support/spec.ts";
import { aSqliteStore } from "./support/stores.ts";

const directory = { version: () => Promise.resolve("v1") };
const done = (carrier: string): Delivery => ({ outcome: "done", receipt: `${carrier}-1` });
const refused: Delivery = { outcome: "giveUp", reason: "account-refused", operator: true };
const erring: Delivery = { outcome: "retry", reason: "provider-error" };
const silent: Delivery = { outcome: "unknown", reason: "timed-out" };
const badNumber: Delivery = {
  outcome: "giveUp",
  reason: "number-invalid",
  operator: false,
  method: "bounced",
};
const nowhere = (reason: DeliveryReason): Delivery => ({ outcome: "giveUp", reason, operator: true });

/** Counts what the journal is asked. */
function counted(journal: Journal) {
  const asked = { loads: 0, appends: 0 };
  const load: Journal["load"] = (...args) => {
    asked.loads += 1;
    return journal.load(...args);
  };
  const append: Journal["append"] = (...args) => {
    asked.appends += 1;
    return journal.append(...args);
  };
  return { asked, journal: { ...journal, load, append } };
}

/** Streams of the same names in one store, apart. */
const apart = (journal: Journal, night: number): Journal => ({
  ...journal,
  load: (stream, ...rest) => journal.load(`${stream}.${night}`, ...rest),
  append: (commit) => journal.append({ ...commit, stream: `${commit.stream}.${night}` }),
});

function aHouse(of = aSqliteStore().journal) {
  const { asked, journal } = counted(of);
  const time = { now: night };
  const said: string[] = [];
  const metrics: string[] = [];
  const tools = {
    log: {
      info: (text: string) => void said.push(text),
      warn: (text: string) => void said.push(text),
      error: (text: string) => void said.push(text),
    },
    count: (metric: string) => void metrics.push(metric),
  };
  const sent: CarrierName[] = [];
  const start = (): Carriers => carriers({ journal, clock: { now: () => time.now } }, directory);
  const carried = start();
  const way = (carrier: CarrierName, delivery: Delivery, found: Delivery = silent): Way => ({
    carrier,
    send: () => {
      sent.push(carrier);
      return Promise.resolve(delivery);
    },
    find: () => Promise.resolve(found),
  });
  return {
    asked,
    time,
    said,
    metrics,
    sent,
    tools,
    start,
    way,
    carry: (first: Delivery, second?: Delivery, name = "incident/1.p1.0.1"): Promise<Carried> =>
      carried.carry(
        {
          name,
          ways: second === undefined ? [way("twilio", first)] : [way("twilio", first), way("aws", second)],
        },
        tools,
      ),
    breaker: async (carrier: CarrierName) => {
      const { events } = await journal.load(providerStream(carrier), provider.schema);
      return events as readonly { readonly type: string }[];
    },
  };
}

describe("one errand", () => {
  let house: ReturnType<typeof aHouse>;
  beforeEach(() => {
    house = aHouse();
  });

  test("goes by the first while it is well, and the second is not asked", async () => {
    expect(await house.carry(done("twilio"), done("aws"))).toEqual({
      carrier: "twilio",
      delivery: done("twilio"),
      attempts: [{ carrier: "twilio", delivery: done("twilio") }],
      detours: [],
      mend: false,
    });
    expect(house.sent).toEqual(["twilio"]);
  });

  test.each([
    ["refuses the account", refused, "failed"],
    ["fails", erring, "failed"],
    ["takes no more at this rate", { outcome: "retry", reason: "rate-limited" }, "failed"],
    ["is not set up for that country", nowhere("region-not-permitted"), "failed"],
    ["does not answer in time", silent, "uncertain"],
  ] as const)("goes on by the second at once when the first %s", async (_, first, how) => {
    const carried = await house.carry(first, done("aws"));
    expect(carried).toMatchObject({
      carrier: "aws",
      delivery: done("aws"),
      detours: [{ carrier: "twilio", how }],
    });
    expect(house.sent).toEqual(["twilio", "aws"]);
  });

  test.each([
    ["a landline", { ...badNumber, reason: "number-not-capable" }],
    ["somebody who said STOP", { ...badNumber, reason: "opted-out", method: "opted-out" }],
  ] as const)("ends with %s: another carrier is no way around it", async (_, first) => {
    expect(await house.carry(first, done("aws"))).toMatchObject({ carrier: "twilio", delivery: first });
    expect(house.sent).toEqual(["twilio"]);
    expect(await house.breaker("twilio")).toEqual([]);
  });

  test("does not end with a number that the first carrier calls bad; it is bad when the other says so as well", async () => {
    expect(await house.carry(badNumber, done("aws"))).toMatchObject({
      carrier: "aws",
      delivery: done("aws"),
    });
    expect(await house.carry(badNumber, badNumber)).toMatchObject({ carrier: "twilio", delivery: badNumber });
  });

  test("passed over the first goes back to it where only the second can't reach this number", async () => {
    await house.carry(refused, done("aws"), "incident/1.p0.0.1");
    house.sent.length = 0;
    for (const reason of ["rate-limited", "number-invalid"] as const) {
      const own: Delivery = { outcome: "giveUp", reason, operator: false };
      expect(await house.carry(done("twilio"), own)).toMatchObject({ delivery: done("twilio") });
    }
    expect(house.sent).toEqual(["aws", "twilio", "aws", "twilio"]);
  });

  test("goes on by the second where nobody can look whether it is still wanted", async () => {
    const stillWanted = () => Promise.reject(new Error("the table is throttled"));
    const ways = [house.way("twilio", silent), house.way("aws", done("aws"))] as const;
    const carried = await house.start().carry({ name: "n", ways, stillWanted }, house.tools);
    expect(carried).toMatchObject({ carrier: "aws", delivery: done("aws") });
  });

  test("that nobody takes is tried again while one of the two may take it, and says what became of both", async () => {
    expect(await house.carry(refused, erring)).toMatchObject({
      carrier: "aws",
      delivery: erring,
      detours: [{ carrier: "twilio", how: "failed", reason: "account-refused" }],
    });
    expect(await house.carry(silent, refused, "incident/1.p2.0.1")).toMatchObject({
      delivery: silent,
      detours: [{ carrier: "aws", how: "failed" }],
    });
  });

  test("tells the operator what has to be mended, and of a refused account once for all pages", async () => {
    expect((await house.carry(nowhere("sender-misconfigured"), done("aws"))).mend).toBe(true);
    for (let page = 0; page < 20; page++)
      expect((await house.carry(refused, done("aws"), `incident/1.p${page}.0.1`)).mend).toBe(false);
    expect(house.metrics).toEqual(["OperatorAlarm"]);
  });

  test("asks nobody any more after nine seconds: the function has to end, and the page is tried again", async () => {
    const slow = (carrier: CarrierName): Way => ({
      ...house.way(carrier, silent),
      async send() {
        house.sent.push(carrier);
        house.time.now += seconds(10);
        return Promise.resolve(silent);
      },
    });
    await house.start().carry({ name: "n", ways: [slow("twilio"), slow("aws")] }, house.tools);
    expect(house.sent).toEqual(["twilio"]);
  });
});

describe("what may have gone out before", () => {
  const lookSince = night;
  test("is not sent again when either carrier knows it", async () => {
    const house = aHouse();
    const ways = [house.way("twilio", done("twilio")), house.way("aws", done("aws"), done("aws"))] as const;
    expect(await house.start().carry({ name: "n", ways, lookSince }, house.tools)).toMatchObject({
      carrier: "aws",
      delivery: done("aws"),
    });
    expect(house.sent).toEqual([]);
  });

  test("is sent by the other first where the one can't even be asked", async () => {
    const house = aHouse();
    const dead: Delivery = { outcome: "unknown", reason: "provider-unreachable" };
    const ways = [house.way("twilio", dead, dead), house.way("aws", done("aws"))] as const;
    await house.start().carry({ name: "n", ways, lookSince }, house.tools);
    expect(house.sent).toEqual(["aws"]);
  });
});

describe("the breaker", () => {
  test("costs a healthy night one read each two seconds, and no write", async () => {
    const house = aHouse();
    for (let page = 0; page < 100; page++) await house.carry(done("twilio"), done("aws"), `p${page}`);
    expect(house.asked).toEqual({ loads: 2, appends: 0 });
    house.time.now += seconds(2);
    await house.carry(done("twilio"), done("aws"));
    expect(house.asked).toEqual({ loads: 4, appends: 0 });
  });

  test("sends pages by the second alone once the first has tripped, and says so", async () => {
    const house = aHouse();
    for (let page = 0; page < 3; page++) await house.carry(erring, done("aws"), `p${page}`);
    house.sent.length = 0;
    expect(await house.carry(done("twilio"), done("aws"), "p9")).toMatchObject({
      carrier: "aws",
      detours: [{ carrier: "twilio", how: "passed-over", reason: "provider-error" }],
    });
    expect(house.sent).toEqual(["aws"]);
  });

  test("forbids nobody: when the second fails, the resting first is asked all the same", async () => {
    const house = aHouse();
    await house.carry(refused, done("aws"));
    house.sent.length = 0;
    expect(await house.carry(done("twilio"), erring, "p9")).toMatchObject({
      carrier: "twilio",
      detours: [{ carrier: "aws", how: "failed" }],
    });
    expect(house.sent).toEqual(["aws", "twilio"]);
  });

  test("lets one page be the probe, of all that come at once to several processes", async () => {
    const house = aHouse();
    await house.carry(refused, done("aws"));
    house.time.now += seconds(31);
    house.sent.length = 0;
    const processes = Array.from({ length: 8 }, () => house.start());
    await Promise.all(
      processes.map((each, n) =>
        each.carry(
          { name: `p${n}`, ways: [house.way("twilio", erring), house.way("aws", done("aws"))] },
          house.tools,
        ),
      ),
    );
    expect(house.sent.filter((carrier) => carrier === "twilio")).toHaveLength(1);
    expect(house.sent.filter((carrier) => carrier === "aws")).toHaveLength(8);
    expect((await house.breaker("twilio")).map(({ type }) => type)).toEqual([
      "ProviderTripped",
      "ProviderProbed",
      "ProviderTripped",
    ]);
  });

  test("comes back by a probe that goes well", async () => {
    const house = aHouse();
    await house.carry(refused, done("aws"));
    house.time.now += seconds(31);
    await house.carry(done("twilio"), done("aws"), "probe");
    expect((await house.breaker("twilio")).map(({ type }) => type)).toContain("ProviderReturned");
    house.time.now += minutes(4);
    house.sent.length = 0;
    for (let page = 0; page < 20; page++) await house.carry(done("twilio"), done("aws"), `q${page}`);
    expect(new Set(house.sent)).toEqual(new Set(["twilio"]));
  });

  test("that can't be read or told keeps no page", async () => {
    const house = aHouse();
    const broken: Journal = {
      load: () => Promise.reject(new Error("the table is throttled")),
      append: () => Promise.reject(new Error("the table is throttled")),
      saveSnapshot: () => Promise.resolve(),
      history: () => Promise.resolve([]),
    };
    const carrying = carriers({ journal: broken, clock: { now: () => night } }, directory);
    const ways = [house.way("twilio", refused), house.way("aws", done("aws"))] as const;
    expect(await carrying.carry({ name: "n", ways }, house.tools)).toMatchObject({ delivery: done("aws") });
    expect(house.said).toContain("a breaker can't be told");
  });

  test("of a hub with one carrier only tells: it is asked as before", async () => {
    const house = aHouse();
    await house.carry(refused);
    expect(await house.carry(done("twilio"), undefined, "p2")).toMatchObject({ delivery: done("twilio") });
    expect(house.sent).toEqual(["twilio", "twilio"]);
    expect(house.metrics).toEqual(["OperatorAlarm"]);
  });
});

describe("bounded duplicates", () => {
  /** What a carrier does with one request: whether the message goes out, and what we are told. */
  const fates = {
    taken: { goesOut: true, delivery: (carrier: string) => done(carrier) },
    refused: { goesOut: false, delivery: () => refused },
    errs: { goesOut: false, delivery: () => erring },
    "lost on the way": { goesOut: false, delivery: () => silent },
    "taken in silence": { goesOut: true, delivery: () => silent },
  } as const;
  const fate = fc.constantFrom<keyof typeof fates>(
    "taken",
    "taken",
    "refused",
    "errs",
    "lost on the way",
    "taken in silence",
    "taken in silence",
  );
  const looks = fc.constantFrom("honest", "blind", "blind", "unreachable");
  const crashes = fc.constantFrom(true, false, false, false);

  test("of one way to one phone there is never more than one message, and one more for each doubt", async () => {
    const { journal } = aSqliteStore();
    let nights = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fate, fate, looks, crashes), { minLength: 1, maxLength: 12 }),
        fc.constantFrom(true, true, true, false),
        async (tries, hasSecond) => {
          let [out, doubts, tried] = [0, 0, 0];
          const house = aHouse(apart(journal, nights++));
          const carrying = house.start();
          const outBy = new Set<CarrierName>();

          const wayOf = (carrier: CarrierName, which: keyof typeof fates, look: string): Way => ({
            carrier,
            send: () => {
              const { goesOut, delivery } = fates[which];
              const told = delivery(carrier);
              if (goesOut) out += 1;
              if (goesOut) outBy.add(carrier);
              if (told.outcome === "unknown") doubts += 1;
              return Promise.resolve(told);
            },
            find: () =>
              Promise.resolve<Delivery>(
                look === "honest" && outBy.has(carrier)
                  ? done(carrier)
                  : {
                      outcome: "unknown",
                      reason: look === "unreachable" ? "provider-unreachable" : "not-delivered",
                    },
              ),
          });

          let then: Night = nightOf(alert());
          for (let round = 0; round < 40; round++) {
            const wanted = Object.values(then.state.paging.pages)[0]?.deliveries.find(
              ({ state }) => state === "wanted",
            );
            if (wanted !== undefined) {
              const [one, other, look, ends] = tries[tried++ % tries.length] ?? [
                "taken",
                "taken",
                "blind",
                false,
              ];
              house.time.now = then.now;
              const first = wayOf("twilio", one, look);
              const carried = await carrying.carry(
                {
                  name: wanted.id,
                  ways: hasSecond ? [first, wayOf("aws", other, look)] : [first],
                  ...(wanted.cause === "repeat-after-unknown" ? { lookSince: wanted.at } : {}),
                },
                house.tools,
              );
              // A sender that ends before it could say how it went leaves a lease that lapses.
              if (ends) doubts += 1;
              const evidence = ends
                ? ({ outcome: "unknown", reason: "lease-expired" } as const)
                : evidenceOf(carried);
              then = nightFrom(then, report(wanted.id, evidence));
            }
            then = nightFrom(then, pass(seconds(5)));
            if (then.now > nightOf().now + minutes(4)) break;
          }
          expect(out).toBeLessThanOrEqual(1 + doubts);
        },
      ),
      { numRuns: 500 },
    );
  }, 60_000);
});
