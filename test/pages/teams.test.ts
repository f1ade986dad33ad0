// The simulated Teams in a real browser: two people in two windows, cards drawn by Microsoft's renderer, a bot that answers.
import { mkdirSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { accessibilityProblems, aViewer, browserMissing, overflow } from "../support/browser.ts";
import { aCard, ada, adaptive, aMessage, cardMessage, joan, linus } from "../support/teams-cards.ts";
import { teamsChat } from "../support/teams-chat.ts";

const incidents = "19:incidents@thread.tacv2";
const shots = process.env["MUSTER_SCREENSHOTS"];

describe.skipIf(browserMissing)("Teams", { timeout: 30_000 }, () => {
  const viewer = aViewer();
  let teams: Awaited<ReturnType<typeof teamsChat>>;
  beforeEach(async () => {
    teams = await teamsChat({ notInstalledFor: [joan] });
  });
  afterEach(() => teams.close());

  const open = async (as: string, conversation?: string, options = {}) => {
    const address = new URLSearchParams({ as, ...(conversation !== undefined && { in: conversation }) });
    const window = await viewer.open(`${teams.url}/simulator/teams#${address.toString()}`, options);
    window.page.setDefaultTimeout(5_000);
    return window;
  };
  const told = () => teams.bot.heard.map(({ activity }) => activity);

  test("one presses, and the card of the other changes without a reload; the stale press is refused", async () => {
    const id = await teams.post(incidents, cardMessage(aCard("Checkout is down")));
    const [hers, his] = [await open(ada, incidents), await open(linus, incidents)];
    for (const { page } of [hers, his]) await page.getByText("Checkout is down").waitFor();

    let owner: string | undefined;
    teams.bot.answer = ({ from }) => {
      const { name } = from as { name: string };
      if (owner !== undefined) {
        const value = { code: "Taken", message: `${owner} has it already` };
        return { status: 200, body: { statusCode: 403, type: "application/vnd.microsoft.error", value } };
      }
      owner = name;
      return {
        status: 200,
        body: { statusCode: 200, type: adaptive, value: aCard(`${name}, it is yours`, []) },
      };
    };
    await hers.page.getByRole("button", { name: "Acknowledge" }).click();
    await hers.page.getByText("Ada Okafor, it is yours").waitFor();
    // Nobody has changed his card yet: he presses on an old one.
    await his.page.getByRole("button", { name: "Acknowledge" }).click();
    await his.page.getByText("Ada Okafor has it already").waitFor();
    expect(await his.page.getByText("Checkout is down").isVisible()).toBe(true);

    await teams.change(incidents, id, cardMessage(aCard("Ada Okafor has it", [])));
    for (const { page } of [hers, his]) await page.getByText("Ada Okafor has it", { exact: true }).waitFor();
    expect(await his.page.getByRole("button", { name: "Acknowledge" }).count()).toBe(0);
    expect(await his.page.getByText("has it already").count()).toBe(0);
    expect([...hers.troubles, ...his.troubles]).toEqual([]);
  });

  test("what is typed on a card goes with the press, and stays while news comes in", async () => {
    const { conversation } = teams.chat.user(ada);
    await teams.post(conversation, cardMessage(aCard("Checkout is down")));
    const { page, troubles } = await open(ada);
    await page.getByRole("button", { name: "Later" }).click();
    await page.getByLabel("Minutes").fill("25");
    await teams.post(conversation, aMessage("one more word"));
    await page.getByText("one more word").waitFor();
    teams.bot.answer = () => ({
      status: 200,
      body: {
        statusCode: 200,
        type: "application/vnd.microsoft.activity.message",
        value: "I will come back",
      },
    });
    await page.getByRole("button", { name: "Remind me" }).click();
    await page.getByText("I will come back").waitFor();
    expect(told()).toMatchObject([
      {
        type: "invoke",
        value: { action: { type: "Action.Execute", verb: "later", data: { page: "p1", minutes: "25" } } },
      },
    ]);
    expect(troubles).toEqual([]);
  });

  test("a button of the older kind sends a message with its value", async () => {
    await teams.post(teams.chat.user(ada).conversation, cardMessage(aCard("Checkout is down")));
    const { page } = await open(ada);
    await page.getByRole("button", { name: "Decline" }).click();
    await expect.poll(told).toMatchObject([{ type: "message", value: { verb: "decline" } }]);
  });

  test("one writes to the bot, alone and in a thread, and a window of somebody else shows it", async () => {
    const { page, troubles } = await open(ada);
    await page.getByLabel("Message to Muster").fill("who is on call?");
    await page.getByLabel("Message to Muster").press("Enter");
    await page.getByText("who is on call?").waitFor();

    const his = await open(linus, incidents);
    await page.getByRole("link", { name: "Incidents" }).click();
    await page.getByLabel("New post in Incidents").fill("declare checkout");
    await page.getByLabel("New post in Incidents").press("Enter");
    await his.page.getByText("declare checkout").waitFor();
    await his.page.getByText("Reply", { exact: true }).click();
    await his.page.getByLabel("Reply in this thread").fill("just talking");
    await his.page.locator(".thread").getByLabel("Mention Muster").uncheck();
    await his.page.getByLabel("Reply in this thread").press("Enter");
    await page.getByText("just talking").waitFor();
    expect(told()).toMatchObject([{ text: "who is on call?" }, { text: "<at>Muster</at> declare checkout" }]);
    expect(troubles).toEqual([]);
  });

  test("whoever has not added the bot adds it, blocks it and takes it away", async () => {
    const { page } = await open(joan);
    await page.getByRole("button", { name: "Add Muster" }).click();
    await page.getByRole("button", { name: "Block", exact: true }).click();
    await page.getByRole("button", { name: "Unblock" }).click();
    await page.getByRole("button", { name: "Remove Muster" }).click();
    await page.getByText("has not added Muster").waitFor();
    await expect
      .poll(() => told().map(({ type, action }) => action ?? type))
      .toEqual(["add", "conversationUpdate", "remove"]);
  });

  test("a channel is deleted under everybody's eyes", async () => {
    const { page } = await open(ada, incidents);
    await page.getByRole("button", { name: "Delete channel" }).click();
    await page.locator(".pane-head").getByText("deleted").waitFor();
    // The bot is told beside the page, and perhaps a moment later.
    await expect.poll(told).toMatchObject([{ channelData: { eventType: "channelDeleted" } }]);
    expect(await page.getByLabel("New post in Incidents").count()).toBe(0);
  });

  test("a message elsewhere marks its place until it is looked at", async () => {
    const { page } = await open(ada);
    await page.getByRole("link", { name: "Incidents" }).waitFor();
    await teams.post(incidents, aMessage("hello"));
    await page.getByRole("link", { name: "Incidents new" }).click();
    await page.getByText("hello").waitFor();
    expect(await page.locator(".dot").count()).toBe(0);
  });

  test("a bot that can't be reached is said so", async () => {
    teams.bot.answer = () => ({ status: 503 });
    const { page } = await open(ada);
    await page.getByLabel("Message to Muster").fill("help");
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("The bot did not take it: error 503.").waitFor();
  });

  test("what looks like markup is text, in words, names and cards", async () => {
    const hostile =
      '<img src=x onerror="document.title=1"> **bold** [link](javascript:alert(1)) <script>alert(1)</script>';
    await teams.post(
      incidents,
      cardMessage(aCard(hostile, [{ type: "Action.OpenUrl", title: hostile, url: "javascript:alert(1)" }])),
    );
    await teams.post(incidents, aMessage(hostile));
    const { page, troubles } = await open(ada, incidents);
    await page.locator(".words").waitFor();
    expect(
      await page.locator("adaptive-card").getByText("<img src=x", { exact: false }).first().isVisible(),
    ).toBe(true);
    const live = await page.evaluate(() => {
      const doc = globalThis as unknown as {
        document: {
          querySelectorAll(
            q: string,
          ): Iterable<{ shadowRoot: { querySelectorAll(q: string): { length: number } } | null }>;
        };
      };
      return [...doc.document.querySelectorAll("adaptive-card")].map(
        (card) => card.shadowRoot?.querySelectorAll("img, script, a").length,
      );
    });
    expect(live).toEqual([0]);
    await page.locator("adaptive-card button").click();
    expect(page.context().pages()).toHaveLength(1);
    expect(troubles).toEqual([]);
  });

  test.each([
    ["light", 1280],
    ["dark", 1280],
    ["light", 360],
    ["dark", 360],
  ] as const)("nobody is kept out: %s, %i wide", async (colorScheme, width) => {
    const id = await teams.post(incidents, cardMessage(aFullCard()));
    await teams.post(`${incidents};messageid=${id}`, aMessage("Ada Okafor acknowledged after 40 s"));
    await teams.chat.channel(incidents).says(linus, "status", { thread: id });
    await teams.post(teams.chat.user(ada).conversation, cardMessage(aCard("Checkout is down")));
    await teams.chat.user(ada).says("help");
    for (const conversation of [incidents, undefined]) {
      const { page, troubles } = await open(ada, conversation, {
        colorScheme,
        viewport: { width, height: 900 },
      });
      await page.locator("adaptive-card").waitFor();
      await page.getByRole("button", { name: "Later" }).click();
      await page.getByLabel("Minutes").waitFor();
      expect(troubles).toEqual([]);
      expect(await accessibilityProblems(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      if (shots !== undefined) {
        mkdirSync(shots, { recursive: true });
        await page.screenshot({
          path: `${shots}/teams-${colorScheme}-${width}-${conversation === undefined ? "chat" : "channel"}.png`,
          fullPage: true,
        });
      }
    }
  });

  test("everything can be done by keyboard", async () => {
    await teams.post(incidents, cardMessage(aCard("Checkout is down")));
    teams.bot.answer = () => ({
      status: 200,
      body: { statusCode: 200, type: adaptive, value: aCard("Yours", []) },
    });
    const { page } = await open(ada, incidents);
    await page.getByText("Checkout is down").waitFor();
    const button = page.getByRole("button", { name: "Acknowledge" });
    await page.getByLabel("You are").focus();
    for (let step = 0; step < 20; step++) {
      if (await button.evaluate((element) => element.matches(":focus"))) break;
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Enter");
    await page.getByText("Yours").waitFor();
    // And the focus is still there, though the button is not.
    expect(await page.evaluate<string>("document.activeElement.localName")).toBe("adaptive-card");
  });
});

const aFullCard = () => ({
  ...aCard("Checkout: 38% of payments fail with upstream timeouts"),
  body: [
    { type: "TextBlock", text: "SEV1 · brisk-otter", weight: "Bolder", size: "Large", wrap: true },
    { type: "TextBlock", text: "Checkout: 38% of payments fail with upstream timeouts", wrap: true },
    {
      type: "Container",
      style: "attention",
      items: [{ type: "TextBlock", text: "Nobody has acknowledged yet", color: "Attention", wrap: true }],
    },
    {
      type: "FactSet",
      facts: [
        { title: "Since", value: "03:12 (Europe/London)" },
        { title: "Incident commander", value: "Ada Okafor" },
        { title: "Next update", value: "due 03:42" },
      ],
    },
    { type: "TextBlock", text: "A subtle line beneath", isSubtle: true, wrap: true },
    { type: "Input.Text", id: "note", label: "Note", isMultiline: true },
    {
      type: "Input.ChoiceSet",
      id: "service",
      label: "Service",
      choices: [
        { title: "Checkout", value: "checkout" },
        { title: "Website", value: "website" },
      ],
    },
    { type: "Input.Toggle", id: "sensitive", title: "Sensitive" },
  ],
});
