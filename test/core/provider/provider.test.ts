// A provider's circuit breaker: when it trips, when it is probed, and how pages come back to it.
import { describe, expect, test } from "vitest";
import { byHub } from "../../../functions/core/command.ts";
import type { DeliveryReason } from "../../../functions/core/incident/events.ts";
import { anotherMayDo, evidenceOf } from "../../../functions/core/provider/judge.ts";
import {
  type Breaker,
  type ProviderOrder,
  provider,
  standingOf,
} from "../../../functions/core/provider/provider.ts";
import { placeOf, whoFirst } from "../../../functions/core/provider/who-first.ts";
import { minutes, seconds } from "../../../functions/core/time.ts";
import { frozen } from "../../support/spec.ts";

type At = readonly [number, ProviderOrder];

const well: ProviderOrder = { type: "RecordOutcome", outcome: "well" };
const refused: ProviderOrder = { type: "RecordOutcome", outcome: "refused", reason: "account-refused" };
const failing: ProviderOrder = { type: "RecordOutcome", outcome: "failing", reason: "provider-error" };
const slow: ProviderOrder = { type: "RecordOutcome", outcome: "slow", reason: "timed-out" };
const probe = (delivery = "d1"): ProviderOrder => ({ type: "ClaimProbe", delivery });

const decided = (state: Breaker, [at, order]: At) =>
  provider.decide(frozen(state), { ...byHub("send-page", "id", at), ...order }, { configVersion: "v1" })
    .events;
const after = (...orders: readonly At[]): Breaker =>
  orders.reduce((state, order) => decided(state, order).reduce(provider.evolve, state), provider.initial);

const given = (...orders: readonly At[]) => ({
  when: (at: number, order: ProviderOrder) => decided(after(...orders), [at, order]),
  standing: (at: number) => standingOf(after(...orders), at),
});

describe("while all is well", () => {
  test("nothing is written", () => {
    expect(given().when(0, well)).toEqual([]);
    expect(given([0, well], [1, well]).when(2, well)).toEqual([]);
    expect(given().when(0, probe())).toEqual([]);
  });

  test("one failure is noted, and trips nothing", () => {
    expect(given().when(0, failing)).toMatchObject([{ type: "ProviderFaltered", reason: "provider-error" }]);
    expect(given([0, failing], [1, slow]).standing(2)).toEqual({ name: "well" });
  });

  test("failures that lie further apart than a minute trip nothing", () => {
    const apart = [0, 31, 62, 93, 124].map((at): At => [seconds(at), failing]);
    expect(given(...apart).standing(seconds(125))).toEqual({ name: "well" });
  });
});

describe("it trips", () => {
  test("at once when the account is refused", () => {
    expect(given().when(5, refused)).toMatchObject([
      { type: "ProviderTripped", reason: "account-refused", until: 5 + seconds(30), again: false },
    ]);
  });

  test("with the third failure within a minute, whichever they are", () => {
    expect(given([0, failing], [seconds(20), slow]).when(seconds(59), failing)).toMatchObject([
      { type: "ProviderTripped", reason: "provider-error" },
    ]);
  });

  test("once: what else fails while it rests is known already", () => {
    expect(given([0, refused]).when(1, refused)).toEqual([]);
    expect(given([0, refused]).when(seconds(29), failing)).toEqual([]);
  });

  test("and a success that was under way before changes nothing", () => {
    expect(given([0, refused]).when(seconds(4), well)).toEqual([]);
  });
});

