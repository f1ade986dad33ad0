// Text from outside, before it reaches anybody's eyes.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { line, paragraph, printableJson } from "../../functions/core/text.ts";

const signs =
  "\ud83d|\ude92|\n|\r|\u0000|\u001b|\u009b|\u202e|\u2066|\u200b|\u200c|\u200d|\u00ad|\u034f|\u061c|\u3164|\ufe0f|\ufffe|\u{e0041}|\u{e007f}|\u0301|\u180b|a|1|न|م|ᠠ|葛|🚒|🏴".split(
    "|",
  );
const anything = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom(...signs), maxLength: 30 }),
);

test("a line is one line, within its bound, well formed, and free of what acts", () => {
  fc.assert(
    fc.property(anything, fc.integer({ min: 1, max: 30 }), (text, max) => {
      const made = line(text, max);
      expect(made.length).toBeLessThanOrEqual(max);
      expect(made.isWellFormed()).toBe(true);
      expect(made).not.toMatch(
        /[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufff9-\ufffb\p{Noncharacter_Code_Point}]/u,
      );
      expect(made).not.toMatch(/\p{M}{5}/u);
    }),
  );
});

test("a line that was cleaned before stays as it is", () => {
  fc.assert(
    fc.property(anything, (text) => {
      const made = line(text, 200);
      expect(line(made, 200)).toBe(made);
    }),
  );
});

test("a paragraph keeps its line breaks and nothing else that controls", () => {
  expect(paragraph("one\r\ntwo\n\tthree\u0007", 100)).toBe("one\ntwo\n three\ufffd");
  fc.assert(fc.property(anything, (text) => !/[^\P{Cc}\n]/u.test(paragraph(text, 20))));
});

const millions = 5 * 1024 * 1024;

test("millions of marks on one letter are four", () => {
  expect(line(`x${"\u0301".repeat(millions)}y`, 10)).toBe(`x${"\u0301".repeat(4)}y`);
});

// A process that has compiled many patterns compiles further ones in a simpler form, which takes more of the stack.
test("millions of line breaks are one space, however the engine compiles its patterns", () => {
  const script = `
    import { line, paragraph } from ${JSON.stringify(join(import.meta.dirname, "../../functions/core/text.ts"))};
    const text = (sign) => "x" + sign.repeat(${millions}) + "y";
    console.log(JSON.stringify([line(text("\\n"), 10), line(text("\\u2028"), 10), paragraph(text("\\t"), 10)]));`;
  const args = ["--no-regexp-optimization", "--input-type=module", "--eval", script];
  const made: unknown = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
  expect(made).toEqual(["x y", "x y", "x y"]);
});

test("what was cut off is shown", () => {
  expect(line("a".repeat(301), 300)).toBe(`${"a".repeat(299)}…`);
  expect(line("aaa🚒🚒", 5)).toBe("aaa…");
  expect(line("  ok  ", 300)).toBe("ok");
});

describe("what acts is shown by a mark, and what can't be seen is left out", () => {
  test.each([
    ["an escape sequence", "a\u001b[2Jb", "a\ufffd[2Jb"],
    ["an escape sequence in one character", "a\u009b2Jb", "a\ufffd2Jb"],
    ["an override", "a\u202eb\u202c", "a\ufffdb\ufffd"],
    ["an isolate", "a\u2066b\u2069", "a\ufffdb\ufffd"],
    ["marks of direction", "a\u200eb\u200fc\u061cd", "a\ufffdb\ufffdc\ufffdd"],
    ["an interlinear note", "a\ufff9b\ufffac\ufffb", "a\ufffdb\ufffdc\ufffd"],
    ["a noncharacter", "a\ufffeb\uffffc\u{1fffe}", "a\ufffdb\ufffdc\ufffd"],
    ["half of a surrogate pair", "a\ud800b", "a\ufffdb"],
    ["a line separator", "a\u2028b\u2029c", "a b c"],
    ["a soft hyphen", "pay\u00adments", "payments"],
    ["a blank of no width", "pay\u200bments\u2060\ufeff", "payments"],
    ["joiners between Latin letters", "pay\u200dme\u200cnts", "payments"],
    ["a grapheme joiner", "a\u034fb", "ab"],
    ["fillers of Hangul", "a\u115f\u1160\u3164\uffa0b", "ab"],
    ["vowels that are none", "a\u17b4\u17b5b", "ab"],
    ["invisible operators", "a\u2061\u2062\u2063\u2064b", "ab"],
    ["variants of Latin letters", "a\ufe0fb\ufe00c\u{e0100}", "abc"],
    ["tags outside of a flag", "a\u{e0041}\u{e0042}\u{e007f}b", "ab"],
    ["signs of music", "a\u{1d173}\u{1d17a}b", "ab"],
    ["a selector of Mongolian elsewhere", "a\u180b\u180eb", "ab"],
    ["a flood of marks", `a${"\u0301".repeat(200)}b`, `a${"\u0301".repeat(4)}b`],
  ])("%s", (_, text, read) => expect(line(text, 1_000)).toBe(read));
});

describe("what a script or a picture needs stays", () => {
  test.each([
    ["Persian", "می‌خواهم"],
    ["Hindi", "क्‍ष"],
    ["Malayalam", "ന്‍"],
    ["Mongolian", "ᠠ\u180b ᠮᠣᠩᠭᠣᠯ\u180eᠠ"],
    ["a Japanese name", "葛\u{e0100}飾"],
    ["Hebrew with points", "שָׁלוֹם"],
    ["Vietnamese", "Lỗi máy chủ".normalize("NFD")],
    ["Thai", "เซิร์ฟเวอร์"],
    ["a family", "👩‍👩‍👧‍👦"],
    ["a profession with a colour", "👩🏽‍🚒"],
    ["a heart on fire", "❤️‍🔥"],
    ["a keycap", "1️⃣"],
    ["a sign as text", "☎︎"],
    ["the flag of England", "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}"],
  ])("%s", (_, text) => expect(line(text, 1_000)).toBe(text));
});

describe("JSON for a terminal", () => {
  const nested = fc.array(fc.tuple(anything, fc.record({ title: anything })));

  test("says the same, and shows a terminal nothing that acts or hides", () => {
    fc.assert(
      fc.property(nested, (value) => {
        const printed = printableJson(value);
        expect(JSON.parse(printed)).toEqual(value);
        expect(printed).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u);
      }),
    );
  });

  test("writes each such character as its number", () => {
    expect(printableJson({ title: "a\u009b2J\u202e\u{e0041}é" })).toBe(
      '{"title":"a\\u009b2J\\u202e\\udb40\\udc41é"}',
    );
  });
});
