// Words in other alphabets are spoken by a voice that knows them; the rest of a sentence stays with its own.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inLanguages, isSpoken } from "../../../functions/core/voice/languages.ts";
import { spoken, spokenByOne } from "../../../functions/wording/speakable.ts";

const runs = (text: string) => inLanguages(text, "en-US").map((run) => `${run.language}: ${run.text}`);

describe("a text is cut where its alphabet changes", () => {
  test.each([
    ["Checkout, critical: no sales.", ["en-US: Checkout, critical: no sales."]],
    ["Zürich, Łódź, naïve", ["en-US: Zürich, Łódź, naïve"]],
    ["critical: Сервер 2. Press 4.", ["en-US: critical: ", "ru-RU: Сервер 2. ", "en-US: Press 4."]],
    ["Сервіс не відповідає", ["uk-UA: Сервіс не відповідає"]],
    ["Ο διακομιστής έπεσε", ["el-GR: Ο διακομιστής έπεσε"]],
    ["latency 20 μ s, Δ of 3", ["en-US: latency 20 μ s, Δ of 3"]],
    ["サーバーが応答しません 大阪", ["ja-JP: サーバーが応答しません 大阪"]],
    ["大阪", ["cmn-CN: 大阪"]],
    ["서버가 응답하지 않습니다", ["ko-KR: 서버가 응답하지 않습니다"]],
    ["שרת api-1 נפל", ["he-IL: שרת ", "en-US: api-1 ", "he-IL: נפל"]],
    ["الخادم لا يستجيب", ["ar-XA: الخادم لا يستجيب"]],
    ["सर्वर बंद है", ["hi-IN: सर्वर बंद है"]],
    ["เซิร์ฟเวอร์ล่ม", ["th-TH: เซิร์ฟเวอร์ล่ม"]],
  ])("%s", (text, expected) => {
    expect(runs(text)).toEqual(expected);
  });

  test("nothing is lost or moved, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
        expect(
          inLanguages(text, "en-US")
            .map((run) => run.text)
            .join(""),
        ).toBe(text);
      }),
    );
  });
});

describe("what no voice speaks is said to be there", () => {
  const unheard = "words in another alphabet that stand in the text message";

  test.each([
    ["სერვერი არ პასუხობს", unheard],
    ["Checkout სერვერი 2", `Checkout ${unheard} 2`],
    ["Сервер оплаты", "Сервер оплаты"],
  ])("%s", (text, heard) => expect(spoken(text, 100)).toBe(heard));

  test("one voice alone speaks Latin letters only", () => {
    expect(spokenByOne("Сервер оплаты не отвечает", 100)).toBe(unheard);
    expect(spokenByOne("Zürich 大阪 down", 100)).toBe(`Zürich ${unheard} down`);
  });

  test("every letter that is spoken has a voice of its own script", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 100 }), (text) => {
        for (const letter of spokenByOne(text, 100)) expect(isSpoken(letter, false)).toBe(true);
      }),
    );
  });
});
