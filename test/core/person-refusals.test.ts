// What carriers refuse for a person, and when it is over.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byHub } from "../../functions/core/command.ts";
import type { ReportedEvidence } from "../../functions/core/incident/commands.ts";
import { type PersonState, person } from "../../functions/core/person/person.ts";
import {
  type CarriedMethod,
  type RefusalOrder,
  refusalOrder,
  standingAmong,
} from "../../functions/core/person/refusals.ts";
import type { Sent } from "../../functions/core/provider/judge.ts";

const sms: CarriedMethod = { method: "mobile", address: "digest-1", channel: "sms", carrier: "twilio" };
const region = { outcome: "giveUp", reason: "region-not-permitted", operator: true } as const;
const unregistered = { outcome: "giveUp", reason: "sender-misconfigured", operator: true } as const;
const done = { outcome: "done" } as const;
const confirmed = { outcome: "confirmed" } as const;

type Told = readonly [Sent | ReportedEvidence, ("on-request" | "after-acceptance")?, Partial<CarriedMethod>?];

function apply(state: PersonState, order: RefusalOrder | undefined, at: number) {
  if (order === undefined) return { state, events: [] };
  const command = { ...byHub("send-page", `o${at}`, at), ...order };
  const { events } = person.decide(state, command, { configVersion: "v1" });
  return { state: events.reduce(person.evolve, state), events };
}
const after = (...told: readonly Told[]): PersonState =>
  told.reduce(
    (state, [evidence, stage = "on-request", way = {}], n) =>
      apply(state, refusalOrder({ ...sms, ...way }, evidence, stage), n + 1).state,
    person.initial,
  );
const standing = (...told: readonly Told[]) =>
  standingAmong([
    { person: "ada", methods: [{ id: "mobile", address: "digest-1" }], refusals: after(...told).refusals },
  ]);

test("a refusal stands until a message goes through by that method and carrier", () => {
  expect(standing([region])).toMatchObject([
    { person: "ada", refusal: { reason: "region-not-permitted", since: 1 } },
  ]);
  expect(standing([region], [done])).toEqual([]);
  expect(standing([region], [done], [region])).toMatchObject([{ refusal: { since: 3 } }]);
});

test("what another carrier or method carried proves nothing of this one", () => {
  expect(standing([region], [done, "on-request", { carrier: "aws" }])).toHaveLength(1);
  expect(standing([region], [done, "on-request", { method: "work", address: "digest-2" }])).toHaveLength(1);
});

test("a number that was changed since is another one, and a change back makes it stand again", () => {
  const { refusals } = after([region]);
  const among = (address: string) =>
    standingAmong([{ person: "ada", methods: [{ id: "mobile", address }], refusals }]);
  expect([among("digest-2").length, among("digest-1").length]).toEqual([0, 1]);
  expect(standing([region], [done, "on-request", { address: "digest-2" }])).toHaveLength(1);
});

test("a message that is refused after the carrier took it needs one that arrived, not one that was taken", () => {
  const reported: Told = [unregistered, "after-acceptance"];
  expect(standing(reported, [done])).toHaveLength(1);
  expect(standing(reported, [{ outcome: "handed", receipt: "SM1" }])).toHaveLength(1);
  expect(standing(reported, [confirmed, "after-acceptance"])).toEqual([]);
});

test.each(["busy", "not-answered", "machine-answered", "no-key-pressed"] as const)(
  "a call that ended so (%s) has reached the phone",
  (reason) => {
    const call: Partial<CarriedMethod> = { channel: "voice" };
    expect(
      standing(
        [{ outcome: "giveUp", reason: "number-invalid", operator: false }, "after-acceptance", call],
        [{ outcome: "giveUp", reason, operator: false }, "after-acceptance", call],
      ),
    ).toEqual([]);
  },
);

