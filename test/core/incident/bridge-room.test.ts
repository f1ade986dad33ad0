// Who is in the room, from news that comes late, doubled and out of order.
import fc from "fast-check";
import { expect, test } from "vitest";
import { alert, type Given, standDown } from "../../support/on-call.ts";
import {
  admitted,
  bridgeIsOpen,
  endBridge,
  ends,
  everybodyHasAPhone,
  joins,
  leaves,
  news,
  roster,
} from "../../support/on-the-bridge.ts";
import { given, type Line, nightFrom, nightOf } from "../../support/spec.ts";

const open: readonly Line[] = [everybodyHasAPhone, alert(), ...bridgeIsOpen()];
const mutes = (call: string, sequence: number) => news(sequence, { what: "mute", call });
const unmutes = (call: string, sequence: number) => news(sequence, { what: "unmute", call });

test("whoever is let in is in the room when the provider says so", () => {
  const letIn = given(...open).when(admitted("CA1", { person: "ada", ending: "0101" }, "call-in"));
  letIn.then({ type: "CallerAdmitted", call: "CA1", way: "call-in", person: "ada", ending: "0101" });
  expect(roster(letIn.night)).toEqual({});
  expect(roster(nightOf(...open, admitted("CA1"), joins("CA1", 1)))).toEqual({ CA1: "heard" });
  given(...open, admitted("CA1"))
    .when(admitted("CA1"))
    .thenNothing();
});

test("nobody is let into a bridge that is not open", () => {
  given(alert()).when(admitted("CA1")).thenRefused("bridge-not-open");
  given(...open, endBridge("kay"))
    .when(admitted("CA1"))
    .thenRefused("bridge-not-open");
  given(...open, standDown("kay"))
    .when(admitted("CA1"))
    .thenRefused("incident-closed");
});

test("somebody whom nobody let in is on the roster all the same", () => {
  expect(roster(nightOf(...open, joins("CA7", 1)))).toEqual({ CA7: "heard" });
});

test("a name that an unknown caller said, and what a caller for help said, stand on the timeline once", () => {
  const hub = { kind: "hub", id: "answer-line", via: "voice", assurance: "internal" } as const;
  const said = { type: "NameCaller", call: "CA1", recording: "RE1", actor: hub } as const;
  const help = { type: "RecordHelp", call: "CA1", recording: "RE2", actor: hub } as const;
  given(...open)
    .when(said)
    .then({ type: "CallerNamed", call: "CA1", recording: "RE1" });
  given(...open, said)
    .when(said)
    .thenNothing();
  given(...open)
    .when(help)
    .then({ type: "HelpRecorded", call: "CA1", recording: "RE2" });
  given(...open, help)
    .when(help)
    .thenNothing();
});

test("news that comes twice or late changes nothing", () => {
  given(...open, joins("CA1", 1))
    .when(joins("CA1", 1))
    .thenNothing();
  given(...open, joins("CA1", 1), leaves("CA1", 2))
    .when(joins("CA1", 1))
    .thenNothing();
  given(...open, leaves("CA1", 2))
    .when(joins("CA1", 1))
    .thenNothing();
  given(...open, joins("CA1", 1), leaves("CA1", 5))
    .when(mutes("CA1", 3))
    .thenNothing();
});

test("whoever is muted is in: the joining was lost or comes later", () => {
  given(...open)
    .when(mutes("CA1", 3))
    .then({ type: "CallerJoined", sequence: 3 }, { type: "CallerMuted", sequence: 3 });
  given(...open, mutes("CA1", 3))
    .when(joins("CA1", 1))
    .thenNothing();
});

test("whoever left and came again is in, though the leaving arrives last", () => {
  expect(roster(nightOf(...open, joins("CA1", 1), joins("CA1", 6), leaves("CA1", 4)))).toEqual({
    CA1: "heard",
  });
  expect(roster(nightOf(...open, mutes("CA1", 2), mutes("CA1", 4), unmutes("CA1", 3)))).toEqual({
    CA1: "muted",
  });
});

test("a second conference counts anew: late news of the first moves nobody back", () => {
  const [first, second] = ["CF1", "CF2"];
  const inTheSecond = [...open, joins("CA1", 8, first), leaves("CA1", 9, first), joins("CA1", 1, second)];
  given(...inTheSecond)
    .when(joins("CA1", 8, first))
    .thenNothing();
  given(...inTheSecond)
    .when(leaves("CA1", 9, first))
    .thenNothing();
  expect(roster(nightOf(...inTheSecond))).toEqual({ CA1: "heard" });
  // The leaving of the first comes after the joining of the second.
  const late = nightOf(...open, joins("CA1", 8, first), joins("CA1", 1, second), leaves("CA1", 9, first));
  expect(roster(late)).toEqual({ CA1: "heard" });
  expect(late.state.bridge.callers["CA1"]?.conference).toBe(second);
});

test("the end of a conference leaves nobody in it, whatever is reported later", () => {
  given(...open, joins("CA1", 1), joins("CA2", 2, "CF2"))
    .when(ends(3))
    .then({ type: "CallerLeft", call: "CA1" }, { type: "ConferenceEnded", conference: "CF1" });
  given(...open, joins("CA1", 1), ends(3))
    .when(ends(3))
    .thenNothing();
  given(...open, ends(9))
    .when(joins("CA1", 1))
    .then({ type: "CallerLeft", call: "CA1" });
  given(...open, ends(9), joins("CA1", 1))
    .when(mutes("CA1", 2))
    .thenNothing();
});

