// Who may try PINs at the hub's number, and how often.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byHub } from "../../../functions/core/command.ts";
import { blockOf, type PinCaller, pinLimits } from "../../../functions/core/line/limits.ts";
import { isCounted, type LineOrder, line } from "../../../functions/core/line/line.ts";
import { type LineState, quietLine } from "../../../functions/core/line/state.ts";
import { hours, minutes } from "../../../functions/core/time.ts";

const start = Date.parse("2026-11-21T02:00:00Z");
const ada: PinCaller = { number: "digest-of-ada", known: true };
const stranger = (n: number): PinCaller => ({ number: `digest-${n}`, known: false });
const hidden: PinCaller = { known: false };

function aLine() {
  let state: LineState = quietLine;
  const types: string[] = [];
  let tried = 0;
  const order = (given: LineOrder, at: number): void => {
    const command = { ...byHub("answer-line", given.try, at), ...given };
    const { events } = line.decide(state, command, { configVersion: "v1" });
    for (const event of events) {
      types.push(event.type);
      state = line.evolve(state, event);
    }
  };
  return {
    types,
    state: () => state,
    order,
    /** False where it may not be looked at. */
    wrong(caller: PinCaller, at: number): boolean {
      tried += 1;
      const id = `CA${tried}.1`;
      order({ type: "CountPin", try: id, caller }, at);
      return isCounted(state, id);
    },
  };
}

describe("one number", () => {
  test("may be wrong six times in an hour, and again when the hour is over", () => {
    const { wrong, state } = aLine();
    const tries = Array.from({ length: 8 }, (_, n) => wrong(ada, start + minutes(n)));
    expect(tries).toEqual([true, true, true, true, true, true, false, false]);
    expect(blockOf(state(), ada, start + minutes(59))).toBe("number");
    expect(wrong(ada, start + hours(1))).toBe(true);
  });

  test("that is locked locks no other", () => {
    const { wrong } = aLine();
    for (let n = 0; n < 8; n++) wrong(stranger(1), start);
    expect(wrong(stranger(2), start)).toBe(true);
    expect(wrong(ada, start)).toBe(true);
  });
});

describe("strangers together", () => {
  test("may be wrong twenty times in ten minutes; known numbers still get in", () => {
    const { wrong, state } = aLine();
    const tries = Array.from({ length: 25 }, (_, n) => wrong(n % 2 === 0 ? stranger(n) : hidden, start + n));
    expect(tries.filter(Boolean)).toHaveLength(20);
    expect(blockOf(state(), stranger(99), start + 100)).toBe("strangers");
    expect(blockOf(state(), hidden, start + 100)).toBe("strangers");
    expect(blockOf(state(), ada, start + 100)).toBeUndefined();
    expect(blockOf(state(), hidden, start + minutes(10) + 30)).toBeUndefined();
  });

  test("a right PIN is given back: twenty strangers who belong there lock nobody out", () => {
    const { order, state, types } = aLine();
    for (let n = 0; n < 30; n++) {
      order({ type: "CountPin", try: `CA${n}.1`, caller: stranger(n) }, start + n);
      order({ type: "ForgivePin", try: `CA${n}.1` }, start + n);
    }
    expect(blockOf(state(), stranger(99), start + 100)).toBeUndefined();
    expect(types).not.toContain("PinFloodNoticed");
  });

  test("a webhook that comes twice counts once", () => {
    const { order, types } = aLine();
    for (let n = 0; n < 2; n++) order({ type: "CountPin", try: "CA1.1", caller: hidden }, start);
    expect(types).toEqual(["PinCounted"]);
  });
});

describe("a flood", () => {
  test("alarms the operator once, and once more when it goes on the next day", () => {
    const { wrong, types } = aLine();
    for (let n = 0; n < 400; n++) wrong(stranger(n), start + n * minutes(1));
    expect(types.filter((type) => type === "PinFloodNoticed")).toHaveLength(1);
    for (let n = 0; n < 40; n++) wrong(stranger(1_000 + n), start + hours(26) + n);
    expect(types.filter((type) => type === "PinFloodNoticed")).toHaveLength(2);
  });

  test("is noticed as well where only known numbers are forged", () => {
    const { wrong, types } = aLine();
    for (let n = 0; n < 20; n++) wrong({ number: `person-${n}`, known: true }, start + n);
    expect(types).toContain("PinFloodNoticed");
  });

  test("a few slips of tired fingers are none", () => {
    const { wrong, types } = aLine();
    for (let n = 0; n < 12; n++) wrong(n < 5 ? ada : stranger(n), start + minutes(n));
    expect(types).not.toContain("PinFloodNoticed");
  });
});

test("whatever a guesser's schedule: at most 100 tries of strangers a day, and 20 of any one number", () => {
  const calls = fc.array(
    fc.record({
      after: fc.oneof(
        fc.constant(0),
        fc.integer({ min: 0, max: minutes(20) }),
        fc.integer({ max: hours(5), min: 0 }),
      ),
      from: fc.integer({ min: 0, max: 40 }),
      hides: fc.boolean(),
      times: fc.integer({ min: 1, max: 60 }),
    }),
    { maxLength: 60 },
  );
  const day = hours(24);
  const mostIn = (moments: readonly number[], span: number): number =>
    Math.max(0, ...moments.map((from) => moments.filter((at) => at >= from && at < from + span).length));
  fc.assert(
    fc.property(calls, (schedule) => {
      const { wrong, state } = aLine();
      const looked: { readonly at: number; readonly caller: PinCaller }[] = [];
      let at = start;
      for (const { after, from, hides, times } of schedule) {
        at += after;
        const caller = from < 5 ? { number: `person-${from}`, known: true } : hides ? hidden : stranger(from);
        for (let n = 0; n < times; n++) if (wrong(caller, at)) looked.push({ at, caller });
      }
      const momentsOf = (which: (caller: PinCaller) => boolean) =>
        looked.filter(({ caller }) => which(caller)).map((each) => each.at);
      for (const { count, per } of pinLimits.strangers)
        expect(
          mostIn(
            momentsOf(({ known }) => !known),
            per,
          ),
        ).toBeLessThanOrEqual(count);
      for (const number of new Set(looked.flatMap(({ caller }) => caller.number ?? [])))
        for (const { count, per } of pinLimits.number)
          expect(
            mostIn(
              momentsOf((caller) => caller.number === number),
              per,
            ),
          ).toBeLessThanOrEqual(count);
      expect(
        mostIn(
          momentsOf(({ known }) => !known),
          day,
        ),
      ).toBeLessThanOrEqual(100);
      // Forgotten with its day: what is kept does not grow with what is tried.
      expect(state().tries.length).toBeLessThanOrEqual(100 + 5 * 20 + 1);
    }),
    { numRuns: 60 },
  );
});
