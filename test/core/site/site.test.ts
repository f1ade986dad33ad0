// When the chat counts as gone, and when as back.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byHub } from "../../../functions/core/command.ts";
import type { ProbeFound, SiteEvent, SiteOrder } from "../../../functions/core/site/facts.ts";
import { type Site, site } from "../../../functions/core/site/site.ts";
import { type Instant, seconds } from "../../../functions/core/time.ts";
import { frozen } from "../../support/spec.ts";

const good: ProbeFound = { outcome: "well" };
const bad: ProbeFound = { outcome: "unreachable", reason: "timed-out" };
const none: ProbeFound = { outcome: "absent" };

type Told = { readonly state: Site; readonly events: readonly SiteEvent[] };
const start: Told = { state: frozen(site.initial), events: [] };

function order({ state, events }: Told, at: Instant, given: SiteOrder): Told {
  const made = site.decide(state, { ...byHub("spec", `o${at}`, at), ...given }, { configVersion: "v1" });
  return {
    state: frozen(made.events.reduce(site.evolve, state)),
    events: [...events, ...made.events],
  };
}
const record = (told: Told, at: Instant, found: ProbeFound) =>
  order(told, at, { type: "RecordProbe", found });
/** Probes at these seconds, and what each found. */
const probed = (...probes: readonly (readonly [number, ProbeFound])[]): Told =>
  probes.reduce((told, [at, found]) => record(told, seconds(at), found), start);
const types = ({ events }: Told) => events.map(({ type }) => type);

describe("the chat is lost", () => {
  test("when three probes failed within 90 seconds, since the first of them", () => {
    const told = probed([60, bad], [90, bad], [120, bad]);
    expect(told.events.at(-1)).toMatchObject({ type: "SiteLost", since: seconds(60), reason: "timed-out" });
    expect(told.state).toMatchObject({ name: "lost", since: seconds(60) });
  });

  test("not when they lie further apart", () => {
    expect(probed([0, bad], [60, bad], [91, bad]).state.name).toBe("doubted");
    expect(probed([0, bad], [60, bad], [90, bad]).state.name).toBe("lost");
  });

  test("not when one moment was looked at three times", () => {
    expect(types(probed([60, bad], [60, bad], [61, bad], [69, bad]))).toEqual(["ProbeFailed"]);
  });

  test("and stays lost however often it is looked at, with nothing more to write", () => {
    const lost = probed([0, bad], [30, bad], [60, bad]);
    expect(record(lost, seconds(120), bad).events).toHaveLength(lost.events.length);
    expect(site.nextDue(lost.state)).toBeUndefined();
  });
});

describe("the chat is back", () => {
  const lost = probed([0, bad], [30, bad], [60, bad]);
  const then = (...probes: readonly (readonly [number, ProbeFound])[]) =>
    probes.reduce((told, [at, found]) => record(told, seconds(at), found), lost);

  test("when two probes in a row went well", () => {
    expect(types(then([120, good], [150, good])).slice(-2)).toEqual(["ProbeAnswered", "SiteReturned"]);
  });
  test("not when only one did: it may be luck", () => {
    expect(then([120, good], [150, bad], [180, good]).state.name).toBe("lost");
    expect(then([120, good], [150, bad], [180, good], [210, good]).state.name).toBe("well");
  });
  test("not when one good moment was looked at twice", () => {
    expect(then([120, good], [121, good]).state.name).toBe("lost");
  });
});

describe("a doubt", () => {
  test("is looked into after half a minute, once", () => {
    const doubted = probed([60, bad]);
    expect(site.nextDue(doubted.state)).toBe(seconds(90));
    expect(types(order(doubted, seconds(89), { type: "PassTime" }))).toEqual(["ProbeFailed"]);
    const wanted = order(doubted, seconds(90), { type: "PassTime" });
    expect(types(wanted)).toEqual(["ProbeFailed", "ProbeWanted"]);
    expect(types(order(wanted, seconds(200), { type: "PassTime" }))).toEqual(types(wanted));
  });
  test("is settled by two good probes in a row", () => {
    const told = probed([60, bad], [90, good], [120, good]);
    expect(types(told)).toEqual(["ProbeFailed", "ProbeAnswered", "DoubtSettled"]);
    expect(told.state).toEqual({ name: "well" });
  });
});

test("a probe that finds all well while nothing is wrong leaves no trace", () => {
  expect(types(probed([0, good], [60, good], [120, none]))).toEqual([]);
});

test("a hub whose chat was taken away has nothing that is lost", () => {
  expect(types(probed([0, bad], [30, none]))).toEqual(["ProbeFailed", "SiteWithdrawn"]);
  expect(probed([0, bad], [30, bad], [60, bad], [90, none]).state).toEqual({ name: "well" });
});

describe("whatever probes find", () => {
  const looks = fc.array(
    fc.record({ after: fc.integer({ min: 0, max: 100 }), found: fc.constantFrom(good, bad) }),
    { maxLength: 40 },
  );
  const told = (probes: readonly { readonly after: number; readonly found: ProbeFound }[]) => {
    let at = 0;
    return probes.map(({ after, found }) => ({ at: (at += seconds(after)), found }));
  };

  test("it is lost by three failures within 90 seconds, and returns by two answers with no failure between", () => {
    fc.assert(
      fc.property(looks, (probes) => {
        const seen = told(probes);
        let night = start;
        for (const [n, { at, found }] of seen.entries()) {
          const before: Site["name"] = night.state.name;
          night = record(night, at, found);
          const after: Site["name"] = night.state.name;
          const past = seen.slice(0, n + 1);
          if (before !== "lost" && after === "lost") {
            const failures = past.filter((one) => one.found === bad && at - one.at <= seconds(90));
            expect(failures.length).toBeGreaterThanOrEqual(3);
          }
          if (before === "lost" && after === "well")
            expect(past.slice(-2).map((one) => one.found)).toEqual([good, good]);
        }
      }),
    );
  });

  test("probes every half minute that all fail lose it within the third, wherever they begin", () => {
    fc.assert(
      fc.property(looks, (probes) => {
        const seen = told(probes);
        const night = seen.reduce((before, { at, found }) => record(before, at, found), start);
        const end = (seen.at(-1)?.at ?? 0) + seconds(30);
        const after = [0, 30, 60].reduce((before, s) => record(before, end + seconds(s), bad), night);
        expect(after.state.name).toBe("lost");
      }),
    );
  });

  test("nothing spins: each order makes one fact at most, and a timer ends when it fired", () => {
    fc.assert(
      fc.property(looks, (probes) => {
        let night = start;
        for (const { at, found } of told(probes)) {
          const before = night.events.length;
          night = record(night, at, found);
          expect(night.events.length - before).toBeLessThanOrEqual(1);
          const due = site.nextDue(night.state);
          expect(due === undefined || due > at || before === night.events.length).toBe(true);
        }
        const due = site.nextDue(night.state);
        const fired = due === undefined ? night : order(night, due, { type: "PassTime" });
        expect(site.nextDue(fired.state)).toBeUndefined();
      }),
    );
  });
});
