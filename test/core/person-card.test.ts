// The last-resort card: who gets it again, and when it is given up.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byHub } from "../../functions/core/command.ts";
import type { DeliveryEvidence } from "../../functions/core/incident/commands.ts";
import type { PersonEvent, PersonOrder } from "../../functions/core/person/facts.ts";
import { type PersonState, person } from "../../functions/core/person/person.ts";
import { hours, minutes } from "../../functions/core/time.ts";
import { frozen } from "../support/spec.ts";

interface Held {
  readonly state: PersonState;
  readonly now: number;
  readonly events: readonly PersonEvent[];
}
const nobody: Held = { state: frozen(person.initial), now: 0, events: [] };

const order = ({ state, now, events }: Held, given: PersonOrder): Held => {
  const made = person.decide(state, { ...byHub("spec", "o", now), ...given }, { configVersion: "v1" });
  return {
    now,
    state: frozen(made.events.reduce(person.evolve, state)),
    events: [...events, ...made.events],
  };
};
const want = (digest: string): PersonOrder => ({ type: "WantCard", digest, roles: ["ic"] });
const news = (card: string, evidence: DeliveryEvidence): PersonOrder => ({
  type: "RecordCard",
  card,
  evidence,
});
const handed: DeliveryEvidence = { outcome: "handed", receipt: "SM1" };
const busy: DeliveryEvidence = { outcome: "retry", reason: "rate-limited" };
const gone: DeliveryEvidence = { outcome: "giveUp", reason: "opted-out", operator: false };
const after = (...orders: readonly PersonOrder[]): Held => orders.reduce(order, nobody);
const types = ({ events }: Held) => events.map(({ type }) => type);
/** The hub looks at its clock whenever something is due. */
function pass(held: Held, time: number, answer: DeliveryEvidence): Held {
  const end = held.now + time;
  let then = held;
  for (let looks = 0; looks < 100; looks++) {
    const due = person.nextDue(then.state);
    if (due === undefined || due > end) return { ...then, now: end };
    const woken = order({ ...then, now: due }, { type: "PassTime" });
    then = order(woken, news(woken.state.card?.name ?? "", answer));
  }
  throw new Error("The card spins");
}

test("a card is sent once, and again when what stands on it has changed", () => {
  expect(types(after(want("a"), want("a")))).toEqual(["CardWanted"]);
  expect(types(after(want("a"), news("k1", handed), want("a")))).toEqual(["CardWanted", "CardHanded"]);
  const changed = after(want("a"), news("k1", handed), want("b"));
  expect(changed.events.at(-1)).toMatchObject({ type: "CardWanted", card: "k2", digest: "b", attempt: 0 });
});

test("news of an earlier card says nothing of the new one", () => {
  const held = after(want("a"), want("b"), news("k1", gone));
  expect(types(held)).toEqual(["CardWanted", "CardWanted"]);
});

describe("a card that did not arrive", () => {
  test("is tried again for some hours, and then given up", () => {
    const held = pass(after(want("a"), news("k1", busy)), hours(24), busy);
    expect(types(held).filter((type) => type === "CardWanted")).toHaveLength(6);
    expect(held.events.at(-1)).not.toHaveProperty("retryAt");
    expect(person.nextDue(held.state)).toBeUndefined();
  });

  test("is not tried again when it arrived meanwhile", () => {
    const held = pass(after(want("a"), news("k1", busy)), hours(24), handed);
    expect(types(held)).toEqual(["CardWanted", "CardFailed", "CardWanted", "CardHanded"]);
  });

  test("is tried again when the carrier reports later that it was not delivered", () => {
    const lost = { outcome: "giveUp", reason: "handset-unreachable", operator: false } as const;
    const held = after(want("a"), news("k1", handed), news("k1", lost), news("k1", lost));
    expect(types(held)).toEqual(["CardWanted", "CardHanded", "CardFailed"]);
    expect(person.nextDue(held.state)).toBe(minutes(1));
  });

  test("waits as long as the provider asks", () => {
    const held = after(want("a"), news("k1", { ...busy, after: minutes(10) }));
    expect(person.nextDue(held.state)).toBe(minutes(10));
  });

  test("is given up at once where somebody has to mend something first, and sent with the next config", () => {
    const held = after(want("a"), news("k1", gone));
    expect(person.nextDue(held.state)).toBeUndefined();
    expect(types(order(held, want("a")))).toEqual(["CardWanted", "CardFailed", "CardWanted"]);
  });
});

test("a number that bounced and a card are two things to know of a person", () => {
  const held = after(want("a"), {
    type: "CloseMethod",
    method: "sms",
    address: "digest-1",
    why: "bounced",
  });
  expect(held.state.card).toMatchObject({ digest: "a" });
  expect(order(held, { type: "ReopenMethod", method: "sms", address: "digest-1" }).state).toEqual({
    ...held.state,
    closed: {},
  });
});

test("whatever becomes of it, a content is tried six times at most, and every timer ends", () => {
  const evidence = fc.constantFrom<DeliveryEvidence>(
    handed,
    busy,
    gone,
    { outcome: "unknown", reason: "timed-out" },
    { outcome: "confirmed" },
  );
  fc.assert(
    fc.property(fc.array(evidence, { maxLength: 30 }), (found) => {
      let held = after(want("a"));
      for (const each of found) {
        held = order(held, news(held.state.card?.name ?? "", each));
        held = order({ ...held, now: held.now + hours(5) }, { type: "PassTime" });
      }
      expect(types(held).filter((type) => type === "CardWanted").length).toBeLessThanOrEqual(6);
      const ended = order({ ...held, now: held.now + hours(5) }, { type: "PassTime" });
      expect(person.nextDue(ended.state)).toBeUndefined();
    }),
  );
});
