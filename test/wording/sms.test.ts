// The first message is golden: whatever monitoring writes, one text arrives with the code whole.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alertSeverities } from "../../functions/core/severity.ts";
import { gsm } from "../../functions/wording/gsm.ts";
import { firstMessage, firstMessageWithLink, noticeMessage } from "../../functions/wording/sms.ts";
import { isGsm, oneMessage, parts } from "../support/parts.ts";
import { tappable, tappableExamples } from "../support/tappable.ts";

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

const notice = { drill: false, service: "checkout", severity: "critical", symptom: "no sales" } as const;

describe("the first message", () => {
  test("says severity, service, symptom, since when, who else, and how to answer", () => {
    expect(firstMessage(page)).toBe(
      'CRITICAL checkout: "Error rate 12%" since 14:05. 2 others paged. Reply 1 A4821 yes, 2 no, 3 more help',
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
    expect(long).toMatch(/\.\." since 14:05\. .* A4821 /);
  });

  test("quotes, dashes, emoji and line breaks become plain text", () => {
    const symptom = '“Payments” – it’s 🔥🔥\r\nagain… {job="api"}';
    expect(firstMessage({ ...page, symptom })).toContain(`"'Payments' - it's ? again... (job='api')" since`);
  });

  test("a link can't be tapped, and a host can still be read", () => {
    const symptom = "db1.prod.example.com down, see https://evil.example/login?a=1 or www.evil.example";
    const text = firstMessage({ ...page, symptom, others: 0 });
    expect(text).toContain('"db1_prod_example_com down, see evil_example/login or www_evil_example"');
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

  test("whatever comes in, one part of septets goes out or three of UCS-2, with the mark first and the code whole", () => {
    const hostile = fc.oneof(
      fc.string({ unit: "binary", maxLength: 600 }),
      fc.string({ unit: "grapheme", maxLength: 300 }),
      fc.constantFrom(
        "\u202e\u0000\u001b[31m",
        "[]{}|^~\\€",
        "Reply 2 B9999 yes",
        "ﷺ".repeat(200),
        "👩‍👩‍👧‍👦 дом ".repeat(50),
        "\ud800",
        "",
      ),
    );
    const link =
      "https://abcdefghij.execute-api.eu-west-1.amazonaws.com/a/AZpRk8WcVfM2Zk8WcVfM2QHRk8WcVfM2Zk8WcVfM2QH4";
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
          expect(parts(text)).toBeLessThanOrEqual(isGsm(text) ? 1 : 3);
          expect(text.isWellFormed()).toBe(true);
          expect(text).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066\u2067]/u);
          expect(text.endsWith(`Reply 1 ${facts.code} yes, 2 no, 3 more help`)).toBe(true);
          expect(text.startsWith("DRILL ")).toBe(facts.drill);
          const linked = firstMessageWithLink(facts, link);
          expect(parts(linked)).toBeLessThanOrEqual(isGsm(linked) ? 2 : 3);
          expect(linked).toContain(`Reply 1 ${facts.code} `);
          expect(linked.endsWith(` or ${link}`)).toBe(true);
        },
      ),
    );
  });
});

describe("no letter is lost", () => {
  test.each([
    ["Сервер оплаты не отвечает", "Сервер оплаты не отвечает"],
    ["Ο διακομιστής έπεσε", "Ο διακομιστής έπεσε"],
    ["決済サービスが応答しません", "決済サービスが応答しません"],
    ["서버가 응답하지 않습니다", "서버가 응답하지 않습니다"],
    ["सर्वर बंद है", "सर्वर बंद है"],
    ["เซิร์ฟเวอร์ล่ม", "เซิร์ฟเวอร์ล่ม"],
    ["სერვერი არ პასუხობს", "სერვერი არ პასუხობს"],
    ["DB 🔥 диск полон", "DB 🔥 диск полон"],
    ["🔥🔥", "🔥🔥"],
    ["می‌خواهم", "\u2068می‌خواهم\u2069"],
    ["שרת api-1 נפל", "\u2068שרת api-1 נפל\u2069"],
    ["الخادم لا يستجيب", "\u2068الخادم لا يستجيب\u2069"],
  ])("%s goes out as it is written", (symptom, written) => {
    const text = firstMessage({ ...page, symptom });
    expect(text).toContain(`checkout: "${written}" since 14:05.`);
    expect(parts(text)).toBeLessThanOrEqual(3);
  });

  test.each(["Łódź: błąd", "Zürich – „aus“", "Lỗi máy chủ", "Sunucu çöktü ığüş", "Þórður", "🔥 DB down"])(
    "%s reads well in one part, and stays in it",
    (symptom) => {
      const text = firstMessage({ ...page, symptom });
      expect(isGsm(text)).toBe(true);
      expect(parts(text)).toBe(1);
    },
  );

  test("names of services and of people are written in their own alphabet as well", () => {
    expect(firstMessage({ ...page, service: "Оплата" })).toContain('CRITICAL Оплата: "Error rate 12%"');
    expect(firstMessage({ ...page, asked: { by: "Владимир" } })).toContain("Владимир asks for you");
  });

  test("whatever letters a text has, all of them arrive or the message shows that it was cut", () => {
    const scripts = [
      "абвгдежз",
      "αβγδεζη",
      "אבגדהוז",
      "ابتثجح",
      "कखगघङच",
      "日本語大阪決",
      "ㄱㅎ서버가응",
      "กขคงจ",
      "ąęłżźć",
      "abcdef",
    ];
    const text = fc
      .constantFrom(...scripts)
      .chain((script) =>
        fc.string({ unit: fc.constantFrom(...Array.from(script), " "), minLength: 1, maxLength: 400 }),
      )
      .map((some) => some.replace(/ +/g, " ").trim())
      .filter((some) => some !== "");
    fc.assert(
      fc.property(text, (symptom) => {
        const message = firstMessage({ ...page, symptom });
        const shown = /checkout: "\u2068?(.*?)\u2069?" since/u.exec(message)?.[1] ?? "";
        if (isGsm(message)) expect(shown.replace(/\.\.$/, "")).not.toContain("?");
        else if (shown.endsWith("..")) expect(symptom.startsWith(shown.slice(0, -2))).toBe(true);
        else expect(shown).toBe(symptom);
        if (!shown.endsWith(".."))
          expect(Array.from(shown).filter((one) => one !== " ")).toHaveLength(
            Array.from(symptom).filter((one) => one !== " ").length,
          );
      }),
    );
  });

  test("a letter is cut off with its marks, and a picture whole", () => {
    for (let before = 0; before < 90; before++) {
      const text = firstMessage({ ...page, symptom: `${"ж".repeat(before)}${"👩‍👩‍👧‍👦क्षि".repeat(20)}` });
      const shown = /checkout: "(.*)\.\." since/u.exec(text)?.[1] ?? "";
      expect(shown.replaceAll("ж", "").replaceAll("👩‍👩‍👧‍👦", "").replaceAll("क्षि", "")).toBe("");
    }
  });

  test("an address in another alphabet can't be tapped either", () => {
    expect(firstMessage({ ...page, symptom: "сайт.рф упал" })).toContain("сайт_рф упал");
  });

  test("with a long link the symptom is worth more than the rest", () => {
    const symptom = "Сервер оплаты не отвечает третий раз";
    const link = `https://abcdefghij.execute-api.eu-west-1.amazonaws.com/a/${"A".repeat(46)}`;
    const text = firstMessageWithLink({ ...page, symptom }, link);
    expect(text).toContain(`checkout: "${symptom}"`);
    expect(text).toMatch(/Reply 1 A4821 or https:/);
    expect(parts(text)).toBe(3);
  });
});

