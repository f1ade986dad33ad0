// What hostile people write into alerts, names and reports.
import fc from "fast-check";
import { alertSeverities } from "../../../functions/core/severity.ts";
import { hostile } from "../../support/intake.ts";
import type { Outside } from "./all-cards.ts";

export const spiteful: readonly string[] = [
  ...hostile,
  "[click](https://evil.example.com)",
  "![x](https://evil.example.com/x.png)",
  "<at>Ada</at>",
  "</at><at id='1'>",
  "**bold** _it_ ~~no~~ `code` # head",
  "{{DATE(2026-11-03T01:15:00Z,SHORT)}} ${title}",
  "https://evil.example.com/a?b=c www.evil.example.com mailto:a@b.example evil.com",
  "javascript:alert(1)//",
  "data:text/html;base64,PHNjcmlwdD4=",
  `"\\`.repeat(5_000),
  "\u202e\u2066reversed\u2069",
  "🚒".repeat(10_000),
  "a.co ".repeat(2_000),
  "\u0000\u0001\u0002".repeat(3_000),
];

const text = fc.oneof(
  fc.constantFrom(...spiteful),
  fc.string({ unit: "binary", maxLength: 400 }),
  fc.tuple(fc.constantFrom(...spiteful), fc.string({ maxLength: 10_000 })).map((both) => both.join(" ")),
);
export const outside: fc.Arbitrary<Outside> = fc.record({
  title: text,
  service: text,
  name: text,
  words: text,
  severity: fc.constantFrom(...alertSeverities),
  drill: fc.boolean(),
  people: fc.constantFrom(0, 1, 7, 200),
});
