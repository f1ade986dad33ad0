// Answers that change nothing are few per number, so that two machines do not write to each other all night.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byHub } from "../../../functions/core/command.ts";
import { idleAnswers } from "../../../functions/core/limits/table.ts";
import {
  isAnswered,
  type TexterEvent,
  type TexterOrder,
  type TexterState,
  texter,
} from "../../../functions/core/limits/texter.ts";
import { hours, minutes, seconds } from "../../../functions/core/time.ts";

const evening = Date.UTC(2026, 10, 21, 2);

/** A number that texts; `at` is moved by the test. */
function aNumber() {
  let state: TexterState = texter.initial;
  const happened: TexterEvent["type"][] = [];
  let texts = 0;
  const give = (order: TexterOrder, at: number) => {
    const { events } = texter.decide(
      state,
      { ...byHub("test", `o${texts}`, at), ...order },
      { configVersion: "v1" },
    );
    state = events.reduce(texter.evolve, state);
    happened.push(...events.map(({ type }) => type));
  };
  return {
    happened,
    state: () => state,
    /** Whether it got an answer. */
    says(at: number, about: { known?: boolean; understood?: boolean; askedAt?: number; text?: string } = {}) {
      const { known = true, understood = false, text = `t${(texts += 1)}`, ...more } = about;
      give({ type: "CountIdleAnswer", text, known, understood, ...more }, at);
      return isAnswered(state, text);
    },
    acts: (at: number) => give({ type: "ForgetIdleAnswers" }, at),
  };
}

const answeredOf = (answers: readonly boolean[]) => answers.filter(Boolean).length;

describe.each([true, false])("a number that is known: %s", (known) => {
  test("gets five answers that change nothing, and the operator hears of it once", () => {
    const number = aNumber();
    const answers = Array.from({ length: 40 }, (_, n) => number.says(evening + n * seconds(1), { known }));
    expect(answeredOf(answers)).toBe(5);
    expect(answers.slice(0, 5)).toEqual([true, true, true, true, true]);
    expect(number.happened.filter((type) => type === "TexterSilenced")).toHaveLength(1);
  });

  test("gets as many again once a text of it did something", () => {
    const number = aNumber();
    for (let n = 0; n < 9; n++) number.says(evening, { known });
    number.acts(evening + 1);
    expect(answeredOf(Array.from({ length: 9 }, () => number.says(evening + 2, { known })))).toBe(5);
  });

  test("gets the same answer again when a queue brings its text again", () => {
    const number = aNumber();
    for (let n = 0; n < 5; n++) expect(number.says(evening, { known, text: `m${n}` })).toBe(true);
    expect(number.says(evening, { known, text: "m0" })).toBe(true);
    expect(number.says(evening, { known, text: "m5" })).toBe(false);
  });
});

test("a new page to this number begins the count anew", () => {
  const number = aNumber();
  for (let n = 0; n < 9; n++) number.says(evening);
  expect(number.says(evening + minutes(1))).toBe(false);
  const askedAt = evening + minutes(2);
  expect(answeredOf(Array.from({ length: 9 }, () => number.says(askedAt + 1, { askedAt })))).toBe(5);
});

test("a second yes is understood: it is answered longer, but not for ever", () => {
  const number = aNumber();
  const answers = Array.from({ length: 40 }, (_, n) => number.says(evening + n, { understood: true }));
  expect(answeredOf(answers)).toBe(idleAnswers.understood);
});

test("something understood gives as many answers again", () => {
  const number = aNumber();
  for (let n = 0; n < 9; n++) number.says(evening);
  expect(number.says(evening + 1, { understood: true })).toBe(true);
  expect(answeredOf(Array.from({ length: 9 }, () => number.says(evening + 2)))).toBe(5);
});

test("whoever is in the config is answered again after an hour, anybody else after a day", () => {
  for (const [known, after] of [
    [true, hours(1)],
    [false, hours(24)],
  ] as const) {
    const number = aNumber();
    for (let n = 0; n < 9; n++) number.says(evening, { known });
    expect(number.says(evening + after - 1, { known })).toBe(false);
    expect(number.says(evening + after, { known })).toBe(true);
  }
});

test("whatever is sent in an hour without a page, no more answers than the limits say", () => {
  const text = fc.record({ after: fc.integer({ min: 0, max: 60_000 }), understood: fc.boolean() });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 300 }), (texts) => {
      const number = aNumber();
      let at = evening;
      let answers = 0;
      for (const { after, understood } of texts) {
        at = Math.min(at + after, evening + hours(1) - 1);
        if (number.says(at, { understood })) answers += 1;
      }
      const { understood, notUnderstood } = idleAnswers;
      expect(answers).toBeLessThanOrEqual(understood + (understood + 1) * notUnderstood);
    }),
  );
});
