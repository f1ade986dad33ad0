// Nights in Teams as they are seen: the whole hub as it runs on one machine, and each person at a window of their own.
import { mkdirSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { incidentsChannel } from "../../infra/local/simulator/chat/account.ts";
import { actionsOf } from "../../infra/local/simulator/chat/cards.ts";
import { accessibilityProblems, aViewer, browserMissing, overflow } from "../support/browser.ts";
import { aRealHub, type RealHub } from "../support/real-hub.ts";
import { ada, linus } from "../support/teams-cards.ts";
import { type Seen, wholeSample } from "../support/world.ts";

/** Both are asked at once. */
const config = wholeSample().replace(
  /levels:\n +- \{ page: \[ada\], within: 5m \}\n.*\n/,
  "levels:\n      - { page: [ada, linus], within: 5m }\n",
);
const outage = { title: "Payments time out in 4 of 5 tries", service: "checkout", severity: "critical" };
const shots = process.env["MUSTER_SCREENSHOTS"];

describe.skipIf(browserMissing)("a night in Teams", { timeout: 60_000 }, () => {
  const viewer = aViewer();
  let real: RealHub;
  beforeEach(async () => {
    real = await aRealHub(config);
  });
  afterEach(() => real.close());

  const open = async (as: string, conversation?: string, options = {}) => {
    const address = new URLSearchParams({ as, ...(conversation !== undefined && { in: conversation }) });
    const window = await viewer.open(`${real.hub.url}/simulator/teams#${address.toString()}`, options);
    window.page.setDefaultTimeout(15_000);
    return window;
  };
  const alert = async (about: object = outage) => {
    const address = `${real.hub.url}/alerts/anything/demo-anything-key-0001`;
    const headers = { "content-type": "application/json" };
    const { status } = await fetch(address, { method: "POST", headers, body: JSON.stringify(about) });
    expect(status).toBe(202);
  };
  const offers = (who: string): readonly string[] =>
    actionsOf(real.chat.user(who).newestCard()?.card ?? {}).flatMap(({ title }) => title ?? []);
  const get = async <Body>(path: string): Promise<Body> =>
    (await (await fetch(real.hub.url + path)).json()) as Body;
  const theIncident = async (): Promise<Pick<Seen, "id" | "owner">> => {
    const { incidents } = await get<{ incidents: readonly { id: string }[] }>("/api/incidents");
    expect(incidents).toHaveLength(1);
    return get(`/api/incidents/${incidents[0]?.id}`);
  };
  const shoot = async (page: Page, name: string) => {
    if (shots === undefined) return;
    mkdirSync(shots, { recursive: true });
    await page.screenshot({ path: `${shots}/night-${name}.png`, fullPage: true });
  };
  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).last();
  const says = async (page: Page, text: string) => {
    await page.getByLabel("Message to Muster").fill(text);
    await page.getByLabel("Message to Muster").press("Enter");
  };

  test.each(["light", "dark"] as const)(
    "one presses Acknowledge, the other's card changes by itself, and whoever pressed too late reads who has it: %s",
    async (colorScheme) => {
      const hers = await open(ada, undefined, { colorScheme });
      const his = await open(linus, undefined, { colorScheme });
      const late = await open(linus, undefined, { colorScheme });
      for (const { page } of [hers, his, late]) await page.getByText("Type “help”").first().waitFor();
      const sleep = await keptFromNews(late.page);
      await alert();
      for (const { page } of [hers, his, late]) await button(page, "Acknowledge").waitFor();
      await shoot(hers.page, `paged-${colorScheme}`);
      const loaded = await his.page.evaluate<number>("performance.timeOrigin");
      const wake = sleep();

      await button(hers.page, "Acknowledge").click();
      await hers.page.getByText("You have it.", { exact: false }).first().waitFor();
      await his.page.getByText("Ada Okafor has it. There is nothing for you to do.").waitFor();
      expect(await his.page.evaluate<number>("performance.timeOrigin")).toBe(loaded);
      expect(await his.page.getByRole("button", { name: "Acknowledge" }).count()).toBe(0);
      expect(offers(linus)).toEqual(["Command post"]);
      await shoot(his.page, `released-${colorScheme}`);

      // This window was asleep meanwhile, and shows what was.
      expect(await late.page.getByText("Ada Okafor has it").count()).toBe(0);
      const pressed = late.page.waitForResponse((response) => response.url().includes("/presses"));
      await button(late.page, "Acknowledge").click();
      await pressed;
      wake();
      await late.page.getByText("Ada Okafor has it already. Nothing changed.").waitFor();
      await shoot(late.page, `too-late-${colorScheme}`);
      expect((await theIncident()).owner?.id).toBe("ada");

      for (const { page, troubles } of [hers, his, late]) {
        expect(troubles).toEqual([]);
        expect(await accessibilityProblems(page)).toEqual([]);
        expect(await overflow(page)).toBe(0);
      }
      const post = await viewer.open(`${real.hub.url}/incidents/${(await theIncident()).id}`, {
        colorScheme,
      });
      await post.page.getByText("Ada Okafor has it.").first().waitFor();
      await shoot(post.page, `command-post-${colorScheme}`);
    },
  );

  test("whatever is typed is answered: help, how it stands, yes, and when one is there; what is not understood gets the help", async () => {
    const { page, troubles } = await open(linus);
    await says(page, "help");
    await page.getByText("This is what I understand.").waitFor();
    await says(page, "status");
    await page.getByText("No incident is open.").waitFor();
    await says(page, "make me a sandwich");
    await page.getByText("I did not understand that, and changed nothing.").waitFor();
    await alert();
    await button(page, "Acknowledge").waitFor();
    await says(page, "status");
    await page.getByText("Open incidents").last().waitFor();
    await page.getByRole("button", { name: "Show" }).click();
    await page.getByText("Nobody has it yet.").waitFor();
    await says(page, "ack");
    await page.getByText(/You have it\. One other stood down\./i).waitFor();
    await says(page, "in 20");
    await page.getByText("expected in 20 minutes", { exact: false }).first().waitFor();
    await shoot(page, "typed");
    expect((await theIncident()).owner?.id).toBe("linus");
    expect(troubles).toEqual([]);
  });

  test("in the incident's thread the bot answers whoever names it, about this incident; and it is declared by its card's form", async () => {
    await alert();
    const { page, troubles } = await open(ada, incidentsChannel);
    await page.getByText("Nobody has it yet.").waitFor();
    await page.getByText("Reply", { exact: true }).first().click();
    const reply = page.getByLabel("Reply in this thread");
    await reply.fill("ack");
    await reply.press("Enter");
    await page.getByText("Ada Okafor: You have it.", { exact: false }).waitFor();
    await page.getByText("Has it: ").waitFor();
    expect((await theIncident()).owner?.id).toBe("ada");
    await shoot(page, "thread");

    await page.getByRole("button", { name: "Declare" }).first().click();
    await page.getByLabel("What is it, in one sentence").fill("Nobody can pay");
    await page.getByRole("button", { name: "Declare" }).last().click();
    await page.getByText("Declared", { exact: false }).first().waitFor();
    await page.getByText("Nobody can pay").first().waitFor();
    await shoot(page, "declared");
    expect(troubles).toEqual([]);
  });

  test("what an alert says stays text in every window: no tag lives, no link leads elsewhere", async () => {
    const title =
      '<img src=x onerror="document.title=1"> <script>alert(1)</script> [pay](https://evil.example/) https://evil.example/x <at>everyone</at>';
    const hers = await open(ada);
    const foreign: string[] = [];
    const his = await open(linus, incidentsChannel);
    for (const { page } of [hers, his])
      page.on("request", (request) => {
        if (!request.url().startsWith(real.hub.url)) foreign.push(request.url());
      });
    await alert({ ...outage, title });
    await button(hers.page, "Acknowledge").waitFor();
    await his.page.getByText("Nobody has it yet.").waitFor();
    expect(await hers.page.getByText("<img src=x", { exact: false }).first().isVisible()).toBe(true);
    await shoot(hers.page, "hostile-chat");
    await shoot(his.page, "hostile-channel");
    await button(hers.page, "Acknowledge").click();
    await hers.page.getByText("You have it.", { exact: false }).first().waitFor();
    await his.page.getByText("Has it: ").waitFor();
    for (const { page, troubles } of [hers, his]) {
      expect(await liveIn(page)).toEqual([]);
      expect(troubles).toEqual([]);
    }
    expect(foreign).toEqual([]);
    const said = [
      incidentsChannel,
      real.chat.user(ada).conversation,
      real.chat.user(linus).conversation,
    ].flatMap((place) => real.chat.said(place));
    expect(JSON.stringify(said)).not.toContain("evil.example");
    const links = said.flatMap(({ card }) => actionsOf(card ?? {})).flatMap(({ url }) => url ?? []);
    expect(links.filter((url) => !url.startsWith(`${real.hub.url}/`))).toEqual([]);
    expect(links).not.toEqual([]);
    await hers.page.goto(
      `${real.hub.url}/simulator/teams#${new URLSearchParams({ as: ada, in: incidentsChannel }).toString()}`,
    );
    await button(hers.page, "Declare").waitFor();
    expect(await liveIn(hers.page)).toEqual([]);
  });
});

/** From when the answer is called the window hears nothing new, until what that answers is called. */
async function keptFromNews(page: Page): Promise<() => () => void> {
  let last: { body: Buffer; status: number } | undefined;
  let isAsleep = false;
  await page.route("**/simulator/chat/view?*", async (route) => {
    if (isAsleep && last !== undefined) return route.fulfill({ ...last, contentType: "application/json" });
    const response = await route.fetch();
    last = { body: await response.body(), status: response.status() };
    return route.fulfill({ response });
  });
  return () => {
    isAsleep = true;
    return () => {
      isAsleep = false;
    };
  };
}

/** What would do something or lead somewhere, in the page's own text and in every card. */
const liveIn = (page: Page): Promise<readonly string[]> =>
  page.evaluate<readonly string[]>(`
    [...document.querySelectorAll("main, adaptive-card")].flatMap((each) =>
      [...(each.shadowRoot ?? each).querySelectorAll("img, script, iframe, object, embed, svg, a")].map((one) => one.outerHTML))
  `);
