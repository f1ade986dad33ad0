// A codename is said on a bad line at night, typed into a channel's name, and read by people who know nothing.
import fc from "fast-check";
import { expect, test } from "vitest";
import { codename, codenames } from "../../../functions/core/incident/codenames.ts";

test("there are enough of them, each once", () => {
  expect(codenames.length).toBeGreaterThanOrEqual(400);
  expect(new Set(codenames.map((name) => name.toLowerCase())).size).toBe(codenames.length);
});

test("each is one word of plain letters, short enough to be a channel's name", () => {
  for (const name of codenames) expect(name).toMatch(/^[A-Z][a-z]{3,11}$/);
});

test("none is taken for another that is heard badly", () => {
  const near = codenames.flatMap((one, n) =>
    codenames
      .slice(n + 1)
      .filter((other) => distance(one.toLowerCase(), other.toLowerCase()) < 3)
      .map((other) => `${one} ${other}`),
  );
  expect(near).toEqual([]);
});

test("none speaks of a cause, a severity, a role or a product of the trade", () => {
  const words =
    /alert|fire|storm|cloud|crash|outage|error|critical|network|data|server|cobalt|python|falcon|amber|red$|quartz|camel$|jaguar|puppet|elephant/i;
  expect(codenames.filter((name) => words.test(name))).toEqual([]);
});

test("whatever chance says, it is one of them, and each can come", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (chance) => {
      expect(codenames).toContain(codename(chance));
    }),
  );
  const all = codenames.map((_, n) => codename((n + 0.5) / codenames.length));
  expect(all).toEqual(codenames);
  expect(codename(0, 0.999999)).toBe(`${codenames[0]}-${codenames.at(-1)}`);
});

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (const [i, letter] of Array.from(a).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(b).entries())
      next.push(
        Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}
