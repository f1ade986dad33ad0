// How often the hub does something for one number, and for all that it does not know.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byHub } from "../../../functions/core/command.ts";
import {
  blockOf as blockOfRow,
  isCounted,
  type MeterOrder,
  type MeterState,
  meter,
  type User,
  unused,
} from "../../../functions/core/limits/meter.ts";
import { type LimitName, limits, rowOf } from "../../../functions/core/limits/table.ts";
import { hours, minutes } from "../../../functions/core/time.ts";

const start = Date.parse("2026-11-21T02:00:00Z");
const ada: User = { number: "digest-of-ada", known: true };
const stranger = (n: number): User => ({ number: `digest-${n}`, known: false });
const hidden: User = { known: false };

const blockOf = (state: MeterState, user: User, now: number) => blockOfRow("pins", state, user, now);

function aLine(limit: LimitName = "pins") {
  let state: MeterState = unused;
  const types: string[] = [];
  let tried = 0;
  const order = (given: MeterOrder, at: number): void => {
    const command = { ...byHub("answer-line", given.use, at), ...given };
    const { events } = meter.decide(state, command, { configVersion: "v1" });
    for (const event of events) {
      types.push(event.type);
      state = meter.evolve(state, event);
    }
  };
  return {
    types,
    state: () => state,
    order,
    /** False where it may not be looked at. */
    wrong: (caller: User, at: number): boolean => {
      tried += 1;
      const id = `CA${tried}.1`;
      order({ type: "CountUse", limit, use: id, user: caller }, at);
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
      order({ type: "CountUse", limit: "pins", use: `CA${n}.1`, user: stranger(n) }, start + n);
      order({ type: "GiveBackUse", use: `CA${n}.1` }, start + n);
    }
    expect(blockOf(state(), stranger(99), start + 100)).toBeUndefined();
    expect(types).not.toContain("LimitAlarmed");
  });

  test("a webhook that comes twice counts once", () => {
    const { order, types } = aLine();
    for (let n = 0; n < 2; n++) order({ type: "CountUse", limit: "pins", use: "CA1.1", user: hidden }, start);
    expect(types).toEqual(["UseCounted"]);
  });
});

describe("a flood", () => {
  test("alarms the operator once, and once more when it goes on the next day", () => {
    const { wrong, types } = aLine();
    for (let n = 0; n < 400; n++) wrong(stranger(n), start + n * minutes(1));
    expect(types.filter((type) => type === "LimitAlarmed")).toHaveLength(1);
    for (let n = 0; n < 40; n++) wrong(stranger(1_000 + n), start + hours(26) + n);
    expect(types.filter((type) => type === "LimitAlarmed")).toHaveLength(2);
  });

  test("is noticed as well where only known numbers are forged, and once however long it goes on", () => {
    const { wrong, types } = aLine();
    for (let n = 0; n < 60; n++) wrong({ number: `person-${n}`, known: true }, start + n);
    expect(types.filter((type) => type === "LimitAlarmed")).toHaveLength(1);
  });

  test("a few slips of tired fingers are none", () => {
    const { wrong, types } = aLine();
    for (let n = 0; n < 12; n++) wrong(n < 5 ? ada : stranger(n), start + minutes(n));
    expect(types).not.toContain("LimitAlarmed");
  });
});

describe.each(Object.keys(limits) as LimitName[])("whatever the history of uses, the row %s", (limit) => {
  const row = rowOf(limit);
  const uses = fc.array(
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
  const mostIn = (moments: readonly number[], span: number): number =>
    Math.max(0, ...moments.map((from) => moments.filter((at) => at >= from && at < from + span).length));

  function granted(
    schedule: readonly { after: number; from: number; hides: boolean; times: number }[],
    { wrong }: ReturnType<typeof aLine>,
  ) {
    const found: { readonly at: number; readonly caller: User }[] = [];
    let at = start;
    for (const { after, from, hides, times } of schedule) {
      at += after;
      const caller = from < 5 ? { number: `person-${from}`, known: true } : hides ? hidden : stranger(from);
      for (let n = 0; n < times; n++) if (wrong(caller, at)) found.push({ at, caller });
    }
    return found;
  }

  test("grants no number, and no strangers together, more than it says", () => {
    fc.assert(
      fc.property(uses, (schedule) => {
        const found = granted(schedule, aLine(limit));
        const momentsOf = (which: (caller: User) => boolean) =>
          found.filter(({ caller }) => which(caller)).map(({ at }) => at);
        for (const { count, per } of row.strangers ?? [])
          expect(
            mostIn(
              momentsOf(({ known }) => !known),
              per,
            ),
          ).toBeLessThanOrEqual(count);
        for (const { number, known } of found.map(({ caller }) => caller))
          for (const { count, per } of (number === undefined ? [] : known ? row.person : row.stranger) ?? [])
            expect(
              mostIn(
                momentsOf((caller) => caller.number === number),
                per,
              ),
            ).toBeLessThanOrEqual(count);
      }),
      { numRuns: 30 },
    );
  });

  test("keeps no more than a day of what it granted", () => {
    fc.assert(
      fc.property(uses, (schedule) => {
        const counted = aLine(limit);
        const found = granted(schedule, counted);
        const last = found.at(-1)?.at ?? start;
        const recent = found.filter(({ at }) => at > last - hours(24));
        expect(counted.state().uses.length).toBeLessThanOrEqual(recent.length);
      }),
      { numRuns: 30 },
    );
  });
});

describe("calls for help", () => {
  test("the first of a quiet hour is granted, whoever calls", () => {
    const callers = [ada, hidden, stranger(1)];
    for (const caller of callers) expect(aLine("help").wrong(caller, start)).toBe(true);
  });

  test("strangers who use up their share leave people of the config theirs", () => {
    const { wrong } = aLine("help");
    const tries = Array.from({ length: 15 }, (_, n) => wrong(stranger(n), start + minutes(n)));
    expect(tries.filter(Boolean)).toHaveLength(3);
    expect(wrong(ada, start + minutes(16))).toBe(true);
  });
});
