// A real browser for the pages: Debian's Chromium, driven by playwright-core.
import { existsSync } from "node:fs";
import { source as axeSource } from "axe-core";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Frame,
  type Page,
} from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";

const executablePath = "/usr/bin/chromium";
const install = "apt-get install chromium";
const required = (process.env["MUSTER_REQUIRE"] ?? "").split(",").includes("chromium");

/** Where it is missing: the tests of pages are skipped, loudly, or fail if it was required. */
export const browserMissing = !existsSync(executablePath);
if (browserMissing) {
  const what = `the pages are not tested: no Chromium at ${executablePath} (${install})`;
  if (required) throw new Error(`MUSTER_REQUIRE names chromium, but ${what}`);
  console.warn(`SKIPPED: ${what}`);
}

export interface Viewer {
  /** A window of its own, closed after the test; whatever it logs as an error is in `troubles`. */
  open(url: string, options?: BrowserContextOptions): Promise<{ page: Page; troubles: string[] }>;
}

/** One browser for a test file. */
export function aViewer(): Viewer {
  let browser: Browser;
  const opened: BrowserContext[] = [];
  beforeAll(async () => {
    if (browserMissing) return;
    browser = await chromium.launch({
      executablePath,
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    });
  }, 60_000);
  // A page left open would go on polling and slow down all that follow.
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((context) => context.close()));
  });
  afterAll(() => browser?.close());
  return {
    async open(url, options = {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      opened.push(context);
      const page = await context.newPage();
      const troubles: string[] = [];
      page.on("pageerror", (error) => troubles.push(error.message));
      page.on("console", (message) => {
        if (message.type() === "error" && !/Failed to load resource/.test(message.text()))
          troubles.push(message.text());
      });
      await page.goto(url);
      return { page, troubles };
    },
  };
}

/** What axe-core finds wrong, in words that name the element. */
export async function accessibilityProblems(page: Page | Frame): Promise<readonly string[]> {
  // Evaluated from outside, because the page's own policy lets no script in.
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(): Promise<{
          violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[];
        }>;
      };
    };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(
        ({ html, failureSummary }) => `${id}: ${help}: ${html.slice(0, 160)} ${failureSummary ?? ""}`,
      ),
    );
  });
}

/** From now on: milliseconds of the processor that the page's own thread took, which is not more where others take turns. */
export async function workOf(page: Page): Promise<() => Promise<number>> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send("Performance.enable", { timeDomain: "threadTicks" });
  const taken = async (): Promise<number> => {
    const { metrics } = await devTools.send("Performance.getMetrics");
    const tasks = metrics.find(({ name }) => name === "TaskDuration");
    if (tasks === undefined) throw new Error("The browser does not say how long its tasks took");
    return tasks.value * 1000;
  };
  const before = await taken();
  return async () => (await taken()) - before;
}

/** How far the page is wider than its window: more than nothing is a sideways scroll. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