describe("after its rest", () => {
  const tripped: At = [0, refused];

  test("one page is the probe, however many ask", () => {
    expect(given(tripped).when(seconds(29), probe())).toEqual([]);
    expect(given(tripped).when(seconds(30), probe("d1"))).toMatchObject([
      { type: "ProviderProbed", delivery: "d1", until: seconds(60) },
    ]);
    expect(given(tripped, [seconds(30), probe("d1")]).when(seconds(31), probe("d2"))).toEqual([]);
  });

  test("a probe that nobody heard of again gives way to the next", () => {
    expect(given(tripped, [seconds(30), probe("d1")]).when(seconds(60), probe("d2"))).toMatchObject([
      { type: "ProviderProbed", delivery: "d2" },
    ]);
  });

  test("a probe that fails doubles the rest, up to five minutes", () => {
    let [state, now] = [after(tripped), 0];
    const rests: number[] = [];
    for (let tries = 0; tries < 6; tries++) {
      now = state.name === "open" ? state.until : now;
      const [again] = decided(state, [now, failing]);
      expect(again).toMatchObject({ type: "ProviderTripped", again: true });
      if (again === undefined) break;
      state = provider.evolve(state, again);
      rests.push(state.name === "open" ? state.rest / 1000 : 0);
    }
    expect(rests).toEqual([60, 120, 240, 300, 300, 300]);
    expect(state).toMatchObject({ since: 0 });
  });

  test("a probe that goes well brings it back by an eighth, a quarter, a half, and then all", () => {
    const back = given(tripped, [seconds(30), probe()], [seconds(31), well]);
    const share = (at: number) => {
      const standing = back.standing(seconds(31) + at);
      return standing.name === "returning" ? standing.share : standing.name;
    };
    expect([0, 59, 60, 119, 120, 179, 180].map((at) => share(seconds(at)))).toEqual([
      0.125,
      0.125,
      0.25,
      0.25,
      0.5,
      0.5,
      "well",
    ]);
  });

  test("one failure on the way back throws it back, for twice as long", () => {
    const back = given(tripped, [seconds(30), probe()], [seconds(31), well]);
    expect(back.when(minutes(2), slow)).toMatchObject([
      { type: "ProviderTripped", rest: seconds(60), again: true },
    ]);
  });

  test("once it is all well, an old trip counts no more", () => {
    const back = given(tripped, [seconds(30), well]);
    expect(back.when(minutes(10), failing)).toMatchObject([{ type: "ProviderFaltered" }]);
    expect(back.when(minutes(10), refused)).toMatchObject([{ rest: seconds(30), again: false }]);
  });
});

describe("who is asked first", () => {
  const closed = provider.initial;
  const open = after([0, refused]);
  const returning = after([0, refused], [seconds(30), well]);

  test.each([
    ["both are well", closed, closed, 0, "first"],
    ["the second is dead: that never blocks the first", closed, open, 0, "first"],
    ["the first rests", open, closed, 1, "second"],
    ["the first may be probed", open, closed, seconds(30), "probe"],
    ["both rest: the one that can do more", open, open, 1, "first"],
    ["the first may be probed, and the second has nothing better", open, open, seconds(30), "probe"],
  ])("%s", (_, first, second, now, who) => {
    expect(whoFirst(first, second, "incident/1.p1.0.1", now)).toBe(who);
  });

  test("while it comes back, about its share; and who came back with an eighth stays with a half", () => {
    const names = Array.from({ length: 4000 }, (_, n) => `incident/01K${n % 400}.p${n % 10}.0.1`);
    const distinct = [...new Set(names)];
    const at = (now: number) =>
      new Set(distinct.filter((name) => whoFirst(returning, closed, name, now) === "first"));
    const eighth = at(seconds(31));
    const half = at(seconds(30) + minutes(2));
    expect(eighth.size / distinct.length).toBeCloseTo(1 / 8, 1);
    expect(half.size / distinct.length).toBeCloseTo(1 / 2, 1);
    expect([...eighth].filter((name) => !half.has(name))).toEqual([]);
  });

  test("pages of one incident are spread as well", () => {
    const places = Array.from({ length: 64 }, (_, n) => placeOf(`incident/01KA.p${n}.0.1`));
    expect(places.filter((place) => place < 1 / 2).length).toBeGreaterThan(16);
    expect(places.filter((place) => place < 1 / 2).length).toBeLessThan(48);
  });
});

describe("what a send says of its provider", () => {
  const giveUp = (reason: DeliveryReason, operator: boolean) =>
    ({ outcome: "giveUp", reason, operator }) as const;
  test.each([
    ["taken", { outcome: "done" }, "well", false],
    ["an outage", { outcome: "retry", reason: "provider-error" }, "failing", true],
    ["nobody there", { outcome: "retry", reason: "provider-unreachable" }, "failing", true],
    ["no answer in time", { outcome: "unknown", reason: "timed-out" }, "slow", true],
    ["a broken connection", { outcome: "unknown", reason: "provider-unreachable" }, "failing", true],
    ["too many at once", { outcome: "retry", reason: "rate-limited" }, undefined, true],
    ["the account", giveUp("account-refused", true), "refused", true],
    ["a country", giveUp("region-not-permitted", true), "well", true],
    ["a sender", giveUp("sender-misconfigured", true), "well", true],
    ["a landline", { ...giveUp("number-not-capable", false), method: "bounced" }, "well", false],
    [
      "a number that it takes for none",
      { ...giveUp("number-invalid", false), method: "bounced" },
      "well",
      true,
    ],
    ["a number that it does not know", giveUp("number-invalid", false), "well", true],
    ["a number called too often today", giveUp("rate-limited", false), undefined, true],
    ["somebody who said STOP", { ...giveUp("opted-out", false), method: "opted-out" }, "well", false],
  ] as const)("%s", (_, sent, outcome, another) => {
    expect(evidenceOf(sent)?.outcome).toBe(outcome);
    expect(anotherMayDo(sent)).toBe(another);
  });
});
