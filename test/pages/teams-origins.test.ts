// The tab where it really stands: behind https, in a frame whose origin is Teams' own, signed in by tokens that end. The
// browser is told that our name and Microsoft's are this machine.
import type { BrowserContext } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { simulatedTab, tabPath } from "../../infra/local/simulator/tab/tab.ts";
import { aViewer, browserMissing } from "../support/browser.ts";
import { type AHub, aHub } from "./a-hub.ts";
import { aNight } from "./incidents.ts";

const post = "https://muster.brightwater.example";
const teams = "https://teams.microsoft.com";
const tenant = "6f0c1f6e-0000-4000-8000-74656e616e74";

const segment = (claims: unknown) => Buffer.from(JSON.stringify(claims)).toString("base64url");
const aToken = (name: string, endsAt: number) =>
  `e30.${segment({ preferred_username: name, exp: Math.floor(endsAt / 1000) })}.x`;
const minutes = 60_000;

/** Teams' half of the handshake is the stand-in's; the document around it is the frame and nothing more. */
const around = (framed: string) => `<!doctype html><html lang="en"><title>Around</title>
  <iframe id="tab" title="The tab" width="1000" height="700"></iframe>
  <script type="module">
    const frame = document.getElementById("tab");
    globalThis.scene = { theme: "dark", who: "", incident: "", place: "personal", token: "given", host: "answers" };
    globalThis.asked = [];
    ${
      framed === teams
        ? `import { teamsAround } from "${tabPath}/assets/host.js";
    teamsAround(frame, () => scene, ({ func }) => asked.push(func));`
        : ""
    }
    scene.who = new URLSearchParams(location.search).get("token");
    frame.src = "${post}/?teams";
  </script>`;

describe.skipIf(browserMissing)("the tab in a frame of", { timeout: 60_000, retry: 2 }, () => {
  const viewer = aViewer();
  let hub: AHub;

  beforeAll(async () => {
    hub = await aHub({
      mode: "oidc",
      issuer: `https://login.microsoftonline.com/${tenant}/v2.0`,
      clientId: "muster",
      scopes: "openid",
      teamsTab: "6f0c1f6e-1111-4222-8333-444455556666",
    });
    hub.list = aNight();
  });
  afterAll(() => hub?.close());
  beforeEach(() => {
    hub.token = undefined;
  });
  const pretending: BrowserContext[] = [];
  // Before the window closes: the tab asks to the last.
  afterEach(() =>
    Promise.all(pretending.splice(0).map((one) => one.unrouteAll({ behavior: "ignoreErrors" }))),
  );

  async function pretend(context: BrowserContext): Promise<string[]> {
    const outside: string[] = [];
    pretending.push(context);
    await context.route(/^https:/, async (route) => {
      const url = new URL(route.request().url());
      if (url.origin === post) {
        const response = await route.fetch({ url: `${hub.url}${url.pathname}${url.search}` });
        return route.fulfill({ response });
      }
      if (url.host === "res.cdn.office.net") {
        outside.push(url.href);
        return route.abort();
      }
      const file = url.origin === teams ? simulatedTab(url.pathname) : undefined;
      if (file !== undefined) return route.fulfill({ headers: { ...file.headers }, body: file.body });
      return route.fulfill({ contentType: "text/html", body: around(url.origin) });
    });
    return outside;
  }

  async function framedBy(origin: string, token = "") {
    const { page, troubles } = await viewer.open("about:blank");
    const outside = await pretend(page.context());
    await page.goto(`${origin}/?token=${encodeURIComponent(token)}`);
    const asked = () => page.evaluate<string[]>("asked");
    return { page, tab: page.frameLocator("#tab"), troubles, outside, asked };
  }

  test("Teams is signed in by the token that Teams gives, and asks nobody but us and Microsoft's list", async () => {
    hub.token = aToken("ada@brightwater.example", Date.now() + 60 * minutes);
    const { tab, troubles, outside, asked } = await framedBy(teams, hub.token);
    await tab.getByRole("link", { name: /Checkout: 38%/ }).waitFor({ timeout: 4000 });
    expect(await tab.locator("html").getAttribute("data-theme")).toBe("dark");
    expect(new Set(outside)).toEqual(
      new Set(["https://res.cdn.office.net/teams-js/validDomains/json/validDomains.json"]),
    );
    expect((await asked()).filter((func) => func === "authentication.getAuthToken")).toHaveLength(1);
    expect(troubles).toEqual([]);
  });

  test("Teams gets a new token from it before the old one ends", async () => {
    const begun = Date.now();
    hub.token = aToken("ada@brightwater.example", begun + 10 * minutes);
    const { page, tab, asked } = await framedBy(teams, hub.token);
    await tab.getByRole("link", { name: /Checkout: 38%/ }).waitFor({ timeout: 4000 });
    hub.token = undefined;
    const newer = aToken("ada@brightwater.example", begun + 70 * minutes);
    await page.evaluate((token) => {
      (globalThis as unknown as { scene: { who: string } }).scene.who = token;
    }, newer);
    const asNewer = page.waitForRequest(
      (request) => request.headers()["authorization"] === `Bearer ${newer}`,
    );
    await page.clock.setFixedTime(begun + 6 * minutes);
    await asNewer;
    expect((await asked()).filter((func) => func === "authentication.getAuthToken")).toHaveLength(2);
  });

  test("another of Microsoft's hosts, which does not speak, is a page with a way to sign in", async () => {
    const { tab } = await framedBy("https://www.office.com");
    await tab.getByText("A window of its own can sign you in").waitFor({ timeout: 4000 });
    await tab.getByRole("button", { name: "Open in a window of its own" }).waitFor();
  });

  test.each(["https://teams.microsoft.com.attacker.example", "https://attacker.example"])(
    "%s is refused by the browser",
    async (origin) => {
      const { page, tab, troubles } = await framedBy(origin);
      await expect.poll(() => troubles.join()).toMatch(/frame-ancestors/);
      expect(await tab.locator("main").count()).toBe(0);
      expect(page.frames().map((frame) => frame.url())).not.toContain(`${post}/?teams`);
    },
  );
});
