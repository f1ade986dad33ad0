// Our cards as Microsoft's own renderer draws them: by its judgement they are right, and nothing of what somebody wrote into
// an alert, a name or a report is alive in them.
import { createRequire } from "node:module";
import { join } from "node:path";
import fc from "fast-check";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { accessibilityProblems, aViewer, browserMissing } from "../support/browser.ts";
import { address, everyCard } from "../wording/cards/all-cards.ts";
import { outside, spiteful } from "../wording/cards/outside.ts";

const renderer = createRequire(import.meta.url).resolve("adaptivecards/dist/adaptivecards.min.js");
const drawing = join(import.meta.dirname, "../support/draw-cards.js");

type Cards = ReturnType<typeof everyCard>;
interface Drawing {
  drawCards(cards: Cards): { readonly wrong: readonly string[]; readonly read: readonly string[] };
  pressOn(card: object, titles: readonly string[], typed: string): readonly unknown[];
}

const draw = (page: Page, cards: Cards) =>
  page.evaluate((given) => (globalThis as unknown as Drawing).drawCards(given), cards);

const friendly = {
  title: "No sales",
  service: "Checkout",
  name: "Ada",
  words: "Nobody can pay",
  severity: "critical",
  drill: true,
  people: 1,
} as const;

/** Words of ours, and the only ones that may be read as markup. */
const ours = new Set(["Sensitive: only those who work on it may read of it"]);

describe.skipIf(browserMissing)("of 100 hostile incidents, every card", () => {
  const viewer = aViewer();
  const aRenderer = async (): Promise<Page> => {
    const { page } = await viewer.open("about:blank");
    await page.addScriptTag({ path: renderer });
    await page.addScriptTag({ path: drawing });
    return page;
  };

  test("is drawn without a complaint, and without anything alive in it", { timeout: 120_000 }, async () => {
    const page = await aRenderer();
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    const everywhere = spiteful.map((text) => ({
      ...friendly,
      title: text,
      service: text,
      name: text,
      words: text,
    }));
    for (const incident of [...fc.sample(outside, { numRuns: 100, seed: 4 }), ...everywhere]) {
      const { wrong, read } = await draw(page, everyCard(incident));
      expect(wrong).toEqual([]);
      expect(read.filter((text) => !ours.has(text))).toEqual([]);
    }
    expect(requests).toEqual([]);
  });

  test("sends what was pressed and filled in, and leads to the command post alone", async () => {
    const page = await aRenderer();
    const card = new Map(everyCard(friendly)).get("incident declared") ?? {};
    const sent = await page.evaluate(
      (given) =>
        (globalThis as unknown as Drawing).pressOn(given, ["Report", "Report", "Command post"], "It is slow"),
      card,
    );
    const incident = "01K8ZXAMPLE0000000000000AB";
    expect(sent).toEqual([
      {
        verb: "report",
        data: { verb: "report", incident, conditions: "It is slow" },
      },
      { url: address },
    ]);
  });

  test("can be used by those who do not see it", async () => {
    const page = await aRenderer();
    await page.evaluate("document.title = 'Cards'; document.documentElement.lang = 'en'");
    const kinds = /^(page (open|yours|taken)|incident (declared|redacted)|answer|list|help|form$)/;
    for (const each of everyCard(friendly).filter(([name]) => kinds.test(name))) {
      await draw(page, [each]);
      expect(await accessibilityProblems(page), each[0]).toEqual([]);
    }
  });
});
