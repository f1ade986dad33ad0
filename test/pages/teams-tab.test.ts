// The command post as a tab in Teams, in a window of its own, and in the frame of somebody who is not Teams: the same page,
// there within four seconds, by whom it is looked at as the host says.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { accessibilityProblems, aViewer, browserMissing } from "../support/browser.ts";
import { type AHub, aHub } from "./a-hub.ts";
import { aNight, checkoutDown } from "./incidents.ts";

const ada = "ada@brightwater.example";
// By the clock on the wall, so that a machine with much else to do may try again.
const withinFour = { timeout: 4000 };

describe.skipIf(browserMissing)("the command post and Teams", { timeout: 60_000, retry: 2 }, () => {
  const viewer = aViewer();
  let hub: AHub;
  /** A page of somebody else around ours, who knows nothing of Teams. */
  let foreign: Server;

  beforeAll(async () => {
    hub = await aHub();
    foreign = createServer((request, response) => {
      response.writeHead(200, { "content-type": "text/html" });
      response.end(
        `<!doctype html><html lang="en"><title>Somebody else</title><iframe id="tab" title="The tab" src="${hub.url}${request.url}" width="1000" height="700"></iframe></html>`,
      );
    });
    await new Promise<void>((listening) => foreign.listen(0, "127.0.0.1", listening));
  });
  afterAll(async () => {
    await hub?.close();
    foreign?.closeAllConnections();
    foreign?.close();
  });
  beforeEach(() => {
    hub.incidents = new Map([["01JCHECKOUT", checkoutDown()]]);
    hub.list = aNight();
    hub.commands.length = 0;
    hub.token = undefined;
  });

  /** What the library sends out for is not to be waited for, nor to be asked of the world. */
  async function inTeams(query: Readonly<Record<string, string>> = {}) {
    const opened = await viewer.open(
      `${hub.url}/simulator/teams/tab?${new URLSearchParams({ who: ada, ...query }).toString()}`,
    );
    return { ...opened, tab: opened.page.frameLocator("#tab") };
  }
  const themeOf = (tab: FrameLocator) =>
    tab.locator("html").evaluate((root) => {
      // The names are the browser's, and unknown here.
      const { getComputedStyle } = globalThis as unknown as {
        getComputedStyle: (element: unknown) => { readonly backgroundColor: string };
      };
      const { dataset } = root as unknown as { readonly dataset: { readonly theme?: string } };
      return { name: dataset.theme, ground: getComputedStyle(root).backgroundColor };
    });
  /** Of the tab, and of the page that stands in for Teams: one after the other, for they speak to each other. */
  async function problems(page: Page) {
    const found: string[] = [];
    for (const frame of page.frames().toReversed()) found.push(...(await accessibilityProblems(frame)));
    return found;
  }
  const asked = (page: Page) => page.locator("#asked li").allInnerTexts();

  test("in a window of its own it is there at once, and loads nothing of Teams", async () => {
    const loaded: string[] = [];
    const { page, troubles } = await viewer.open("about:blank");
    page.on("request", (request) => loaded.push(request.url()));
    await page.goto(hub.url);
    await page.getByRole("link", { name: /Checkout: 38%/ }).waitFor(withinFour);
    expect(loaded.filter((url) => /teams-client|office\.net/.test(url))).toEqual([]);
    expect(await page.locator("#share").isHidden()).toBe(true);
    expect(troubles).toEqual([]);
  });

  test("in the frame of somebody who is not Teams it is there within four seconds, and waits for nobody", async () => {
    const { page, troubles } = await viewer.open(
      `http://127.0.0.1:${(foreign.address() as AddressInfo).port}/`,
    );
    const tab = page.frameLocator("#tab");
    await tab.getByRole("link", { name: /Checkout: 38%/ }).waitFor(withinFour);
    expect(await themeOf(tab)).toMatchObject({ name: undefined });
    expect(troubles).toEqual([]);
  });

  test("a window of its own that an address calls a tab is there as quickly", async () => {
    const { page } = await viewer.open(`${hub.url}/?teams`);
    await page.getByRole("link", { name: /Checkout: 38%/ }).waitFor(withinFour);
  });

  test("inside Teams whoever looks is whom Teams says, for orders as well", async () => {
    hub.token = ada;
    const { page, tab, troubles } = await inTeams();
    await tab.getByRole("link", { name: /Checkout: 38%/ }).click(withinFour);
    await tab.getByRole("button", { name: "Acknowledge" }).click();
    await tab.getByText("Acknowledged.").first().waitFor();
    expect(hub.commands).toMatchObject([{ id: "01JCHECKOUT", type: "acknowledge" }]);
    expect((await asked(page)).map((line) => line.split(" ")[0])).toEqual(
      expect.arrayContaining(["initialize", "appInitialization.appLoaded", "appInitialization.success"]),
    );
    expect(troubles).toEqual([]);
  });

  test("a token that is not taken any more is asked for anew, once, and nobody notices", async () => {
    hub.token = ada;
    const { page, tab } = await inTeams();
    await tab.getByRole("link", { name: /Checkout: 38%/ }).waitFor(withinFour);
    hub.token = "grace@brightwater.example";
    await page.getByLabel("Who looks").fill(hub.token);
    const before = hub.answers[304] ?? 0;
    await expect.poll(() => hub.answers[304] ?? 0, { timeout: 15_000 }).toBeGreaterThan(before + 1);
    expect((await asked(page)).filter((line) => line.includes("getAuthToken"))).toHaveLength(2);
    expect(await tab.getByText("You are signed out").count()).toBe(0);
  });

  test("a hub that takes no token of Teams is told of once, not in circles", async () => {
    hub.token = "another";
    const { page, tab } = await inTeams();
    await tab.getByText("the hub does not take this sign-in").waitFor();
    expect((await asked(page)).filter((line) => line.includes("getAuthToken"))).toHaveLength(2);
  });

  test.each([
    ["default", "light", "rgb(243, 245, 247)"],
    ["dark", "light", "rgb(14, 20, 26)"],
    ["contrast", "light", "rgb(0, 0, 0)"],
    ["default", "dark", "rgb(243, 245, 247)"],
  ] as const)(
    "it wears the theme %s of Teams on a machine that is set to %s, and can be read in it",
    async (theme, machine, ground) => {
      const { page, tab } = await inTeams({ theme, incident: "01JCHECKOUT" });
      await page.emulateMedia({ colorScheme: machine });
      await tab.getByText("Nobody has it yet.").waitFor(withinFour);
      expect(await themeOf(tab)).toEqual({ name: theme, ground });
      expect(await problems(page)).toEqual([]);
      const shots = process.env["MUSTER_SHOTS"];
      if (shots !== undefined)
        await page.screenshot({ path: `${shots}/tab-${theme}-${machine}.png`, fullPage: true });
    },
  );

  test("a change of Teams' theme is followed at once, and an unknown one is light", async () => {
    const { page, tab } = await inTeams();
    await tab.getByRole("link", { name: /Checkout: 38%/ }).waitFor(withinFour);
    for (const theme of ["contrast", "dark", "default"]) {
      await page.getByLabel("Theme").selectOption(theme);
      await expect.poll(async () => (await themeOf(tab)).name).toBe(theme);
    }
  });

  test("a link to an incident opens it, in a tab that is closed and in one that is open", async () => {
    const { page, tab } = await inTeams({ incident: "01JCHECKOUT" });
    await tab.getByText("Nobody has it yet.").waitFor(withinFour);
    await tab.getByRole("link", { name: "All incidents" }).click();
    await tab.getByRole("link", { name: /Checkout: 38%/ }).waitFor();
    await page.getByRole("button", { name: "Follow the link" }).click();
    await tab.getByText("Nobody has it yet.").waitFor();
  });

  test("a link that names anything but an incident leads nowhere else", async () => {
    const { tab } = await inTeams({ incident: "../../simulator/phones?<img src=x>" });
    await tab.getByText("Nothing here by that name").waitFor(withinFour);
  });

  test("an incident's link is handed to Teams, and a channel's tab leads to the person's own app", async () => {
    const { page, tab } = await inTeams({ incident: "01JCHECKOUT", place: "channel" });
    await tab.getByRole("button", { name: "Share" }).click(withinFour);
    await tab.getByRole("button", { name: "Open in Muster" }).click();
    await page.getByText(/pages.navigateToApp .*"subPageId":"01JCHECKOUT"/).waitFor();
    const shared = (await asked(page)).find((line) => line.startsWith("shareDeepLink"));
    expect(shared).toContain(`"01JCHECKOUT","(!) Checkout: 38%`);
    expect(shared).toContain(`"${hub.url}/incidents/01JCHECKOUT"`);
    await tab.getByRole("link", { name: "All incidents" }).click();
    await tab.getByRole("button", { name: "Share" }).waitFor({ state: "hidden" });
  });

  test("on a phone all of it fits, with every button that Teams adds", async () => {
    const { page } = await viewer.open("about:blank", { viewport: { width: 360, height: 740 } });
    await page.goto(`${hub.url}/simulator/teams/tab?place=channel&incident=01JCHECKOUT`);
    const tab = page.frameLocator("#tab");
    await tab.getByRole("button", { name: "Open in Muster" }).waitFor();
    await tab.getByText("Nobody has it yet.").waitFor();
    for (const frame of page.frames())
      expect(
        await frame.evaluate<number>(
          "document.documentElement.scrollWidth - document.documentElement.clientWidth",
        ),
        frame.url(),
      ).toBeLessThanOrEqual(0);
  });

  test("a host that never says who looks does not hang the page: it says what it waits for, and a way out", async () => {
    const { page, tab } = await inTeams({ token: "silent" });
    await tab.getByText("Teams is asked who you are").waitFor(withinFour);
    const own = page.context().waitForEvent("page");
    await tab.getByRole("button", { name: "Open in a window of its own" }).click();
    await (await own).getByRole("link", { name: /Checkout: 38%/ }).waitFor();
  });

  test("a host that never answers at all is nobody's host", async () => {
    const { tab } = await inTeams({ host: "silent" });
    await tab.getByRole("link", { name: /Checkout: 38%/ }).waitFor(withinFour);
  });

  test("a host that keeps its context to itself still signs in", async () => {
    hub.token = ada;
    const { tab } = await inTeams({ host: "no-context" });
    await tab.getByRole("link", { name: /Checkout: 38%/ }).waitFor(withinFour);
  });

  test.each([
    ["consent_required", "Ask your administrator to consent for everybody"],
    ["CancelledByUser", "You have not let Teams sign you in"],
  ])("a sign-in that Teams refuses with %s is told in words, with a way out", async (token, words) => {
    const { page, tab } = await inTeams({ token });
    await tab.getByText(words).waitFor(withinFour);
    await tab.getByRole("button", { name: "Open in a window of its own" }).waitFor();
    expect(await problems(page)).toEqual([]);
  });

  test("added to a channel it asks nothing, and tells Teams where the tab is", async () => {
    const { page, tab } = await inTeams({ place: "settings" });
    await tab.getByText("Muster in this channel").waitFor(withinFour);
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("settings.save.success").waitFor();
    const saved = (await asked(page)).find((line) => line.startsWith("settings.setSettings"));
    expect(saved).toContain(`"contentUrl":"${hub.url}/?teams"`);
  });

  test("the page of a tab's settings is of no use anywhere else, and says so", async () => {
    const { page } = await viewer.open(`${hub.url}/?configure`);
    await page.getByText("This page is for Teams").waitFor(withinFour);
  });
});
