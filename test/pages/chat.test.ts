// The button that breaks the chat, in a real browser against the real simulator.
import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { aViewer, browserMissing } from "../support/browser.ts";
import { callingPhones } from "./calling-phones.ts";

describe.skipIf(browserMissing)("the chat beside the phones", { timeout: 30_000 }, () => {
  const viewer = aViewer();
  let phones: Awaited<ReturnType<typeof callingPhones>>;
  beforeEach(async () => {
    phones = await callingPhones(await readFile("muster.yaml", "utf8"));
  });
  afterEach(() => phones.close());

  test("is broken by a press and mended by the next, and whoever opens the page sees how it is", async () => {
    const { page, troubles } = await viewer.open(`${phones.url}/simulator/`);
    const button = (pressed: boolean) => page.getByRole("button", { name: "Chat down", pressed });
    await button(false).click();
    await button(true).waitFor();
    expect(phones.chat.mode).toBe("off");
    await page.reload();
    await button(true).click();
    await button(false).waitFor();
    expect(phones.chat.mode).toBe("well");
    expect(troubles).toEqual([]);
  });
});
