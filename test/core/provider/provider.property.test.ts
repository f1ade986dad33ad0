// Breakers at random: whatever their history, somebody is asked, evolve never fails, and a healthy provider comes back.
import fc from "fast-check";
import { expect, test } from "vitest";
import { byHub } from "../../../functions/core/command.ts";
import { deliveryReasons } from "../../../functions/core/incident/events.ts";
import {
  type Breaker,
  type ProviderOrder,
  provider,
  standingOf,
} from "../../../functions/core/provider/provider.ts";
import { comingBack, longestRest, probeLasts } from "../../../functions/core/provider/times.ts";
import { whoFirst } from "../../../functions/core/provider/who-first.ts";
import { frozen } from "../../support/spec.ts";

const reason = fc.constantFrom(...deliveryReasons);
const order: fc.Arbitrary<ProviderOrder> = fc.oneof(
  fc.constant<ProviderOrder>({ type: "RecordOutcome", outcome: "well" }),
  fc.record({
    type: fc.constant("RecordOutcome" as const),
    outcome: fc.constantFrom("refused" as const, "failing" as const, "slow" as const),
    reason,
  }),
  fc.record({ type: fc.constant("ClaimProbe" as const), delivery: fc.constantFrom("d1", "d2", "d3") }),
);
const wait = fc.oneof(fc.nat({ max: 5_000 }), fc.nat({ max: 400_000 }));
const night = fc.array(fc.tuple(wait, order), { maxLength: 60 });

function step(state: Breaker, now: number, given: ProviderOrder): Breaker {
  const command = frozen({ ...byHub("send-page", "id", now), ...given });
  const { events, claims } = provider.decide(frozen(state), command, { configVersion: "v1" });
  const restored = JSON.parse(JSON.stringify(state)) as Breaker;
  expect(provider.decide(restored, command, { configVersion: "v1" }).events).toEqual(events);
  expect(events.length).toBeLessThanOrEqual(1);
  expect(claims).toEqual([]);
  return events.reduce(provider.evolve, state);
}

function lived(happened: readonly (readonly [number, ProviderOrder])[]) {
  let [state, now] = [provider.initial, 0];
  for (const [waited, given] of happened) {
    now += waited;
    const before = standingOf(state, now).name;
    const next = step(state, now, given);
    // Well or not, what is healthy writes nothing.
    if (before === "well" && given.type === "RecordOutcome" && given.outcome === "well")
      expect(next).toBe(state);
    state = next;
  }
  return { state, now };
}

test("a breaker never rests longer than five minutes, and never two are the probe", () => {
  fc.assert(
    fc.property(night, (happened) => {
      let [state, now] = [provider.initial, 0];
      let probe: { readonly delivery: string; readonly until: number } | undefined;
      for (const [waited, given] of happened) {
        now += waited;
        const command = { ...byHub("send-page", "id", now), ...given };
        for (const event of provider.decide(state, command, { configVersion: "v1" }).events) {
          if (event.type === "ProviderProbed") {
            expect(probe === undefined || probe.until <= now).toBe(true);
            probe = event;
          }
          if (event.type === "ProviderTripped" || event.type === "ProviderReturned") probe = undefined;
          state = provider.evolve(state, event);
        }
        const standing = standingOf(state, now);
        if (standing.name === "resting") expect(standing.until - now).toBeLessThanOrEqual(longestRest);
      }
    }),
  );
});

test("whatever happened, a provider that is well again has all pages back within a bounded time", () => {
  const bound = longestRest + probeLasts + comingBack.reduce((sum, { lasts }) => sum + lasts, 0);
  fc.assert(
    fc.property(night, fc.integer({ min: 3_000, max: 60_000 }), (happened, pace) => {
      let { state, now } = lived(happened);
      const end = now + bound + 2 * pace;
      for (; now < end; now += pace) {
        // A page comes by: it probes if it may, and whatever the first carrier is given goes well.
        const who = whoFirst(state, provider.initial, `d${now}`, now);
        if (who === "probe") {
          const claimed = step(state, now, { type: "ClaimProbe", delivery: `d${now}` });
          expect(claimed).not.toBe(state);
          state = step(claimed, now, { type: "RecordOutcome", outcome: "well" });
        } else if (who === "first") state = step(state, now, { type: "RecordOutcome", outcome: "well" });
      }
      expect(standingOf(state, now)).toEqual({ name: "well" });
    }),
  );
});

test("a dead second carrier never keeps a page from a first one that is well", () => {
  fc.assert(
    fc.property(night, wait, fc.string(), (happened, later, delivery) => {
      const { state, now } = lived(happened);
      expect(whoFirst(provider.initial, state, delivery, now + later)).toBe("first");
    }),
  );
});

test("no history, however wrong, makes evolve fail", () => {
  const event = fc.oneof(
    fc.record({ type: fc.constant("ProviderFaltered" as const), reason }),
    fc.record({
      type: fc.constant("ProviderTripped" as const),
      reason,
      until: fc.nat(),
      rest: fc.nat(),
      again: fc.boolean(),
    }),
    fc.record({ type: fc.constant("ProviderProbed" as const), delivery: fc.string(), until: fc.nat() }),
    fc.record({ type: fc.constant("ProviderReturned" as const) }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(event, fc.nat())), fc.nat(), (facts, now) => {
      const { actor: by, causeId } = byHub("send-page", "id", 0);
      const state = facts.reduce<Breaker>(
        (before, [fact, at]) =>
          provider.evolve(frozen(before), { ...fact, at, by, causeId, configVersion: "v1" }),
        provider.initial,
      );
      expect(JSON.parse(JSON.stringify(state))).toEqual(state);
      expect(["well", "resting", "half-open", "returning"]).toContain(standingOf(state, now).name);
    }),
  );
});
