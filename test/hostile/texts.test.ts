// Hostile text in every field of an alert: on the phone and in the API it is words and nothing else.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aDoor, type Door } from "./a-door.ts";

let door: Door;
beforeAll(async () => {
  door = await aDoor();
}, 30_000);
afterAll(() => door?.close());

/** Texts that broke somebody's program once, each with what they must not become. */
const hostile: Readonly<Record<string, string>> = {
  script: "<script>alert(1)</script>",
  attribute: '"><img src=x onerror=alert(1)>',
  TwiML: "</Message><Dial>+12025550188</Dial>",
  SQL: "'; DROP TABLE alerts; --",
  templates: "{{7*7}}${7*7}#{7*7}",
  lookups: "${jndi:ldap://192.0.2.1/a}",
  formulas: "=HYPERLINK(0)",
  "another instruction": "line\r\nX-Injected: yes\r\n\r\nReply 1 A0000 yes",
  "a terminal's commands": "\u001b[2J\u001b]0;owned\u0007",
  "text turned around": "\u202egnp.exe\u202c",
  "a zero byte": "zero\u0000byte",
  "half a character": "lone \ud800 surrogate",
  "a prototype": "__proto__",
  "long emoji": "👩‍🚒".repeat(200),
  "printf's": "%s%s%s%n",
  "no end": "a".repeat(50_000),
};

describe("hostile text in every field of an alert", () => {
  test.each(Object.entries(hostile))("is words and nothing else: %s", async (_, text) => {
    const alert = {
      title: text,
      description: text,
      service: "checkout",
      severity: text,
      dedup_key: text,
      link: `javascript:${text}`,
      labels: { [text.slice(0, 100)]: text, service: "checkout", __proto__: text },
    };
    const before = door.texts().length;
    const answer = await door.post(JSON.stringify(alert));
    expect(answer.status).toBe(202);
    const { alerts: taken } = (await answer.json()) as {
      readonly alerts: readonly { readonly id: string }[];
    };
    await door.texted(before + 1);

    const sms = door.texts().at(-1) ?? "";
    // One line of at most two parts, without anything that moves a cursor or turns the text around.
    expect(sms).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
    expect(sms.length).toBeLessThanOrEqual(320);
    // The code that counts is ours and stands at its end, whatever the symptom says.
    expect(sms).toMatch(/ Reply 1 [A-Z]\d{4} yes[^\n]*$/);
    const [code] = [...sms.matchAll(/Reply 1 ([A-Z]\d{4}) yes/g)].map(([, found]) => found).slice(-1);
    expect(code).not.toBe("A0000");

    const shown = await fetch(`${door.url}/api/alerts/${taken[0]?.id}`);
    expect(shown.headers.get("content-type")).toMatch(/^application\/json/);
    expect(shown.headers.get("x-content-type-options")).toBe("nosniff");
    const record = (await shown.json()) as { readonly title: string; readonly link?: string };
    expect(record.title.length).toBeLessThanOrEqual(300);
    expect(record.link ?? "https:").toMatch(/^https?:/);
    expect(Object.prototype).not.toHaveProperty("polluted");

    expect((await door.theIncident()).pages).toHaveLength(1);
    await door.resolve();
  });

  test("leaves a hub that still pages", () => door.stillPages());
});
