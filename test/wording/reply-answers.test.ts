// What a reply came to: one text, whole codes, and nothing that was not done.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { minutes } from "../../functions/core/time.ts";
import { type Answer, type AskedPage, answerMessage } from "../../functions/wording/reply-answers.ts";
import { isGsm, parts } from "../support/parts.ts";

const page = (code: string, service: string, more: Partial<AskedPage> = {}): AskedPage => ({
  code,
  service,
  symptom: "no sales",
  severity: "critical",
  drill: false,
  ...more,
});
const which = (pages: readonly AskedPage[], word = "1"): Answer => ({ kind: "which-page", word, pages });
const yours = { kind: "yours", stoodDown: 0 } as const;
const of = (code: string, answer: Answer, drill = false) => ({ code, answer, drill });

describe("answers to replies", () => {
  test.each<[Answer, string]>([
    [{ kind: "yours", stoodDown: 2 }, "You have it. Two others stood down."],
    [{ kind: "yours", stoodDown: 1 }, "You have it. One other stood down."],
    [yours, "You have it."],
    [{ ...yours, of: { service: "Website" } }, "You have Website."],
    [{ ...yours, arrivingIn: minutes(20) }, "You have it, and are expected in 20 minutes."],
    [
      { kind: "yours", stoodDown: 1, of: { service: "Website" }, arrivingIn: minutes(90) },
      "You have Website, and are expected in 1 hour 30 minutes. One other stood down.",
    ],
    [
      { kind: "passed-on", next: true, of: { service: "Website" } },
      "Noted: not you for Website. The next one is asked.",
    ],
    [{ kind: "passed-on", next: false }, "Noted: not you. The paging goes on."],
    [
      { kind: "more-help", of: { service: "Website" } },
      "More help is being paged for Website. You stay on it.",
    ],
    [{ kind: "already-answered", by: "Grace" }, "Already answered by Grace. Nothing for you to do."],
    [{ kind: "already-answered", by: "Владимир" }, "Already answered by Владимир. Nothing for you to do."],
    [
      { kind: "not-understood", code: "A4821" },
      "Not understood, nothing changed. Reply 1 A4821 for yes, 2 for no, 3 for more help.",
    ],
  ])("%o", (answer, text) => expect(answerMessage(answer, false)).toBe(text));
});

describe("which page?", () => {
  test.each([
    ["1", "Which page? Reply 1 and its code: A4821 checkout, A1000 search"],
    ["2", "Which page? Reply 2 and its code: A4821 checkout, A1000 search"],
    ["JOIN", "Which page? Reply JOIN and its code: A4821 checkout, A1000 search"],
    ["IN 20", "Which page? Reply IN 20 and its code: A4821 checkout, A1000 search"],
  ])("repeats the word that was sent: %s", (word, text) => {
    expect(answerMessage(which([page("A4821", "checkout"), page("A1000", "search")], word), false)).toBe(
      text,
    );
  });

  test("where two services are alike the symptom tells them apart, and a drill is marked", () => {
    const pages = [
      page("A4821", "Checkout", { symptom: "Disk full" }),
      page("A1000", "Checkout", { symptom: "Cards refused" }),
      page("A2000", "Search", { drill: true }),
    ];
    expect(answerMessage(which(pages), false)).toBe(
      'Which page? Reply 1 and its code: A4821 Checkout: "Disk full", A1000 Checkout: "Cards refused", DRILL A2000 Search',
    );
  });

  test("of many whole entries are listed, and how many there are beside them", () => {
    const pages = Array.from({ length: 12 }, (_, n) => page(`A${1000 + n}`, `Service number ${n}`));
    expect(answerMessage(which(pages), false)).toBe(
      "Which page? Reply 1 and its code: A1000 Service number 0, A1001 Service number 1, A1002 Service number 2, and 9 more: see the command post",
    );
  });

  test("no code is ever cut, whatever the services are called", () => {
    const name = fc.oneof(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }),
      fc.constantFrom("Оплата заказов", "決済", "checkout"),
    );
    const pages = fc.array(
      fc.record({
        service: name,
        symptom: name,
        drill: fc.boolean(),
        code: fc.stringMatching(/^Z[0-9]{4}$/),
      }),
      { minLength: 2, maxLength: 50 },
    );
    fc.assert(
      fc.property(pages, (some) => {
        const all = some.map(({ code, service, ...more }) => page(code, service, more));
        const text = answerMessage(which(all), false);
        expect(parts(text)).toBeLessThanOrEqual(isGsm(text) ? 1 : 3);
        const more = /, and (\d+) more: see the command post$/.exec(text)?.[1];
        const codes = all.map(({ code }) => code);
        const shown = codes.slice(0, codes.length - Number(more ?? 0));
        let at = 0;
        for (const code of shown) at = text.indexOf(code, at) + 5;
        expect(at).toBeGreaterThan(4);
      }),
    );
  });
});

describe("several pages in one reply", () => {
  test("says what became of each, those with the same fate together", () => {
    const each = [
      of("A1000", yours),
      of("A1001", { kind: "already-answered", by: "Grace" }),
      of("A1002", { kind: "yours", stoodDown: 3 }),
      of("A1003", { kind: "over" }),
      of("A9999", { kind: "no-such-page", code: "A9999" }),
    ];
    expect(answerMessage({ kind: "several", each }, false)).toBe(
      "You have A1000, A1002. Grace has A1001. Over already: A1003. No page of yours: A9999.",
    );
  });

  test("of very many some are listed, and the others counted", () => {
    const each = Array.from({ length: 50 }, (_, n) => of(`A${1000 + n}`, yours));
    const text = answerMessage({ kind: "several", each }, false);
    expect(text).toMatch(/^You have A1000, A1001, .* and \d+ more\.$/);
    expect(parts(text)).toBe(1);
  });

  test("when each is expected is said once", () => {
    const later = { ...yours, arrivingIn: minutes(20) };
    expect(answerMessage({ kind: "several", each: [of("A1000", later), of("A1001", later)] }, false)).toBe(
      "You have A1000, A1001, and are expected in 20 minutes.",
    );
  });
});

test("every answer is one message, three in an alphabet that needs them, and in a drill it says so", () => {
  const pages = Array.from({ length: 20 }, (_, n) => page(`A${1000 + n}`, "a very long service name"));
  const answers: readonly Answer[] = [
    { kind: "yours", stoodDown: 40, of: { service: "ж".repeat(300) }, arrivingIn: minutes(239) },
    { kind: "yours", stoodDown: 40 },
    { kind: "still-yours" },
    { kind: "passed-on", next: true },
    { kind: "more-help" },
    { kind: "already-answered", by: "é".repeat(500) },
    { kind: "already-answered", by: "ж".repeat(500) },
    { kind: "over" },
    which(pages),
    {
      kind: "several",
      each: pages.map(({ code }) => of(code, { kind: "already-answered", by: "ж".repeat(50) }, true)),
    },
    { kind: "no-such-page", code: "A0000" },
    { kind: "no-page" },
    { kind: "not-understood" },
    { kind: "not-allowed" },
    { kind: "help", organisation: "The Extremely Long Name of a Company Incorporated" },
    { kind: "help", organisation: "株式会社".repeat(40) },
    { kind: "started" },
    { kind: "stranger" },
    { kind: "not-noted" },
  ];
  for (const answer of answers) {
    const text = answerMessage(answer, true);
    expect(text).toMatch(/^DRILL /);
    expect(parts(text)).toBeLessThanOrEqual(isGsm(text) ? 1 : 3);
  }
});