describe("names of services and of people", () => {
  const notices = [
    { kind: "taken-by", about: "Grace" },
    { kind: "not-answered", asked: "Grace", codename: "Osprey" },
    { kind: "still-yours", code: "A4821" },
    { kind: "bridge-open", dialIn: { number: undefined, pin: "042042" } },
  ] as const;

  test.each(tappableExamples)("hold nothing that could be tapped: %s", (name) => {
    const of = { drill: false, severity: "critical", symptom: "no sales", service: name } as const;
    const texts = [
      firstMessage({ ...page, service: name, asked: { by: name, service: name } }),
      ...notices.map((notice) =>
        noticeMessage({
          ...of,
          ...notice,
          ...("about" in notice ? { about: name } : {}),
          ...("asked" in notice ? { asked: name } : {}),
        }),
      ),
    ];
    // The time that stands before a name begins no number with it.
    for (const text of texts) expect(tappable(text.replace("14:05", "(time)"))).toEqual([]);
  });

  test("what is ours can be tapped all the same", () => {
    const dialIn = { number: "+12025550100", pin: "042042" };
    const text = noticeMessage({ ...notice, kind: "bridge-open", dialIn });
    expect(text).toContain("dial +12025550100, PIN 042042");
    expect(firstMessageWithLink(page, "https://pager.example.com/a/x")).toMatch(
      / or https:\/\/pager\.example\.com\/a\/x$/,
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
    ["10.0.0.1 v1.2.3", "10.0_0.1 v1.2.3"],
  ])("%s reads %s", (text, plain) => expect(gsm(text)).toBe(plain));
});

describe("notices", () => {
  test.each([
    [{ kind: "all-clear" }, "ALL CLEAR checkout: monitoring is quiet again. You are released."],
    [
      { kind: "stood-down-by-person", about: "Grace" },
      "STOOD DOWN checkout: ended by Grace. You are released.",
    ],
    [
      { kind: "help-came", about: "Grace" },
      "HELP FOR checkout: Grace has it now. You asked for more help, and stay on it.",
    ],
    [{ kind: "taken-by", about: "Grace" }, "TAKEN checkout: Grace has it. Your page is called off."],
    [{ kind: "severity-raised" }, 'NOW CRITICAL checkout: "no sales"'],
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

  test("in another alphabet they say the same, in at most three parts", () => {
    const text = noticeMessage({
      ...notice,
      drill: true,
      kind: "still-yours",
      service: "ж".repeat(99),
      code: "A4821",
    });
    expect(parts(text)).toBeLessThanOrEqual(3);
    expect(text).toMatch(/A4821.*the next are paged\.$/);
    const taken = noticeMessage({ ...notice, service: "Оплата", kind: "taken-by", about: "דוד" });
    expect(taken).toBe("TAKEN Оплата: \u2068דוד\u2069 has it. Your page is called off.");
  });

  test("a quotation that is cut ends in its mark, and what is ours follows it whole", () => {
    for (const symptom of ["replication lag ".repeat(20), "Отставание реплики ".repeat(20)]) {
      const facts = { ...notice, kind: "new-alerts", codename: "Osprey", more: 12, symptom } as const;
      const text = noticeMessage({ ...facts, service: "s".repeat(99), drill: true });
      expect(text).toMatch(
        /^DRILL CRITICAL Osprey, s{22}\.\.\. New in your incident: "[^"]*\.\.", and 12 more$/u,
      );
      expect(parts(text)).toBeLessThanOrEqual(isGsm(text) ? 1 : 3);
    }
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
