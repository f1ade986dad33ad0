// Calls on the simulator's phones, in a real browser against the real simulator: they ring, are answered, speak and take keys.
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { accessibilityProblems, aViewer, browserMissing, overflow } from "../support/browser.ts";
import { callingPhones } from "./calling-phones.ts";
import { hostile } from "./incidents.ts";

const prompt = "This is Muster with a page for you. Checkout, critical: payments fail. Press 4 to take it.";

describe.skipIf(browserMissing)("calls on the phones", { timeout: 30_000 }, () => {
  const viewer = aViewer();
  let phones: Awaited<ReturnType<typeof callingPhones>>;
  let ada: string;
  let grace: string;

  beforeEach(async () => {
    phones = await callingPhones(await readFile("muster.yaml", "utf8"));
    const { phones: all } = (await (await fetch(`${phones.url}/simulator/phones`)).json()) as {
      phones: { number: string }[];
    };
    [ada = "", grace = ""] = all.map(({ number }) => number);
    phones.scripts.set(
      "/answer",
      `<Gather numDigits="1" timeout="60" action="/key"><Say>${prompt}</Say></Gather>`,
    );
    phones.scripts.set("/key", "<Say>You have it. Good luck.</Say>");
  });
  afterEach(() => phones.close());

  const open = async (options = {}) => {
    const opened = await viewer.open(`${phones.url}/simulator/`, options);
    await opened.page.locator(".handset").nth(1).waitFor();
    return opened;
  };
  const phone = (page: Page, number: string): Locator => page.locator(".handset", { hasText: number });

  test("texts and calls of one number come to one phone", async () => {
    const { page } = await open();
    const numbers = await page.locator(".handset .number").allInnerTexts();
    expect(numbers).toEqual([...new Set(numbers)]);
  });

  test("a call rings its phone and no other, with two ways to go, and is announced", async () => {
    const { page, troubles } = await open();
    await phones.call(ada);
    await page.locator(".handset.ringing").waitFor({ timeout: 3000 });
    expect(await page.locator(".ringing").count()).toBe(1);
    expect(
      await phone(page, ada)
        .getByRole("button", { name: /Answer|Decline/ })
        .allInnerTexts(),
    ).toEqual(["Decline", "Answer"]);
    expect(await page.locator("#announcer").innerText()).toContain("Call for");
    expect(await page.title()).toContain("Call");
    expect(troubles).toEqual([]);
  });

  test("whoever answers reads what is said, presses the key, and reads what it did", async () => {
    const { page } = await open();
    await phones.call(ada);
    await phone(page, ada).getByRole("button", { name: "Answer" }).click();
    await phone(page, ada).getByRole("log").getByText("Press 4 to take it").waitFor();
    expect(await phone(page, ada).getByRole("log").getAttribute("aria-live")).not.toBe("off");
    await phone(page, ada).getByRole("button", { name: "4", exact: true }).click();
    await phone(page, ada).getByText("Call, 0:0").waitFor();
    expect(phones.pressed).toEqual(["4"]);
    await phone(page, ada).getByText("Call, 0:0").click();
    expect(await phone(page, ada).locator(".told").innerText()).toContain("You have it. Good luck.");
  });

  test("the keyboard is enough: answer, digits, star and hash", async () => {
    phones.scripts.set("/answer", `<Gather finishOnKey="" numDigits="3" timeout="60" action="/key"/>`);
    const { page } = await open();
    await phones.call(ada);
    const answer = phone(page, ada).getByRole("button", { name: "Answer" });
    await answer.focus();
    await page.keyboard.press("Enter");
    await phone(page, ada).locator(".keypad.listening").waitFor();
    await expect.poll(() => page.evaluate("document.activeElement.id")).toMatch(/^call-CA/);
    for (const key of ["7", "*", "#"]) {
      await page.keyboard.press(key);
      await phone(page, ada)
        .locator(".line.key, .told .line.key", { hasText: key })
        .first()
        .waitFor({ state: "attached" });
    }
    await expect.poll(() => phones.pressed).toEqual(["7*#"]);
  });

  test("digits written into a text are no keys", async () => {
    const { page } = await open();
    const sid = await phones.call(ada);
    phones.simulator.answer(sid);
    await phone(page, ada).locator(".keypad.listening").waitFor();
    await phone(page, grace).getByPlaceholder("Text message").pressSequentially("12");
    expect(phones.pressed).toEqual([]);
  });

  test("a call that is declined is over for the hub too, and stands in the history", async () => {
    const { page } = await open();
    await phones.call(ada);
    await phone(page, ada).getByRole("button", { name: "Decline" }).click();
    await phone(page, ada).getByText("Declined call").waitFor();
    expect(phones.simulator.phone(ada).calls).toMatchObject([{ status: "busy" }]);
  });

  test("a call that nobody took is a missed one", async () => {
    const { page } = await open();
    await phones.call(ada, { Timeout: "1" });
    await phone(page, ada).getByText("Missed call").waitFor({ timeout: 5000 });
    expect(await page.locator(".ringing").count()).toBe(0);
  });

  test("hanging up ends it", async () => {
    const { page } = await open();
    const sid = await phones.call(ada);
    phones.simulator.answer(sid);
    await phone(page, ada).getByRole("button", { name: "Hang up" }).click();
    await phone(page, ada).getByText("Call, 0:0").waitFor();
    expect(phones.simulator.phone(ada).calls).toMatchObject([{ status: "completed" }]);
  });

  test("a text in the writing is still there after the call", async () => {
    const { page } = await open();
    await phone(page, ada).getByPlaceholder("Text message").fill("on my way");
    await phones.call(ada);
    await phone(page, ada).getByRole("button", { name: "Decline" }).click();
    expect(await phone(page, ada).getByPlaceholder("Text message").inputValue()).toBe("on my way");
  });

  test("the time of the call runs", async () => {
    const { page } = await open();
    const sid = await phones.call(ada);
    phones.simulator.answer(sid);
    await phone(page, ada).locator(".lasted", { hasText: "0:02" }).waitFor({ timeout: 5000 });
  });

  test("a room stands above the phones with everybody who is in it, muted or not, and what was said to all", async () => {
    phones.scripts.set(
      "/answer",
      "<Say>You join the bridge.</Say><Dial><Conference>room-7</Conference></Dial>",
    );
    const { page } = await open();
    expect(await page.locator(".a-room").count()).toBe(0);
    for (const number of [ada, grace]) phones.simulator.answer(await phones.call(number));
    const room = page.locator(".a-room");
    await room.locator("li", { hasText: "can be heard" }).nth(1).waitFor();
    expect(await room.innerText()).toContain("Room room-7");
    expect(await room.innerText()).toContain("Last said: You join the bridge.");
    const names = await page.locator(".handset h2").allInnerTexts();
    expect((await room.locator("li b").allInnerTexts()).sort()).toEqual(names.slice(0, 2).sort());
    phones.simulator.hangUp(phones.simulator.phone(ada).calls[0]?.sid ?? "");
    await expect.poll(() => room.locator("li").count()).toBe(1);
    phones.simulator.hangUp(phones.simulator.phone(grace).calls[0]?.sid ?? "");
    await room.waitFor({ state: "detached" });
  });

  test("a phone calls Muster, and types the PIN that it was told by text", async () => {
    phones.scripts.set(
      "/twilio/line",
      `<Gather numDigits="6" timeout="60" action="/pin"><Say>Your PIN?</Say></Gather>`,
    );
    phones.scripts.set("/pin", "<Dial><Conference>room-7</Conference></Dial>");
    const { page } = await open();
    await phones.text(
      ada,
      "BRIDGE Checkout: dial +12025550100, PIN 480617. Reply JOIN A4821 and we call you.",
    );
    await phone(page, ada)
      .getByRole("button", { name: /^Call Muster/ })
      .click();
    await phone(page, ada).getByRole("log").getByText("Your PIN?").waitFor();
    await phone(page, ada).getByRole("button", { name: "PIN 480617" }).click();
    await phone(page, ada).getByText("In the room").waitFor();
    expect(phones.pressed).toEqual(["480617"]);
    expect(await phone(page, ada).getByRole("button", { name: /^PIN/ }).count()).toBe(0);
  });

  test("a PIN is typed key by key as well", async () => {
    phones.scripts.set(
      "/twilio/line",
      `<Gather numDigits="6" timeout="60" action="/pin"><Say>Your PIN?</Say></Gather>`,
    );
    phones.scripts.set("/pin", "<Say>Thank you.</Say>");
    const { page } = await open();
    await phone(page, grace)
      .getByRole("button", { name: /^Call Muster/ })
      .click();
    await phone(page, grace).locator(".keypad.listening").waitFor();
    for (const key of "480617")
      await phone(page, grace).getByRole("button", { name: key, exact: true }).click();
    await expect.poll(() => phones.pressed).toEqual(["480617"]);
  });

  test("somebody calls whose number nobody knows", async () => {
    phones.scripts.set("/twilio/line", "<Say>Who are you?</Say><Pause length='60'/>");
    const { page } = await open();
    await page.getByRole("button", { name: "A stranger calls" }).click();
    const stranger = phone(page, "+447700900999");
    await stranger.getByRole("log").getByText("Who are you?").waitFor();
    expect(await stranger.locator("h2").innerText()).toBe("somebody else");
  });

  test("a conference shows who is in it", async () => {
    phones.scripts.set("/answer", "<Dial><Conference>incident-7</Conference></Dial>");
    const { page } = await open();
    for (const number of [ada, grace]) phones.simulator.answer(await phones.call(number));
    await phone(page, ada).locator(".room li").nth(1).waitFor();
    expect(await page.locator(".room").first().innerText()).toContain("incident-7");
    const names = await page.locator(".handset h2").allInnerTexts();
    expect(await page.locator(".room").first().locator("li").allInnerTexts()).toEqual(names.slice(0, 2));
  });

  test("hostile words are spoken as text and break nothing", async () => {
    const escaped = Object.values(hostile).map((text) =>
      text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`).replaceAll("\u0007", ""),
    );
    phones.scripts.set(
      "/answer",
      `${escaped.map((text) => `<Say>${text}</Say>`).join("")}<Pause length="60"/>`,
    );
    const { page, troubles } = await open({ viewport: { width: 360, height: 740 } });
    phones.simulator.answer(await phones.call(ada));
    await phone(page, ada).locator(".line.voice").nth(2).waitFor();
    expect(await page.evaluate("globalThis.owned")).toBeUndefined();
    expect(await page.locator(".line img, .line script").count()).toBe(0);
    expect(await overflow(page)).toBe(0);
    expect(troubles).toEqual([]);
  });

  describe.each([
    ["light", { colorScheme: "light" }],
    ["dark, on a phone", { colorScheme: "dark", viewport: { width: 360, height: 740 } }],
  ] as const)("nothing keeps anybody out (%s)", (name, look) => {
    const settled = async (page: Page) => {
      expect(await accessibilityProblems(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      const shots = process.env["MUSTER_SHOTS"];
      if (shots !== undefined)
        await page.screenshot({
          path: `${shots}/calls-${name.slice(0, 4)}-${Date.now()}.png`,
          fullPage: true,
        });
    };

    test("while it rings", async () => {
      const { page } = await open({ ...look, reducedMotion: "reduce" });
      await phones.call(ada);
      await page.locator(".ringing").waitFor();
      await settled(page);
    });

    test("while somebody speaks, and in a conference", async () => {
      const { page } = await open({ ...look, reducedMotion: "reduce" });
      phones.simulator.answer(await phones.call(ada));
      await phone(page, ada).locator(".line.voice").waitFor();
      phones.simulator.press(phones.simulator.phone(ada).calls[0]?.sid ?? "", "4");
      phones.scripts.set(
        "/answer",
        "<Say>You join the bridge.</Say><Dial><Conference>incident-7</Conference></Dial>",
      );
      for (const number of [ada, grace]) phones.simulator.answer(await phones.call(number));
      await page.locator(".room").nth(1).waitFor();
      await page.locator(".past details").first().waitFor({ state: "attached" });
      await settled(page);
    });

    test("in the history", async () => {
      const { page } = await open({ ...look, reducedMotion: "reduce" });
      const sid = await phones.call(ada);
      phones.simulator.answer(sid);
      await phone(page, ada).locator(".line.voice").waitFor();
      phones.simulator.press(sid, "4");
      await phone(page, ada).locator(".past summary").click();
      phones.simulator.hangUp(await phones.call(grace));
      await phone(page, grace).getByText("Declined call").waitFor();
      await settled(page);
    });
  });
});
