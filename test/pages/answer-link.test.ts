// The page behind a link, in a real browser on a small phone: by day and by night, and whatever monitoring wrote.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { quoted } from "../../functions/core/quoted.ts";
import { accessibilityProblems, aViewer, browserMissing, overflow } from "../support/browser.ts";
import { linkOn } from "../support/links.ts";
import { aWorld, phones, type World } from "../support/world.ts";

const small = { viewport: { width: 360, height: 640 }, javaScriptEnabled: false } as const;
const outage = { title: "Payments time out", service: "checkout", severity: "critical" };

/** What a hostile or careless sender may write; the number makes each an incident of its own. */
const attacks = [
  "<script>document.title='owned'</script>",
  "</title><script>document.title='owned'</script>",
  "</style><img src=x onerror=\"document.title='owned'\">",
  '"><svg onload="document.title=\'owned\'">',
  "'><form action=https://evil.example><input name=order>",
  '<base href="https://evil.example/"><meta http-equiv=refresh content="0;url=https://evil.example">',
  "&lt;b&gt; &amp; &#x3c;script&#x3e;",
  "`${document.title='owned'}`",
  "<!-- --><plaintext>",
  "W".repeat(300),
];

describe.skipIf(browserMissing)("the page behind a link", { timeout: 60_000 }, () => {
  const viewer = aViewer();
  let world: World;

  beforeAll(async () => {
    world = await aWorld();
    world.fail({ kind: "html", status: 503, times: 100_000 });
  });
  afterAll(() => world?.end());

  test("is read out well, fits a small phone, and has buttons for a thumb", async () => {
    await world.alert(outage);
    for (const colorScheme of ["light", "dark"] as const) {
      const { page, troubles } = await viewer.open(linkOn(world, phones.ada), {
        viewport: small.viewport,
        colorScheme,
      });
      expect(await accessibilityProblems(page)).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      const heights = await page
        .locator("button")
        .evaluateAll((all) => all.map((each) => (each as unknown as { offsetHeight: number }).offsetHeight));
      expect(heights).toHaveLength(3);
      for (const height of heights) expect(height).toBeGreaterThanOrEqual(44);
      expect(troubles).toEqual([]);
    }
  });

  test("works without a script: a button says what it did", async () => {
    const { page } = await viewer.open(linkOn(world, phones.ada), small);
    await page.getByRole("button", { name: "I have it" }).click();
    expect(await page.getByRole("status").innerText()).toBe("You have it.");
    expect(await page.locator("dl").innerText()).toContain("You have it.");
    await world.rest();
    const incident = await world.theIncident();
    expect(incident.owner?.id).toBe("ada");
    await world.order(incident.id, "resolve");
  });

  test("of a link that is not valid can be read as well", async () => {
    const { page } = await viewer.open(`${world.url}/a/forged`, {
      viewport: small.viewport,
      colorScheme: "dark",
    });
    expect(await page.getByRole("heading").innerText()).toBe("This link is not valid");
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });

  test("shows a hundred hostile titles as the text that they are", async () => {
    const { page, troubles } = await viewer.open("about:blank", { viewport: small.viewport });
    const elsewhere: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(world.url)) elsewhere.push(request.url());
    });
    for (let n = 0; n < 100; n++) {
      const title = `${n} ${attacks[n % attacks.length]}`;
      await world.alert({
        ...outage,
        title,
        dedup_key: `attack-${n}`,
        severity: "critical",
        service: `s${n}`,
      });
      await page.goto(linkOn(world, phones.ada));
      expect(await page.title()).not.toBe("owned");
      const shown = await page.locator(".what").innerText();
      if (n % attacks.length < 9) expect(shown).toBe(quoted(title));
      expect(await page.locator("main > form").count()).toBe(1);
      expect(await page.locator("script, img, svg, base, iframe").count()).toBe(0);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      await world.order((await world.theIncident()).id, "resolve");
    }
    expect(elsewhere).toEqual([]);
    expect(troubles).toEqual([]);
  });
});
