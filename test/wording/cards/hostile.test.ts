// Whatever was written into an alert, a name or a report: every card is a valid one, small enough, and nothing in it is alive.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cardProblems } from "../../support/adaptive-card-schema.ts";
import { address, crowdedCards, everyCard, type Outside } from "./all-cards.ts";
import { outside, spiteful } from "./outside.ts";

/** UTF-16, as Teams counts. */
const most = 24 * 1024;
const sizeOf = (card: object): number => JSON.stringify(card).length * 2;

function* textsIn(value: unknown, key = ""): Generator<readonly [string, string]> {
  if (typeof value === "string") yield [key, value];
  if (typeof value !== "object" || value === null) return;
  for (const [name, each] of Object.entries(value)) yield* textsIn(each, Array.isArray(value) ? key : name);
}
const reading = new Set(["text", "title", "fallbackText", "speak", "label", "placeholder"]);

const alive = /:\/\/|\bwww\.|mailto:|<\/?at\b|\{\{/i;
const treacherous = /[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u;

function wrongWith(card: object): readonly string[] {
  const texts = [...textsIn(card)];
  return [
    ...cardProblems(card),
    ...(sizeOf(card) < most ? [] : [`${sizeOf(card)} bytes`]),
    ...texts.flatMap(([key, value]) => (key === "url" && value !== address ? [`leads to ${value}`] : [])),
    ...texts.flatMap(([key, value]) =>
      reading.has(key) && (alive.test(value) || treacherous.test(value) || !value.isWellFormed())
        ? [`${key}: ${value}`]
        : [],
    ),
  ];
}

describe("of 100 hostile incidents, every card", () => {
  test("is an Adaptive Card 1.5, small enough, and names no address but the command post's", () => {
    fc.assert(
      fc.property(outside, (said) => {
        for (const [name, card] of [...everyCard(said), ...crowdedCards(said)])
          expect(wrongWith(card), name).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test.each(spiteful.map((text_) => [JSON.stringify(text_.slice(0, 40)), text_] as const))(
    "is so with %s wherever somebody outside has a word",
    (_, text_) => {
      const said: Outside = {
        title: text_,
        service: text_,
        name: text_,
        words: text_,
        severity: "critical",
        drill: true,
        people: 200,
      };
      for (const [name, card] of [...everyCard(said), ...crowdedCards(said)])
        expect(wrongWith(card), name).toEqual([]);
    },
  );
});
