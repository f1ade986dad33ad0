// The phone bridge on the command post: the way in, who is in the room, and the orders of whoever is in command.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { accessibilityProblems, aViewer, browserMissing, overflow } from "../support/browser.ts";
import { type AHub, aHub } from "./a-hub.ts";
import {
  aRecording,
  attackedBridge,
  caller,
  noBridge,
  openBridge,
  waitingBridge,
  withBridge,
} from "./bridges.ts";
import { iso } from "./incidents.ts";

const phone = { viewport: { width: 360, height: 740 } };

describe.skipIf(browserMissing)("the bridge on the command post", { timeout: 30_000 }, () => {
  const viewer = aViewer();
  let hub: AHub;

  beforeAll(async () => {
    hub = await aHub();
  });
  afterAll(() => hub?.close());
  beforeEach(() => {
    hub.commands.length = 0;
    hub.recordings.clear();
    hub.refusal = undefined;
    show(openBridge);
  });

  const show = (...given: Parameters<typeof withBridge>) => {
    hub.incidents = new Map([["01JCHECKOUT", withBridge(...given)]]);
  };
  const look = async (options = {}) => {
    const { page, troubles } = await viewer.open(`${hub.url}/incidents/01JCHECKOUT`, options);
    const bridge = page.locator("section.bridge");
    await bridge.waitFor();
    return { page, bridge, troubles };
  };
  const given = () => hub.commands.map(({ type, about }) => ({ type, ...about }));

  test("the number is a link that dials, the PIN stands large beside it, and a recording is said", async () => {
    const { bridge, troubles } = await look();
    expect(await bridge.getByRole("link", { name: "+12025550100" }).getAttribute("href")).toBe(
      "tel:+12025550100",
    );
    const pin = bridge.locator(".pin");
    expect((await pin.innerText()).replace(/\D/g, "")).toBe("480617");
    expect(await pin.getAttribute("aria-label")).toBe("4 8 0 6 1 7");
    expect((await pin.boundingBox())?.height ?? 0).toBeGreaterThan(36);
    expect(await bridge.innerText()).toContain("Recording\non");
    expect(await bridge.locator(".bridge-state").innerText()).toContain("the chat can't be reached");
    expect(troubles).toEqual([]);
  });

  test("who is in the room is live: somebody comes, is muted, goes", async () => {
    show({ ...openBridge, callers: [], callIns: [] });
    const { bridge } = await look();
    await bridge.getByText("Nobody is in the room.").waitFor();
    const ada = caller("CA1", { person: { id: "ada", name: "Ada Byron" }, name: "Ada Byron" });
    show({ ...openBridge, callers: [ada] });
    await bridge
      .locator(".caller", { hasText: "Ada Byron" })
      .getByText("can be heard")
      .waitFor({ timeout: 7000 });
    show({ ...openBridge, callers: [{ ...ada, muted: true }] });
    await bridge.locator(".caller.muted").getByText("muted", { exact: true }).waitFor({ timeout: 7000 });
    show({ ...openBridge, callers: [{ ...ada, presence: "left" }] });
    await bridge.getByText("1 caller left").waitFor({ timeout: 7000 });
  });

  test("a caller whom nobody knows stands out, and what it said as its name can be heard", async () => {
    hub.recordings.set("RE1", aRecording());
    const { bridge } = await look();
    const stranger = bridge.locator(".caller.stranger");
    expect(await stranger.count()).toBe(1);
    expect(await stranger.innerText()).toContain("A caller ending in 0101");
    expect(await stranger.innerText()).toContain("nobody knows who this is");
    await stranger.getByRole("button", { name: "Play the name: A caller ending in 0101" }).click();
    await stranger.getByText("Playing…").waitFor();
    await stranger.getByText("Play the name").waitFor();
    await stranger.getByRole("button", { name: /^Play what is wrong/ }).click();
    await stranger.getByText("Can't be played").waitFor();
  });

  test("who is being called and who did not come stand below; one is called again by a press", async () => {
    const { bridge } = await look();
    const calls = bridge.getByLabel("Calls into the room");
    expect(await calls.locator("li").allInnerTexts()).toEqual([
      expect.stringMatching(/^Mary Jackson\s+is being called/),
      expect.stringMatching(/^Katherine Johnson\s+did not come/),
    ]);
    await calls.getByRole("button", { name: "Call again: Katherine Johnson" }).click();
    await bridge.locator(".result", { hasText: "Katherine Johnson is being called." }).waitFor();
    expect(given()).toEqual([{ type: "call-in", person: "katherine" }]);
  });

  test("whoever is in command mutes, lets speak and removes; a removal asks first", async () => {
    const { page, bridge } = await look();
    await bridge.getByRole("button", { name: "Mute Ada Byron", exact: true }).click();
    await bridge.locator(".result", { hasText: "Ada Byron is being muted." }).waitFor();
    await bridge.getByRole("button", { name: "Unmute Joan Clarke" }).click();
    await bridge.locator(".result", { hasText: "Joan Clarke can be heard again." }).waitFor();
    await bridge.getByRole("button", { name: "Remove a caller ending in 0101" }).click();
    await page.getByRole("button", { name: "Cancel" }).click();
    expect(given()).toHaveLength(2);
    await bridge.getByRole("button", { name: "Remove a caller ending in 0101" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await bridge.locator(".result", { hasText: "is being removed" }).waitFor();
    expect(given()).toEqual([
      { type: "mute", call: "CA1" },
      { type: "unmute", call: "CA2" },
      { type: "remove", call: "CA3" },
    ]);
  });

  test("calling in oneself and somebody else; back to the chat and the end ask first", async () => {
    const { page, bridge } = await look();
    await bridge.getByRole("button", { name: "Call me in" }).click();
    await bridge.locator(".result", { hasText: "Your phone rings" }).waitFor();
    await bridge.getByLabel("Call in", { exact: true }).selectOption("mary");
    await bridge.getByRole("button", { name: "Call", exact: true }).click();
    await bridge.locator(".result", { hasText: "Mary Jackson is being called." }).waitFor();
    await bridge.getByRole("button", { name: "Back to the chat" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Back to the chat" }).click();
    await bridge.locator(".result", { hasText: "called back" }).waitFor();
    await bridge.getByRole("button", { name: "End the bridge" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "End it" }).click();
    await bridge.locator(".result", { hasText: "ended" }).waitFor();
    expect(given()).toEqual([
      { type: "call-in" },
      { type: "call-in", person: "mary" },
      { type: "return-to-chat" },
      { type: "end-bridge" },
    ]);
  });

  test("a choice of whom to call survives what is news", async () => {
    const { bridge } = await look();
    await bridge.getByLabel("Call in", { exact: true }).selectOption("mary");
    show({ ...openBridge, callers: [] });
    await bridge.getByText("Nobody is in the room.").waitFor({ timeout: 7000 });
    expect(await bridge.getByLabel("Call in", { exact: true }).inputValue()).toBe("mary");
  });

  test("whoever is not in command sees the room and comes in, and commands nobody", async () => {
    show({ ...openBridge, you: { id: "mary", inCommand: false, inTheRoom: false } });
    const { bridge } = await look();
    expect(await bridge.getByRole("button").allInnerTexts()).toEqual([
      "Play the name",
      "Play what is wrong",
      "Call again",
      "Call me in",
    ]);
    expect(await bridge.innerText()).toContain("Grace Hopper is in command of the room.");
  });

  test("whoever is in the room is not offered a call into it", async () => {
    show({ ...openBridge, you: { id: "ada", inCommand: true, inTheRoom: true } });
    const { page, bridge } = await look();
    expect(await bridge.getByRole("button", { name: "Call me in" }).count()).toBe(0);
    await page.keyboard.press("b");
    expect(await page.getByRole("dialog").count()).toBe(0);
  });

  test("without a bridge one is opened by a press or a key, and it asks", async () => {
    show(noBridge);
    const { page, bridge } = await look();
    expect(await bridge.locator(".way-in").count()).toBe(0);
    await page.keyboard.press("b");
    await page.keyboard.press("Enter");
    await bridge.locator(".result", { hasText: "is being opened" }).waitFor();
    expect(given()).toEqual([{ type: "open-bridge" }]);
    show({ ...noBridge, state: "wanted", reason: "ordered", since: iso(1) });
    await bridge.getByText("Its number and PIN come in a moment.").waitFor({ timeout: 7000 });
  });

  test("an ended bridge shows no way in, and opens anew; an ended incident offers nothing", async () => {
    const { number: _number, pin: _pin, ...over } = openBridge;
    show({ ...over, state: "ended" });
    const { page, bridge } = await look();
    await bridge.getByText("Its PIN opens nothing any more.").waitFor();
    expect(await bridge.locator(".way-in").count()).toBe(0);
    await bridge.getByRole("button", { name: "Open a bridge" }).waitFor();
    show({ ...over, state: "ended" }, { phase: "stood-down", endedAt: iso(3) });
    await bridge.getByRole("button", { name: "Open a bridge" }).waitFor({ state: "detached", timeout: 7000 });
    show(noBridge, { phase: "stood-down", endedAt: iso(3) });
    await page.reload();
    await page.getByText("Stood down. Nobody is being paged.").waitFor();
    expect(await bridge.count()).toBe(0);
  });

  test("a caller who waits is let in, or sent away, also where no bridge is open", async () => {
    show(waitingBridge());
    const { bridge } = await look();
    const list = bridge.getByRole("list", { name: "Waiting to be let in" });
    await list.getByText("removed before").waitFor();
    await list.getByRole("button", { name: "Let in a caller ending in 0171" }).click();
    await bridge.getByText("a caller ending in 0171 is being let in.").waitFor();
    await list.getByRole("button", { name: "Send away an unknown caller" }).click();
    await bridge.getByText("an unknown caller is sent away.").waitFor();
    expect(given()).toEqual([
      { type: "let-in", call: "CA9" },
      { type: "remove", call: "CA8" },
    ]);
  });

  test("whoever works on it lets callers in, and only the commander one who was removed", async () => {
    const waits = caller("CA9", { name: "a caller ending in 0171", presence: "waiting" });
    const again = caller("CA8", { name: "an unknown caller", presence: "waiting", removedBefore: true });
    const you = { id: "grace", inCommand: false, inTheRoom: false, mayLetIn: true };
    show({ ...openBridge, callers: [waits, again], you });
    const { bridge } = await look();
    const list = bridge.getByRole("list", { name: "Waiting to be let in" });
    await list.waitFor();
    expect(await list.getByRole("button").allInnerTexts()).toEqual(["Let in"]);
    show({ ...openBridge, callers: [waits], you: { ...you, mayLetIn: false } });
    await list.getByRole("button").first().waitFor({ state: "detached", timeout: 7000 });
  });

  test("a refusal is told where the button is", async () => {
    hub.refusal = { status: 409, reason: "nobody-to-call", detail: "Nobody has a phone that may be called." };
    const { bridge } = await look();
    await bridge.getByRole("button", { name: "Call me in" }).click();
    await bridge.locator(".result", { hasText: "Nobody has a phone that may be called." }).waitFor();
  });

  test.each([["wide", {}] as const, ["narrow", phone] as const])(
    "hostile names break nothing (%s)",
    async (_, options) => {
      show(attackedBridge);
      const { page, bridge, troubles } = await look(options);
      await bridge.locator(".caller").first().waitFor();
      expect(await page.evaluate("globalThis.owned")).toBeUndefined();
      expect(await page.locator("main script, main img, a[href^='javascript']").count()).toBe(0);
      expect(await bridge.innerText()).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
      expect(await overflow(page)).toBe(0);
      expect(troubles).toEqual([]);
    },
  );

  test.each([
    ["in the light", {}],
    ["in the dark", { colorScheme: "dark" }],
    ["on a phone", phone],
    ["with more contrast", { contrast: "more" }],
  ] as const)("nothing keeps anybody out of it %s", async (name, options) => {
    for (const [state, bridge] of [
      ["open", openBridge],
      ["none", noBridge],
      ["waiting", waitingBridge()],
      ["ended", { ...openBridge, state: "ended" as const }],
    ] as const) {
      show(bridge);
      const { page, bridge: panel } = await look(options);
      expect(await accessibilityProblems(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      for (const button of await panel.locator("button:visible").all())
        expect((await button.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(44);
      const shots = process.env["MUSTER_SHOTS"];
      if (shots !== undefined) await panel.screenshot({ path: `${shots}/bridge-${state}-${name}.png` });
    }
  });
});
