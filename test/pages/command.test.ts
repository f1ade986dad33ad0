// The command of a response on the command post: its name, how it stands, who is here, and the orders that change it.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Incident } from "../../functions/show-post/page/wire.d.ts";
import { accessibilityProblems, aViewer, browserMissing, overflow } from "../support/browser.ts";
import { type AHub, aHub } from "./a-hub.ts";
import { attacked, declared, inTriage } from "./commanded.ts";
import { iso } from "./incidents.ts";

const phone = { viewport: { width: 360, height: 740 } };

describe.skipIf(browserMissing)("the command of a response on the command post", { timeout: 30_000 }, () => {
  const viewer = aViewer();
  let hub: AHub;

  beforeAll(async () => {
    hub = await aHub();
  });
  afterAll(() => hub?.close());
  beforeEach(() => {
    hub.commands.length = 0;
    hub.refusal = undefined;
  });

  const show = (incident: Incident) => {
    hub.incidents = new Map([["01JCHECKOUT", incident]]);
  };
  const look = async (incident: Incident, options = {}) => {
    show(incident);
    const { page, troubles } = await viewer.open(`${hub.url}/incidents/01JCHECKOUT`, options);
    const command = page.locator("section.command");
    await command.waitFor();
    return { page, command, troubles };
  };
  const given = () => hub.commands.map(({ type, about }) => ({ type, ...about }));

  test("its codename and synopsis stand above all, and in the window's title", async () => {
    const { page, troubles } = await look(declared({ sensitive: true }));
    expect(await page.locator(".codename").innerText()).toContain("Osprey");
    expect(await page.locator(".codename").innerText()).toContain("Sensitive");
    expect(await page.locator(".synopsis").innerText()).toBe("Payments fail for customers in Europe.");
    // A window's title is read over a shoulder, and handed on with a link.
    expect(await page.title()).toBe("Osprey · Muster");
    expect(troubles).toEqual([]);
    const open = await look(declared());
    expect(await open.page.title()).toContain("Osprey: Checkout");
  });

  test("the report stands in its three lines, with who, when, and when the next one is due", async () => {
    const { command } = await look(declared());
    const text = await command.innerText();
    expect(text).toContain("Half of the payments fail.\nSearch is not affected.");
    expect(text).toContain("Reported by Grace Hopper, 25 min ago.");
    expect(text).toMatch(/Next update due (\w{3} \d{1,2} \w{3}, )?\d\d:\d\d:\d\d\./);
    expect(await command.locator(".can dt").allInnerTexts()).toEqual(["Conditions", "Actions"]);
    expect(await command.locator(".due").getAttribute("data-late")).toBeNull();
  });

  test("a report that is late says so", async () => {
    const { command } = await look(declared({ nextUpdateDue: iso(60) }));
    expect(await command.locator(".due").innerText()).toMatch(/^An update has been due since/);
    expect(await command.locator(".due").getAttribute("data-late")).not.toBeNull();
  });

  test("who is here, who is on the way and who was asked for are told apart", async () => {
    const { command } = await look(declared());
    expect(await command.locator(".here").innerText()).toBe("Here: Grace Hopper.");
    expect(await command.locator(".coming").innerText()).toMatch(/^Ada Byron is expected at \d\d:\d\d/);
    expect(await command.locator(".asked.satisfied").innerText()).toMatch(/^Ada Byron\s+said yes/);
    const network = await command.locator(".asked.catch-all").innerText();
    expect(network).toContain("nobody took it: the last resort is paged");
    expect(network).toContain("asked for by Grace Hopper");
  });

  test("arriving is one press, and offered to whoever is not here yet", async () => {
    const { command } = await look(inTriage());
    await command.getByRole("button", { name: "I am here" }).click();
    await command.getByText("You are here").waitFor();
    expect(given()).toEqual([{ type: "sign-in" }]);
    show(inTriage({ version: 30, you: { id: "grace", inCommand: true, signedIn: true } }));
    await command.getByRole("button", { name: "I am here" }).waitFor({ state: "detached", timeout: 7000 });
  });

  test("an incident is declared by a form, with the keyboard alone", async () => {
    const { page, command } = await look(inTriage());
    await page.keyboard.press("d");
    await command.locator("#say-synopsis:focus").waitFor();
    await page.keyboard.type("Payments fail in Europe");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await command.getByText("Declared. From now on").waitFor();
    expect(given()).toEqual([{ type: "declare", synopsis: "Payments fail in Europe", sensitive: "true" }]);
    expect(await command.locator("form").count()).toBe(0);
    expect(await page.evaluate("document.activeElement?.id")).toBe("command-result");
  });

  test("what was typed survives the polls, and a refusal, and is put away by Escape", async () => {
    const { page, command } = await look(declared());
    await command.getByRole("button", { name: "Report" }).click();
    const conditions = command.getByLabel(/^Conditions/);
    await conditions.fill("Worse than before");
    show(declared({ version: 40, alerts: 99 }));
    await page.getByText("99 alerts", { exact: true }).waitFor({ timeout: 7000 });
    expect(await conditions.inputValue()).toBe("Worse than before");
    hub.refusal = { status: 409, reason: "incident-closed", detail: "the incident is over" };
    await command.getByRole("button", { name: "Send the report" }).click();
    await command.getByText("the incident is over").waitFor();
    expect(await conditions.inputValue()).toBe("Worse than before");
    await conditions.press("Escape");
    expect(await command.locator("form").count()).toBe(0);
    expect(await page.evaluate("document.activeElement?.id")).toBe("act-report");
    expect(given()).toEqual([{ type: "report", conditions: "Worse than before", actions: "", needs: "" }]);
  });

  test("a declared incident is closed, not resolved; a false alarm is another thing, and asks", async () => {
    const { page, command } = await look(declared());
    expect(await page.locator(".actions").innerText()).not.toContain("Resolve");
    await page.locator(".actions .close").click();
    expect(await page.locator("#confirm").innerText()).toContain("has signed in is told and released");
    await page.locator("#confirm-yes").click();
    await page.getByText("Closed: everybody is released.").first().waitFor();
    await command.getByRole("button", { name: "False alarm" }).click();
    await page.keyboard.press("Escape");
    expect(given()).toEqual([{ type: "close" }]);
    await page.keyboard.press("r");
    expect(await page.locator("#confirm-question").innerText()).toBe("Close?");
  });

  test("whoever is not in command is offered no declaration and no false alarm", async () => {
    const you = { id: "ada", inCommand: false, signedIn: false };
    const { command } = await look(inTriage({ you }));
    expect(await command.getByRole("button").allInnerTexts()).toEqual(["I am here", "Report"]);
    await viewer.open(hub.url);
    const later = await look(declared({ you }));
    expect(await later.command.getByRole("button").allInnerTexts()).toEqual(["I am here", "Report"]);
  });

  test("after the end all of it can be read, and nothing ordered", async () => {
    const { command } = await look(declared({ phase: "closed", endedAt: iso(3) }));
    expect(await command.getByRole("button").count()).toBe(0);
    expect(await command.locator(".due").count()).toBe(0);
    expect(await command.innerText()).toContain("Half of the payments fail.");
  });

  test("a hub that knows nothing of it shows the incident without it", async () => {
    const { you: _none, ...older } = inTriage();
    show(older);
    const { page } = await viewer.open(`${hub.url}/incidents/01JCHECKOUT`);
    await page.locator(".headline").waitFor();
    expect(await page.locator("section.command").count()).toBe(0);
  });

  test("nothing that anybody wrote becomes markup, or pushes the page aside", async () => {
    const { page, troubles } = await look(attacked(), phone);
    expect(await page.evaluate("globalThis.owned")).toBeUndefined();
    expect(await page.locator("section.command script, section.command img, .head script").count()).toBe(0);
    expect(await overflow(page)).toBe(0);
    expect(troubles).toEqual([]);
  });

  test.each([
    ["light", {}],
    ["dark", { colorScheme: "dark" }],
    ["phone", phone],
    ["dark phone", { ...phone, colorScheme: "dark" }],
    ["high contrast", { forcedColors: "active" }],
  ])("everybody can use it: %s", async (name, options) => {
    for (const incident of [inTriage(), declared({ sensitive: true, nextUpdateDue: iso(60) })]) {
      const { page, command } = await look(incident, options);
      await command.getByRole("button", { name: incident.phase === "triage" ? "Declare" : "Report" }).click();
      expect(await accessibilityProblems(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      const folder = process.env["MUSTER_SHOTS"];
      if (folder !== undefined)
        await page.screenshot({ path: `${folder}/${name}-${incident.phase}.png`, fullPage: true });
    }
  });
});
