// Calls for help that page nobody yet are lost to nobody.
import { describe, expect, test } from "vitest";
import { byHub } from "../../../functions/core/command.ts";
import { type HeldEvent, type HeldOrder, held, nothingHeld } from "../../../functions/core/limits/held.ts";
import { hours, minutes } from "../../../functions/core/time.ts";

const start = Date.parse("2026-11-30T02:00:00Z");

function aHold() {
  let state = nothingHeld;
  const events: HeldEvent[] = [];
  return {
    events,
    due: () => held.nextDue(state),
    order: (given: HeldOrder, at: number) => {
      const command = { ...byHub("answer-line", `o${events.length}`, at), ...given };
      const decided = held.decide(state, command, { configVersion: "v1" }).events;
      events.push(...decided);
      state = decided.reduce(held.evolve, state);
      return decided;
    },
  };
}

const hold = (call: string, ending = "0171"): HeldOrder => ({ type: "HoldCall", call, ending });
const tick: HeldOrder = { type: "PassTime" };

describe("a held call", () => {
  test("pages after ten minutes, and not before", () => {
    const { order, due } = aHold();
    order(hold("CA1"), start);
    expect(due()).toBe(start + minutes(10));
    expect(order(tick, start + minutes(10) - 1)).toEqual([]);
    expect(order(tick, start + minutes(10))).toMatchObject([
      { type: "HeldCallsPaged", calls: [{ call: "CA1", ending: "0171" }], more: 0 },
    ]);
    expect(due()).toBeUndefined();
  });

  test("that was confirmed pages by itself, and no second time", () => {
    const { order, due } = aHold();
    order(hold("CA1"), start);
    order({ type: "ReleaseCall", call: "CA1" }, start + minutes(1));
    expect(due()).toBeUndefined();
    expect(order(tick, start + minutes(10))).toEqual([]);
  });

  test("whose webhook comes twice is held once", () => {
    const { order, events } = aHold();
    order(hold("CA1"), start);
    order(hold("CA1"), start + 1);
    expect(events).toHaveLength(1);
  });
});

describe("held calls together", () => {
  test("page once an hour, all in one page", () => {
    const { order, events } = aHold();
    for (let minute = 0; minute < 180; minute++) {
      order(hold(`CA${minute}`), start + minutes(minute));
      order(tick, start + minutes(minute));
    }
    const pages = events.filter((event) => event.type === "HeldCallsPaged");
    expect(pages.map(({ at }) => (at - start) / minutes(1))).toEqual([10, 70, 130]);
  });

  test("are listed up to twenty; the others are counted", () => {
    const { order } = aHold();
    for (let n = 0; n < 33; n++) order(hold(`CA${n}`), start);
    const [paged] = order(tick, start + hours(1));
    expect(paged).toMatchObject({ more: 13 });
    expect(paged?.type === "HeldCallsPaged" && paged.calls).toHaveLength(20);
  });

  test("beyond twenty are released, and fall due, like the first", () => {
    const { order, due } = aHold();
    for (let n = 0; n < 22; n++) order(hold(`CA${n}`), start);
    for (let n = 0; n < 21; n++) order({ type: "ReleaseCall", call: `CA${n}` }, start + minutes(1));
    expect(due()).toBe(start + minutes(10));
    expect(order(tick, start + minutes(10))).toMatchObject([{ calls: [{ call: "CA21" }], more: 0 }]);
  });
});
