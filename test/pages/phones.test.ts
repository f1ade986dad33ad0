// The simulator's phones in a real browser: they ring, are read, and answer with the code of the page.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { firstMessage, noticeMessage } from "../../functions/wording/sms.ts";
import { accessibilityProblems, aViewer, browserMissing, overflow } from "../support/browser.ts";
import { type ASimulator, aSimulator, people } from "./a-simulator.ts";
import { hostile } from "./incidents.ts";

const ada = "+447700900001";
const page1 = (code: string) =>
  firstMessage({
    drill: false,
    severity: "critical",
    service: "Checkout",
    symptom: "38% of payments fail with upstream timeouts",
    since: Date.UTC(2026, 10, 21, 3, 12),
    now: Date.UTC(2026, 10, 21, 3, 13),
    timeZone: "Europe/London",
    others: 2,
    code,
  });

describe.skipIf(browserMissing)("the phones", { timeout: 30_000 }, () => {
  const viewer = aViewer();
  let simulator: ASimulator;

  beforeAll(async () => {
    simulator = await aSimulator(people);
  });
  afterAll(() => simulator?.close());
  beforeEach(() => {
    for (const phone of simulator.phones) phone.messages.length = 0;
    simulator.sent.length = 0;
    simulator.streams = true;
    simulator.state = "up";
  });
  const open = (options = {}) => viewer.open(`${simulator.url}/simulator/`, options);

  test("everybody in the config has a phone, with name and number", async () => {
    const { page, troubles } = await open();
    await page.locator(".handset").nth(3).waitFor();
    expect(await page.locator(".handset h2").allInnerTexts()).toEqual(people.map(({ name }) => name));
    expect(await page.locator(".handset").first().innerText()).toContain(ada);
    expect(troubles).toEqual([]);
  });

  test("a text rings its phone and no other; whoever picks it up has read it", async () => {
    const { page } = await open();
    await page.locator(".handset").nth(3).waitFor();
    simulator.text(ada, page1("K7Q"));
    const phone = page.locator(".handset.ringing");
    await phone.waitFor({ timeout: 2000 });
    expect(await page.locator(".ringing").count()).toBe(1);
    expect(await phone.locator(".badge").innerText()).toContain("1");
    expect(await page.title()).toBe("(1) Phones · Muster");
    await page.locator(".handset").first().locator(".conversation").click();
    await page.locator(".ringing").waitFor({ state: "detached" });
    expect(await page.locator(".badge:visible").count()).toBe(0);
  });

  test.each([
    ["1", "1 K7Q"],
    ["2", "2 K7Q"],
    ["3", "3 K7Q"],
  ])("key %s answers with the code of the newest page", async (digit, words) => {
    simulator.text(ada, page1("A2B"));
    simulator.text(ada, page1("K7Q"));
    simulator.text(
      ada,
      noticeMessage({ kind: "all-clear", drill: false, service: "Search", severity: "error", symptom: "" }),
    );
    const { page } = await open();
    await page.getByText("ALL CLEAR").waitFor();
    await page.locator(".handset").first().locator(`.answer-${digit}`).click();
    await page.locator(".inbound", { hasText: words }).waitFor();
    expect(simulator.sent).toEqual([{ number: ada, body: words }]);
  });

  test("anything else can be written, and without a page a key is a bare digit", async () => {
    const { page } = await open();
    const phone = page.locator(".handset").first();
    await phone.getByPlaceholder("Text message").fill("who has it?");
    await page.keyboard.press("Enter");
    await phone.getByText("who has it?").waitFor();
    await phone.locator(".answer-1").click();
    await expect.poll(() => simulator.sent.map(({ body }) => body)).toEqual(["who has it?", "1"]);
  });

  test("without an event stream the page asks by itself", async () => {
    simulator.streams = false;
    const { page } = await open();
    await page.locator(".handset").nth(3).waitFor();
    simulator.text(ada, page1("K7Q"));
    await page.locator(".ringing").waitFor({ timeout: 6000 });
  });

  test("a sample alert is one press", async () => {
    const { page } = await open();
    const before = simulator.sampleAlerts;
    await page.getByRole("button", { name: "Send a sample alert" }).click();
    await page.getByText("Alert sent").waitFor();
    expect(simulator.sampleAlerts).toBe(before + 1);
  });

  test("a simulator that is gone is said to be gone, and so is a text that was not sent", async () => {
    simulator.streams = false;
    const { page } = await open();
    await page.locator(".handset").nth(3).waitFor();
    simulator.state = "down";
    await page.locator("#banner", { hasText: "does not answer" }).waitFor({ timeout: 6000 });
    await page.locator(".handset").first().locator(".answer-1").click();
    await page.getByText("The text was not sent").waitFor();
  });

  test("hostile texts are shown as text and break nothing", async () => {
    for (const text of Object.values(hostile)) simulator.text(ada, text);
    const { page, troubles } = await open({ viewport: { width: 360, height: 740 } });
    await page.locator(".bubble").nth(2).waitFor();
    expect(await page.evaluate("globalThis.owned")).toBeUndefined();
    expect(await page.locator(".bubble img, .bubble script").count()).toBe(0);
    expect(await overflow(page)).toBe(0);
    expect(troubles).toEqual([]);
  });

  test.each([
    ["light", { colorScheme: "light" }],
    ["dark, on a phone", { colorScheme: "dark", viewport: { width: 360, height: 740 } }],
  ])("nothing keeps anybody out (%s)", async (_, options) => {
    simulator.text(ada, page1("K7Q"));
    const { page } = await open({ ...options, reducedMotion: "reduce" });
    await page.locator(".bubble").waitFor();
    expect(await page.evaluate('getComputedStyle(document.querySelector(".ringing")).animationName')).toBe(
      "none",
    );
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});
