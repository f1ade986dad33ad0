// The command post in a real browser: what a tired person sees, presses and is told.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { accessibilityProblems, aViewer, browserMissing, overflow, workOf } from "../support/browser.ts";
import { type AHub, aHub } from "./a-hub.ts";
import { aNight, attack, checkoutDown, crowd, graceHasIt, hostile, iso } from "./incidents.ts";

const address = "/incidents/01JCHECKOUT";
const phone = { viewport: { width: 360, height: 740 } };

const stranger = {
  id: "account:login.test.example|u-1",
  name: "New (account at login.test.example)",
  mayOrder: false,
  identityLine: `identity: { issuer: "https://login.test.example/${"a".repeat(120)}", subject: "u-1" }`,
};

describe.skipIf(browserMissing)("the command post", { timeout: 30_000 }, () => {
  const viewer = aViewer();
  let hub: AHub;

  beforeAll(async () => {
    hub = await aHub();
  });
  afterAll(() => hub?.close());
  beforeEach(() => {
    hub.incidents = new Map([["01JCHECKOUT", checkoutDown()]]);
    hub.list = aNight();
    hub.commands.length = 0;
    hub.refusal = undefined;
    hub.providers = [];
    hub.state = "up";
    hub.chat = { reachable: true };
  });

  test("a chat that is gone is said on every view, and is not while it is there", async () => {
    const { page } = await viewer.open(hub.url);
    await page.locator("main section").first().waitFor();
    expect(await page.locator("#chat").innerText()).toBe("");
    hub.chat = { reachable: false, since: "2026-11-21T03:12:00Z" };
    await page.goto(hub.url + address);
    await page.getByText("The chat can't be reached").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  test("the list tells what nobody has yet apart from what is in hand, and drills from both", async () => {
    const { page, troubles } = await viewer.open(hub.url);
    const sections = page.locator("main section");
    await sections.first().waitFor();
    expect(await sections.locator("h2").allInnerTexts()).toEqual([
      "Nobody has it yet1",
      "In hand2",
      "Drills1",
    ]);
    const first = sections.first();
    for (const words of [
      "Critical",
      "Checkout: 38% of payments",
      "Triage",
      "6 min ago",
      "nobody yet, paging",
    ])
      expect(await first.innerText()).toContain(words);
    expect(await first.locator("time").first().getAttribute("title")).toMatch(/\d{4} at .*UTC\)$/);
    expect(await page.title()).toBe("(1) waiting for somebody · Muster");
    expect(await page.locator("#icon").getAttribute("href")).toBe("/assets/icon-alarm.svg");
    expect(troubles).toEqual([]);
  });

  test("a carrier that is not well is told in a line, and one that is well in none", async () => {
    hub.providers = [
      {
        id: "twilio",
        name: "Twilio",
        state: "resting",
        text: `is left alone for another minute (<img src=x onerror=alert(1)>).`,
      },
      { id: "aws", name: "The second carrier", state: "well", text: "is well." },
    ];
    const { page, troubles } = await viewer.open(hub.url, phone);
    const line = page.locator("#carriers");
    await line.locator("p").waitFor();
    expect(await line.innerText()).toContain("Twilio is left alone for another minute (");
    expect(await line.locator("p").count()).toBe(1);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(troubles).toEqual([]);
  });

  test("the ended ones are one tab away, and back works", async () => {
    const { page } = await viewer.open(hub.url);
    await page.getByRole("link", { name: "Ended" }).click();
    await page.getByRole("link", { name: "Mail queue stuck" }).waitFor();
    expect(await page.locator(".row").count()).toBe(1);
    await page.goBack();
    await page.getByRole("link", { name: /Checkout: 38%/ }).waitFor();
  });

  test("a new incident appears by itself and is read out", async () => {
    hub.list = [];
    const { page } = await viewer.open(hub.url);
    await page.getByText("All quiet.").waitFor();
    hub.list = aNight();
    await page.getByRole("link", { name: /Checkout: 38%/ }).waitFor({ timeout: 7000 });
    expect(await page.locator("#announcer").innerText()).toContain("New: Critical, “Checkout: 38%");
  });

  test("an incident says who is paged, how it went, and when the next level follows", async () => {
    const { page, troubles } = await viewer.open(hub.url + address);
    await page.getByText("Nobody has it yet.").waitFor();
    const status = await page.getByLabel("Where it stands").innerText();
    expect(status).toMatch(/Paging Grace Hopper and Katherine Johnson: level 2 of 3\. .* in 3:1\d\./);
    const grace = await page.locator(".pages > li", { hasText: "Grace Hopper" }).innerText();
    for (const words of [
      "no answer yet",
      "M3",
      "SMS",
      "failed",
      "switched off or out of range",
      "handed to the carrier",
    ])
      expect(grace).toContain(words);
    expect(await page.locator(".stage[aria-current=step]").innerText()).toContain("Level 2");
    expect(await page.locator(".entry").first().innerText()).toContain("SMS to Grace Hopper handed");
    expect(troubles).toEqual([]);
  });

  test("the countdown counts", async () => {
    const { page } = await viewer.open(hub.url + address);
    const left = page.locator(".count-down");
    const before = await left.innerText();
    await expect.poll(() => left.innerText(), { timeout: 3000 }).not.toBe(before);
  });

  test("an answer shows within two seconds, is read out, and what is unchanged is not sent again", async () => {
    const { page } = await viewer.open(hub.url + address);
    await page.getByText("Nobody has it yet.").waitFor();
    await page.waitForTimeout(1300);
    expect(hub.answers[304] ?? 0).toBeGreaterThan(0);
    hub.incidents.set("01JCHECKOUT", graceHasIt());
    await page.getByText("Grace Hopper has it.").first().waitFor({ timeout: 2000 });
    const spoken = await page.locator("#announcer").innerText();
    expect(spoken).toContain("Grace Hopper has it.");
    expect(spoken).toContain("Grace Hopper acknowledged.");
    expect(await page.locator("#icon").getAttribute("href")).toBe("/assets/icon.svg");
  });

  test("acknowledge is one press", async () => {
    const { page } = await viewer.open(hub.url + address);
    await page.getByRole("button", { name: "Acknowledge" }).click();
    await page.locator(".result", { hasText: "Acknowledged." }).waitFor();
    expect(hub.commands).toEqual([
      { id: "01JCHECKOUT", type: "acknowledge", about: {}, key: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    ]);
  });

  test("resolve and escalate say first what will happen, and Escape changes nothing", async () => {
    const { page } = await viewer.open(hub.url + address);
    await page.getByRole("button", { name: "Resolve" }).click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.innerText()).toContain("Pages to Grace Hopper and Katherine Johnson are called off");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Escalate" }).click();
    expect(await dialog.innerText()).toContain("Level 3 is paged at once: Mary Jackson.");
    await dialog.getByRole("button", { name: "Cancel" }).click();
    expect(hub.commands).toEqual([]);
    await page.getByRole("button", { name: "Resolve" }).click();
    await dialog.getByRole("button", { name: "Resolve" }).click();
    await page.locator(".result", { hasText: "stood down" }).waitFor();
    expect(hub.commands.map(({ type }) => type)).toEqual(["stand-down"]);
  });

  test("a key asks before it acts, and can be switched off", async () => {
    const { page } = await viewer.open(hub.url + address);
    await page.getByText("Nobody has it yet.").waitFor();
    await page.keyboard.press("a");
    expect(await page.getByRole("dialog").innerText()).toContain("You have it from now on.");
    expect(hub.commands).toEqual([]);
    await page.keyboard.press("Enter");
    await page.locator(".result", { hasText: "Acknowledged." }).waitFor();
    await page.keyboard.press("?");
    await page.getByLabel("Single keys act").uncheck();
    await page.keyboard.press("Escape");
    await page.keyboard.press("e");
    expect(await page.getByRole("dialog").count()).toBe(0);
  });

  test("a refusal is told in words, by its detail or else by its reason", async () => {
    hub.refusal = { status: 409, reason: "already-answered", detail: "Grace Hopper has it already." };
    const { page } = await viewer.open(hub.url + address);
    await page.getByRole("button", { name: "Acknowledge" }).click();
    await page.locator(".result", { hasText: "Grace Hopper has it already." }).waitFor();
    hub.refusal = { status: 409, reason: "incident-closed" };
    await page.getByRole("button", { name: "Acknowledge" }).click();
    await page.locator(".result", { hasText: "This incident has ended." }).waitFor();
  });

  test("an incident that has ended offers nothing to press", async () => {
    hub.incidents.set("01JCHECKOUT", checkoutDown({ phase: "stood-down", endedAt: iso(30) }));
    const { page } = await viewer.open(hub.url + address);
    await page.getByText("Stood down. Nobody is being paged.").waitFor();
    expect(await page.locator(".actions").count()).toBe(0);
    await page.keyboard.press("r");
    expect(await page.getByRole("dialog").count()).toBe(0);
  });

  test.each([["down", "the hub does not answer"] as const, [503, "the hub answers with error 503"] as const])(
    "a lost connection (%s) is said loudly, with the age of what is shown, and ends by itself",
    async (state, words) => {
      const { page } = await viewer.open(hub.url + address);
      await page.getByText("Nobody has it yet.").waitFor();
      hub.state = state;
      const banner = page.getByRole("alert");
      await banner.getByText("Connection lost").waitFor({ timeout: 5000 });
      expect(await banner.innerText()).toContain(words);
      expect(await banner.innerText()).toMatch(/Last updated \d\d:\d\d:\d\d\./);
      expect(await page.locator("#live").innerText()).toBe("Not live");
      expect(await page.getByText("Nobody has it yet.").count()).toBe(1);
      hub.state = "up";
      await banner.getByText("Connection lost").waitFor({ state: "detached", timeout: 5000 });
    },
  );

  test("an unknown incident is said to be unknown", async () => {
    const { page } = await viewer.open(`${hub.url}/incidents/nothing`);
    await page.getByText("No such incident.").waitFor();
  });

  test("a picture of the timeline stands above its words, and the order can be turned", async () => {
    const { page } = await viewer.open(hub.url + address);
    const picture = page.getByRole("img", { name: /^Over 6 min: 2 Alerts, 7 Pages, 2 Trouble, 1 Phase$/ });
    await picture.waitFor();
    await page.getByRole("button", { name: "Order: newest first" }).click();
    expect(await page.locator(".entry").first().innerText()).toContain("Opened by an alert");
    await page.reload();
    await page.getByRole("button", { name: "Order: oldest first" }).waitFor();
  });

  test.each([["wide", {}] as const, ["narrow", phone] as const])(
    "hostile text is shown as text and breaks nothing (%s)",
    async (_, options) => {
      hub.incidents.set("01JATTACK", attack());
      hub.list = [{ ...aNight()[0], id: "01JATTACK", title: hostile.script + hostile.endless } as never];
      const { page, troubles } = await viewer.open(`${hub.url}/incidents/01JATTACK`, options);
      await page.locator("h1", { hasText: "<script>" }).waitFor();
      expect(await page.evaluate("globalThis.owned")).toBeUndefined();
      expect(await page.locator("main script, main img, a[href^='javascript']").count()).toBe(0);
      expect(await page.locator("main").innerText()).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
      expect(await overflow(page)).toBe(0);
      await page.evaluate('for (const folded of document.querySelectorAll("details")) folded.open = true');
      expect(await overflow(page)).toBe(0);
      expect(await page.evaluate("document.documentElement.scrollHeight")).toBeLessThan(12_000);
      await page.goto(hub.url);
      await page.locator("h3", { hasText: "<script>" }).waitFor();
      expect(await overflow(page)).toBe(0);
      expect(troubles).toEqual([]);
    },
  );

  test("two hundred people and five hundred facts are drawn anew in a blink, and focus stays where it was", async () => {
    hub.incidents.set("01JCROWD", crowd());
    const { page } = await viewer.open(`${hub.url}/incidents/01JCROWD`);
    await page.locator(".entry").nth(499).waitFor({ state: "attached" });
    expect(await page.locator(".pages > li").count()).toBe(200);
    await page.getByRole("button", { name: "Escalate" }).focus();
    const middle = page.locator(".pages > li").nth(80);
    await middle.evaluate((element) => element.setAttribute("data-mine", ""));
    const work = await workOf(page);
    const next = crowd();
    hub.incidents.set("01JCROWD", {
      ...next,
      version: 10,
      timeline: [
        ...next.timeline,
        { id: "new", at: iso(0), type: "PageDeclined", text: "One fact more.", by: "", via: "" },
      ],
    });
    await page.getByText("One fact more.").first().waitFor({ state: "attached", timeout: 3000 });
    expect(await middle.getAttribute("data-mine")).toBe("");
    expect(await page.evaluate("document.activeElement?.textContent")).toContain("Escalate");
    // Generous: a blink is 150 ms, but our own looking is in it, and processors differ.
    expect(await work()).toBeLessThan(1000);
  });

  test.each([
    ["the list", "/", {}],
    ["the list on a phone, in the dark", "/", { ...phone, colorScheme: "dark" }],
    ["the list, empty", "/?show=ended", {}],
    ["an incident", address, {}],
    ["an incident in the dark", address, { colorScheme: "dark" }],
    ["an incident on a phone", address, phone],
    ["an incident with more contrast", address, { contrast: "more" }],
    ["a drill that has ended", "/incidents/01JDRILL", {}],
    ["an unknown incident", "/incidents/nothing", {}],
  ] as const)("nothing keeps anybody out of %s", async (_, path, options) => {
    hub.incidents.set(
      "01JDRILL",
      checkoutDown({ id: "01JDRILL", drill: true, phase: "closed", endedAt: iso(9) }),
    );
    const { page } = await viewer.open(hub.url + path, options);
    await page.locator("h1").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
  });

  test("a question and the list of keys are as open to everybody", async () => {
    const { page } = await viewer.open(hub.url + address);
    await page.getByRole("button", { name: "Resolve" }).click();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Keys" }).click();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  describe.each([
    ["an account that is no person of the config", stranger, "identity: { issuer"],
    [
      "a person who is not part of a sensitive incident",
      { id: "eve", name: "Eve", mayOrder: false },
      "page you",
    ],
  ])("to %s", (_, you, words) => {
    test.each([["wide", {}] as const, ["narrow", phone] as const])(
      "nothing is offered to press, and why stands above all else (%s)",
      async (__, options) => {
        hub.incidents.set(
          "01JCHECKOUT",
          checkoutDown({ you: { ...you, inCommand: false, signedIn: false } }),
        );
        const { page, troubles } = await viewer.open(hub.url + address, options);
        const told = page.locator(".viewer");
        await told.waitFor();
        expect(await told.innerText()).toContain(words);
        expect(await page.locator(".actions, .command-acts, .bridge-acts").count()).toBe(0);
        for (const key of ["a", "e", "r", "d", "u", "h", "b"]) await page.keyboard.press(key);
        expect(await page.locator("dialog[open], form.say").count()).toBe(0);
        expect(hub.commands).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
        expect(await accessibilityProblems(page)).toEqual([]);
        expect(troubles).toEqual([]);
      },
    );
  });

  test("the list says so as well to an account that is no person of the config, with the line as it is to be copied", async () => {
    hub.you = { ...stranger, name: hostile.script };
    const { page, troubles } = await viewer.open(hub.url);
    await page.locator(".viewer").waitFor();
    expect(await page.locator(".viewer code").innerText()).toBe(stranger.identityLine);
    expect(await page.evaluate("globalThis.owned")).toBeUndefined();
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(troubles).toEqual([]);
    hub.you = undefined;
  });

  test("every button is large enough for a thumb", async () => {
    const { page } = await viewer.open(hub.url + address, phone);
    await page.getByRole("button", { name: "Acknowledge" }).waitFor();
    for (const button of await page.locator("button:visible").all())
      expect((await button.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(44);
    const bar = await page.locator(".actions").boundingBox();
    expect((bar?.y ?? 0) + (bar?.height ?? 0)).toBe(740);
  });
});