test("a new opening is a new room: whoever was thought to be in the one before is not in it", () => {
  const again = [...open, joins("CA1", 1), endBridge("kay"), ...bridgeIsOpen("kay", 2)];
  expect(roster(nightOf(...again))).toEqual({});
  expect(roster(nightOf(...again, joins("CA1", 1, "CF2"), leaves("CA1", 2, "CF2")))).toEqual({});
});

// ── whatever comes in whatever order ────────────────────────────────────────────────────────────────────────────────

const calls = ["CA1", "CA2", "CA3"];
interface Happened {
  readonly what: "join" | "leave" | "mute" | "unmute";
  readonly call: string;
}
/** What happens in one conference, as the provider numbers it: only what can happen there. */
const conference = fc
  .record({
    steps: fc.array(fc.record({ call: fc.constantFrom(...calls), pick: fc.nat({ max: 3 }) }), {
      maxLength: 14,
    }),
    ends: fc.boolean(),
  })
  .map(({ steps, ends: over }) => {
    const inside = new Map<string, boolean>();
    const log: (Happened | { readonly what: "end" })[] = [];
    for (const { call, pick } of steps) {
      const muted = inside.get(call);
      const what = muted === undefined ? "join" : pick === 0 ? "leave" : muted ? "unmute" : "mute";
      if (what === "leave") inside.delete(call);
      else inside.set(call, what === "mute");
      log.push({ what, call });
    }
    if (over) {
      for (const call of inside.keys()) log.push({ what: "leave", call });
      inside.clear();
      log.push({ what: "end" });
    }
    return { log, inside };
  });

type Conference = typeof conference extends fc.Arbitrary<infer T> ? T : never;

const reportsOf = ({ log }: Conference, name: string): readonly Given[] =>
  log.map((happened, index) => news(index + 1, happened, name));

/** Everything in any order, some of it twice. */
const anyOrder = (reports: readonly Given[]): fc.Arbitrary<readonly Given[]> =>
  reports.length === 0
    ? fc.constant([])
    : fc
        .array(fc.constantFrom(...reports), { maxLength: 6 })
        .chain((twice) =>
          fc.shuffledSubarray([...reports, ...twice], { minLength: reports.length + twice.length }),
        );

const expected = (conferences: readonly Conference[]) =>
  Object.fromEntries(
    conferences.flatMap(({ inside }) =>
      [...inside].map(([call, muted]) => [call, muted ? "muted" : "heard"]),
    ),
  );

test("in whatever order the news of a conference comes, the roster is what its log says", () => {
  const scene = conference.chain((one) => anyOrder(reportsOf(one, "CF1")).map((told) => ({ one, told })));
  fc.assert(
    fc.property(scene, ({ one, told }) => {
      expect(roster(nightOf(...open, ...told))).toEqual(expected([one]));
    }),
    { numRuns: 400 },
  );
});

test("in whatever order the news of two conferences comes, whoever is in either is in the room", () => {
  const scene = fc
    .tuple(conference, conference)
    .chain(([one, two]) =>
      anyOrder([...reportsOf(one, "CF1"), ...reportsOf(two, "CF2")]).map((told) => ({ one, two, told })),
    );
  fc.assert(
    fc.property(scene, ({ one, two, told }) => {
      const inBoth = new Set([...one.inside.keys()].filter((call) => two.inside.has(call)));
      const seen = roster(nightOf(...open, ...told));
      const model = expected([one, two]);
      expect(Object.keys(seen).sort()).toEqual(Object.keys(model).sort());
      for (const [call, how] of Object.entries(seen)) if (!inBoth.has(call)) expect(how).toBe(model[call]);
    }),
    { numRuns: 300 },
  );
});

test("where news is lost, the newest that came decides, and once a conference is over nobody is in it", () => {
  const scene = conference.chain((one) =>
    fc.record({ one: fc.constant(one), told: fc.shuffledSubarray([...reportsOf(one, "CF1")]) }),
  );
  fc.assert(
    fc.property(scene, ({ told }) => {
      const seen = roster(nightOf(...open, ...told));
      const isOver = told.some((each) => each.type === "RecordRoom" && each.happened.what === "end");
      for (const call of calls) {
        const mine = told.filter(
          (each) => each.type === "RecordRoom" && each.happened.what !== "end" && each.happened.call === call,
        );
        const newest = mine.reduce<Given | undefined>(
          (best, each) => (best === undefined || sequenceOf(each) > sequenceOf(best) ? each : best),
          undefined,
        );
        const what = newest?.type === "RecordRoom" ? newest.happened.what : undefined;
        const isIn = !isOver && what !== undefined && what !== "leave";
        expect(seen[call]).toBe(isIn ? (what === "mute" ? "muted" : "heard") : undefined);
      }
    }),
    { numRuns: 300 },
  );
});

const sequenceOf = (order: Given): number => (order.type === "RecordRoom" ? order.sequence : 0);

test("the same news in another order leads to the same roster, also after the incident is over", () => {
  const scene = conference.chain((one) =>
    fc.record({ one: anyOrder(reportsOf(one, "CF1")), two: anyOrder(reportsOf(one, "CF1")) }),
  );
  fc.assert(
    fc.property(scene, ({ one, two }) => {
      const over = nightOf(...open, standDown("kay"));
      expect(roster(nightFrom(over, ...one))).toEqual(roster(nightFrom(over, ...two)));
    }),
    { numRuns: 100 },
  );
});