test("in the chat a card that is taken has arrived", () => {
  const teams: Partial<CarriedMethod> = { channel: "teams", carrier: "teams" };
  const notInChat = { outcome: "giveUp", reason: "not-in-chat", operator: false } as const;
  expect(standing([notInChat, "on-request", teams])).toMatchObject([{ refusal: { scope: "person" } }]);
  expect(standing([notInChat, "after-acceptance", teams], [done, "on-request", teams])).toEqual([]);
});

test("what passes by itself, or nobody knows of, changes nothing", () => {
  for (const evidence of [
    { outcome: "retry", reason: "rate-limited" },
    { outcome: "unknown", reason: "timed-out" },
    { outcome: "giveUp", reason: "handset-unreachable", operator: false },
  ] as const) {
    expect(standing([evidence])).toEqual([]);
    expect(standing([region], [evidence])).toHaveLength(1);
  }
});

test("the same again is not written again; another reason is", () => {
  const state = after([region]);
  const again = (evidence: Sent) =>
    apply(state, refusalOrder(sms, evidence, "on-request"), 9).events.map(({ type }) => type);
  expect(again(region)).toEqual([]);
  expect(again(unregistered)).toEqual(["MethodRefused"]);
  expect(apply(person.initial, refusalOrder(sms, done, "on-request"), 9).events).toEqual([]);
});

describe("a refusal of our sender", () => {
  const refusalsOf = (...told: readonly Told[]) => after(...told).refusals;
  const methods = [{ id: "mobile", address: "digest-1" }];
  const ada = { person: "ada", methods, refusals: refusalsOf([unregistered]) };

  test("is over for everybody once one of those whom it hit was reached", () => {
    const linus = { person: "linus", methods, refusals: refusalsOf([unregistered], [done]) };
    expect(standingAmong([ada, { ...linus, refusals: refusalsOf([unregistered]) }])).toHaveLength(2);
    expect(standingAmong([ada, linus])).toEqual([]);
  });

  test("is not over by what another carrier, channel or reason was about, or came before", () => {
    for (const way of [{ carrier: "aws" }, { channel: "voice" }] as const)
      expect(
        standingAmong([
          ada,
          {
            person: "linus",
            methods,
            refusals: refusalsOf([unregistered, "on-request", way], [done, "on-request", way]),
          },
        ]),
      ).toHaveLength(1);
    expect(
      standingAmong([ada, { person: "linus", methods, refusals: refusalsOf([region], [done]) }]),
    ).toHaveLength(1);
    const later = { ...ada, refusals: refusalsOf([done], [done], [done], [done], [unregistered]) };
    expect(
      standingAmong([later, { person: "linus", methods, refusals: refusalsOf([unregistered], [done]) }]),
    ).toHaveLength(1);
  });

  test("of one person's country is over for nobody else", () => {
    const linus = { person: "linus", methods, refusals: refusalsOf([region], [done]) };
    expect(standingAmong([{ ...ada, refusals: refusalsOf([region]) }, linus])).toHaveLength(1);
  });
});

test("however answers and reports come, it stands if and only if nothing went through since the last refusal", () => {
  const step = fc.constantFrom<Told>(
    [region],
    [unregistered, "after-acceptance"],
    [done],
    [confirmed, "after-acceptance"],
    [{ outcome: "retry", reason: "provider-error" }],
    [done, "on-request", { carrier: "aws" }],
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let stage: string | undefined;
      for (const [evidence, when = "on-request", way] of steps) {
        if (way !== undefined) continue;
        if (evidence.outcome === "giveUp") stage = when;
        else if (evidence.outcome === "confirmed" || (evidence.outcome === "done" && stage === "on-request"))
          stage = undefined;
      }
      expect(standing(...steps).length === 1).toBe(stage !== undefined);
    }),
  );
});

test("no event holds a number", () => {
  const { events } = apply(person.initial, refusalOrder(sms, region, "on-request"), 1);
  expect(events).toMatchObject([{ type: "MethodRefused", method: "mobile", carrier: "twilio" }]);
  expect(JSON.stringify(events)).not.toMatch(/\+\d{6}/);
});
