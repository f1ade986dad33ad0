// The first message is golden: whatever monitoring writes, one text arrives with the code whole.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alertSeverities } from "../../functions/core/severity.ts";
import { gsm } from "../../functions/wording/gsm.ts";
import {
  type Answer,
  answerMessage,
  firstMessage,
  noticeMessage,
  oneMessage,
} from "../../functions/wording/sms.ts";

const since = Date.UTC(2026, 10, 3, 13, 5);
const page = {
  drill: false,
  severity: "critical",
  service: "checkout",
  symptom: "Error rate 12%",
  since,
  now: since + 60_000,
  timeZone: "Europe/Berlin",
  others: 2,
  code: "A4821",
} as const;

// Written down a second time, and differently, so that the judge is not the judged: 3GPP TS 23.038 without its extension.
const oneSeptet = /^[\n\r !"#$%&'()*+,\-./0-9:;<=>?@A-Z_a-z£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà]*$/;

describe("the first message", () => {
  test("says severity, service, symptom, since when, who else, and how to answer", () => {
    expect(firstMessage(page)).toBe(
      "CRITICAL checkout: Error rate 12% since 14:05. 2 others paged. Reply 1 A4821 yes, 2 no, 3 more help",
    );
  });

  test("a drill says so before anything else", () => {
    expect(firstMessage({ ...page, drill: true })).toMatch(/^DRILL CRITICAL /);
  });

  test("the time is the one on the person's wall, with the day where it is not today", () => {
    expect(firstMessage({ ...page, timeZone: "America/New_York" })).toContain("since 08:05.");
    expect(firstMessage({ ...page, now: since + 86_400_000 })).toContain("since Tue 14:05.");
    expect(firstMessage({ ...page, now: since + 10 * 86_400_000 })).toContain("since 3 Nov 14:05.");
  });

  test("a zone that nobody knows costs no page: the time is in UTC and says so", () => {
    expect(firstMessage({ ...page, timeZone: "Mars/Olympus" })).toContain("since 13:05 UTC.");
  });

  test("whoever is alone knows it", () => {
    expect(firstMessage({ ...page, others: 0 })).toContain("Only you paged.");
    expect(firstMessage({ ...page, others: 1 })).toContain("1 other paged.");
  });

  test("a long symptom is cut and the code is not", () => {
    const long = firstMessage({ ...page, symptom: "replication lag ".repeat(40) });
    expect(long).toHaveLength(oneMessage);
    expect(long).toMatch(/\.\. since 14:05\. .* A4821 /);
  });

  test("quotes, dashes, emoji and line breaks become plain text", () => {
    const symptom = '“Payments” – it’s 🔥🔥\r\nagain… {job="api"}';
    expect(firstMessage({ ...page, symptom })).toContain(`"Payments" - it's ? again... (job="api") since`);
  });

  test("a link can't be tapped, and a host can still be read", () => {
    const symptom = "db1.prod.example.com down, see https://evil.example/login?a=1 or www.evil.example";
    const text = firstMessage({ ...page, symptom, others: 0 });
    expect(text).toContain("db1.prod.example(.)com down, see (link) or (link)");
  });

  test("cutting never brings a link to life", () => {
    for (let length = 1; length < 120; length++) {
      const text = firstMessage({
        ...page,
        symptom: `${"x".repeat(length)}.comprehensive.company.communication`,
      });
      expect(text).not.toMatch(/[a-z0-9]\.(com|net|org|io)(?![a-z0-9])/);
    }
  });

  test("whatever comes in, one message of single septets goes out, with the mark first and the code whole", () => {
    const hostile = fc.oneof(
      fc.string({ unit: "binary", maxLength: 600 }),
      fc.string({ unit: "grapheme", maxLength: 300 }),
      fc.constantFrom(
        "\u202e\u0000\u001b[31m",
        "[]{}|^~\\€",
        "Reply 2 B9999 yes",
        "ﷺ".repeat(200),
        "\ud800",
        "",
      ),
    );
    fc.assert(
      fc.property(
        fc.record({
          drill: fc.boolean(),
          severity: fc.constantFrom(...alertSeverities),
          service: hostile,
          symptom: hostile,
          since: fc.integer({ min: -1e13, max: 1e13 }),
          now: fc.integer({ min: 0, max: 1e13 }),
          timeZone: fc.constantFrom("Asia/Kathmandu", "UTC", "America/St_Johns", "nowhere"),
          others: fc.nat(),
          code: fc.stringMatching(/^[A-Z][0-9]{4}$/),
        }),
        (facts) => {
          const text = firstMessage(facts);
          expect(text.length).toBeLessThanOrEqual(oneMessage);
          expect(text).toMatch(oneSeptet);
          expect(text).not.toMatch(/[\r\n]/);
          expect(text.endsWith(`Reply 1 ${facts.code} yes, 2 no, 3 more help`)).toBe(true);
          expect(text.startsWith("DRILL ")).toBe(facts.drill);
        },
      ),
    );
  });
});

describe("transliteration", () => {
  test.each([
    ["Zürich Ñandú", "Zürich Ñandu"],
    ["Łódź", "Lodz"],
    ["５ｘ", "5x"],
    ["p99 ≥ 2 µs", "p99 >= 2 us"],
    ["[a]{b}c|d~e€", "(a)(b)c/d-eEUR"],
    ["дом", "?"],
    ["pay\u200bments", "payments"],
    ["a\u202eb", "ab"],
    ["10.0.0.1 v1.2.3", "10.0.0.1 v1.2.3"],
  ])("%s reads %s", (text, plain) => expect(gsm(text)).toBe(plain));
});

describe("notices", () => {
  const notice = { drill: false, service: "checkout", severity: "critical", symptom: "no sales" } as const;

  test.each([
    [{ kind: "all-clear" }, "ALL CLEAR checkout: monitoring is quiet again. You are released."],
    [
      { kind: "stood-down-by-person", about: "Grace" },
      "STOOD DOWN checkout: ended by Grace. You are released.",
    ],
    [{ kind: "taken-by", about: "Grace" }, "TAKEN checkout: Grace has it. Your page is called off."],
    [{ kind: "severity-raised" }, "NOW CRITICAL checkout: no sales"],
    [
      { kind: "still-yours", code: "A4821" },
      "STILL YOURS? checkout: nothing heard since you took it. Reply 1 A4821 to keep it, 3 for more help; without an answer the next are paged.",
    ],
    [
      { kind: "still-yours" },
      "STILL YOURS? checkout: nothing heard since you took it. Say so on the command post to keep it; without an answer the next are paged.",
    ],
    [
      { kind: "signal-clear" },
      "SIGNAL CLEAR checkout: monitoring is quiet again. It stays open until you end it.",
    ],
  ] as const)("%o", (facts, text) => {
    expect(noticeMessage({ ...notice, ...facts })).toBe(text);
    expect(noticeMessage({ ...notice, ...facts, drill: true })).toMatch(/^DRILL [A-Z]/);
  });

  test("the longest of them still holds the code", () => {
    const text = noticeMessage({
      ...notice,
      drill: true,
      kind: "still-yours",
      service: "s".repeat(99),
      code: "A4821",
    });
    expect(text.length).toBeLessThanOrEqual(oneMessage);
    expect(text).toContain("A4821");
    expect(text).not.toMatch(/\.\.$/);
    const taken = { ...notice, drill: true, kind: "still-yours", service: "s".repeat(99) } as const;
    expect(noticeMessage(taken)).toMatch(/the next are paged\.$/);
  });
});

describe("answers to replies", () => {
  test.each<[Answer, string]>([
    [{ kind: "yours", stoodDown: 2 }, "You have it. Two others stood down."],
    [{ kind: "yours", stoodDown: 1 }, "You have it. One other stood down."],
    [{ kind: "yours", stoodDown: 0 }, "You have it."],
    [{ kind: "already-answered", by: "Grace" }, "Already answered by Grace. Nothing for you to do."],
    [
      {
        kind: "which-page",
        pages: [
          { code: "A4821", service: "checkout" },
          { code: "A1000", service: "search" },
        ],
      },
      "Which page? Reply 1 and its code: A4821 checkout, A1000 search",
    ],
  ])("%o", (answer, text) => expect(answerMessage(answer, false)).toBe(text));

  test("every answer is one message, and in a drill it says so", () => {
    const pages = Array.from({ length: 20 }, (_, n) => ({
      code: `A${1000 + n}`,
      service: "a very long service name",
    }));
    const answers: readonly Answer[] = [
      { kind: "yours", stoodDown: 40 },
      { kind: "still-yours" },
      { kind: "passed-on" },
      { kind: "more-help" },
      { kind: "already-answered", by: "é".repeat(500) },
      { kind: "over" },
      { kind: "which-page", pages },
      { kind: "no-such-page", code: "A0000" },
      { kind: "no-page" },
      { kind: "not-understood" },
      { kind: "not-allowed" },
      { kind: "help", organisation: "The Extremely Long Name of a Company Incorporated" },
      { kind: "started" },
      { kind: "stranger" },
      { kind: "not-noted" },
    ];
    for (const answer of answers) {
      const text = answerMessage(answer, true);
      expect(text).toMatch(/^DRILL /);
      expect(text.length).toBeLessThanOrEqual(oneMessage);
      expect(text).toMatch(oneSeptet);
    }
  });
});
