// Which page a text answers: the only one that asks, those whose codes it names, or all; and otherwise which it may be.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hours, minutes, seconds } from "../../functions/core/time.ts";
import { aCallHouse, adasPhone, type CallHouse, type PagedCall } from "../support/a-call.ts";

let house: CallHouse;
beforeEach(async () => {
  house = await aCallHouse();
});
afterEach(() => house.close());

let texts = 0;
async function text(Body: string, From = adasPhone): Promise<string> {
  const { status, body } = await house.post("/twilio/messages", {
    From,
    Body,
    MessageSid: `SM${(texts += 1)}`,
  });
  expect(status).toBe(200);
  return /<Message>(.*)<\/Message>/s.exec(body)?.[1] ?? "";
}
const codeOf = async (page: PagedCall): Promise<string> => (await page.pageNow())?.code ?? "";
/** Whatever was to be told was told. */
async function tellAll(page: PagedCall): Promise<void> {
  for (const [notice, { state }] of Object.entries((await page.state()).notices)) {
    if (state === "wanted")
      await page.order({ type: "RecordNotice", notice, evidence: { outcome: "handed", receipt: "SM1" } });
  }
}
const look = async (page: PagedCall): Promise<void> => void (await page.order({ type: "PassTime" }));
async function ends(page: PagedCall): Promise<void> {
  await page.order(
    { type: "StandDown" },
    { kind: "person", id: "linus", via: "web", assurance: "signed-in" },
  );
  await tellAll(page);
}

describe("a bare reply", () => {
  test("passes over what is over, and says which page it took", async () => {
    const first = await house.page("Disk full");
    expect(await text("1")).toBe("You have it.");
    await ends(first);
    const second = await house.page("Cards refused");
    expect(await text("1")).toBe("You have Checkout: &quot;Cards refused&quot;.");
    expect(await second.owner()).toBe("ada");
  });

  test.each([
    ["2", /^Noted: not you for Checkout: &quot;Cards refused&quot;\./],
    ["3", /^More help is being paged for Checkout: &quot;Cards refused&quot;\./],
    ["in 20", /^You have Checkout: &quot;Cards refused&quot;, and are expected in 20 minutes\./],
  ])("%s passes over what this person has already", async (word, answer) => {
    await house.page("Disk full");
    await text("1");
    await house.page("Cards refused");
    expect(await text(word)).toMatch(answer);
  });

  test("to two pages that ask is answered by the question, which repeats the word", async () => {
    const [first, second] = [await house.page("Disk full", "warning"), await house.page("Cards refused")];
    const [one, other] = [await codeOf(first), await codeOf(second)];
    for (const [word, asked] of [
      ["on my way", "1"],
      ["2", "2"],
      ["3", "3"],
      ["in 15 min", "IN 15"],
      ["join", "JOIN"],
    ] as const)
      expect(await text(word)).toBe(
        `Which page? Reply ${asked} and its code: ${other} Checkout: &quot;Cards refused&quot;, ${one} Checkout: &quot;Disk full&quot;`,
      );
    expect([await first.owner(), await second.owner()]).toEqual([undefined, undefined]);
  });

  test("goes to the newest when all are over, and says so", async () => {
    for (const page of [await house.page("Disk full"), await house.page("Cards refused")]) await ends(page);
    expect(await text("1")).toBe("That incident is over. Nothing for you to do.");
    expect(await text("what is this")).toBe(noPage);
  });

  test("to what ended a moment ago, of which this person was not told yet, is asked about", async () => {
    const first = await house.page("Disk full");
    await house.page("Cards refused");
    await first.order(
      { type: "StandDown" },
      { kind: "person", id: "linus", via: "web", assurance: "signed-in" },
    );
    expect(Object.values((await first.state()).notices).map(({ state }) => state)).toEqual(["wanted"]);
    expect(await text("1")).toMatch(/^Which page\?/);
  });
});

/** Whoever has an older one in hand reads how it can be answered. */
const noPage = "No page of the last hour waits for you. For an older one send 1, 2 or 3 with its code.";

describe("a question that was asked later than an hour after the page", () => {
  test.each([
    ["1", "Good. It stays yours."],
    ["3", "More help is being paged. You stay on it."],
  ])("is answered by a bare %s", async (word, answer) => {
    const page = await house.page();
    await text("1");
    await page.order({
      type: "RecordDelivery",
      delivery: "p1.0.1",
      page: "p1",
      evidence: { outcome: "handed", receipt: "SM1" },
    });
    await text("in 3 hours");
    house.pass(minutes(180) + 1);
    expect(await text(word)).toBe(noPage);
    await look(page);
    expect(await text(word)).toBe(answer);
  });

  test("is no obstacle to what has the page's code: more help is paged for hours", async () => {
    const page = await house.page();
    await text("1");
    house.pass(minutes(180));
    expect(await text("3")).toBe(noPage);
    expect(await text(`3 ${await codeOf(page)}`)).toBe("More help is being paged. You stay on it.");
  });
});

describe("codes", () => {
  test("two of them answer both pages, and one text says what became of each", async () => {
    const [first, second, third] = [await house.page("a"), await house.page("b"), await house.page("c")];
    const [one, other] = [await codeOf(first), await codeOf(second)];
    expect(await text(`1 ${one} ${other}`)).toBe(`You have ${one}, ${other}.`);
    expect([await first.owner(), await second.owner(), await third.owner()]).toEqual([
      "ada",
      "ada",
      undefined,
    ]);
    expect(await text(`1 ${other} ${await codeOf(third)} Z1234`)).toBe(
      `You have ${other}, ${await codeOf(third)}. No page of yours: Z1234.`,
    );
  });

  test("half of a code is none, and neither is a code without its letter where another page may be meant", async () => {
    const [first, second] = [await house.page("a"), await house.page("b")];
    const code = await codeOf(first);
    for (const part of [code.slice(2), code.slice(1), code.slice(0, 4)])
      expect(await text(`1 ${part}`)).toBe(
        `There is no page ${part} for you. Please look at the code again.`,
      );
    expect([await first.owner(), await second.owner()]).toEqual([undefined, undefined]);
  });

  test("where one page alone asks, its digits are enough; another page's are not", async () => {
    const page = await house.page();
    const code = await codeOf(page);
    const wrong = String(((Number(code.slice(1)) - 999) % 9000) + 1000);
    expect(await text(`1 ${wrong}`)).toContain(`There is no page ${wrong}`);
    expect(await page.owner()).toBeUndefined();
    expect(await text(`1 ${code.slice(1)}`)).toBe("You have it.");
    expect(await page.owner()).toBe("ada");
  });

  test("somebody else's code answers nothing", async () => {
    const page = await house.page();
    expect(await text(`1 ${await codeOf(page)}`, "+46701740605")).toMatch(/^There is no page/);
    expect(await page.owner()).toBeUndefined();
  });
});

test("1 ALL answers every open page of this person", async () => {
  const pages = [await house.page("a"), await house.page("b"), await house.page("c", "critical", true)];
  const [one, other, drill] = await Promise.all(pages.map(codeOf));
  const answer = await text("1 ALL");
  expect(answer).toMatch(/^You have (?:(?:DRILL )?A\d{4}(?:, |\.$)){3}/);
  for (const code of [one, other, `DRILL ${drill}`]) expect(answer).toContain(code);
  for (const page of pages) expect(await page.owner()).toBe("ada");
  // Said again it does nothing, and tells what they have.
  expect(await text("all 1")).toMatch(/^You have /);
  expect(await text("1")).toMatch(/^You have .*, .*, /);
});

test("in 20 takes the page, and tells when somebody is expected", async () => {
  const page = await house.page();
  expect(await text(`1 ${await codeOf(page)} in 20 min`)).toBe(
    "You have it, and are expected in 20 minutes.",
  );
  const { roster } = await page.state();
  expect(roster["ada"]?.promised).toBe(house.ports.clock.now() + minutes(20));
});

describe("answers that change nothing are few", () => {
  const stranger = "+447700900177";
  const answered = async (body: string, from: string, times = 40) => {
    const all: string[] = [];
    for (let n = 0; n < times; n++) all.push(await text(body, from));
    return all.filter((answer) => answer !== "").length;
  };

  test.each(["I'm driving with Do Not Disturb on.", "help", "1"])("to a stranger's %s", async (body) => {
    expect(await answered(body, stranger)).toBe(5);
    expect(house.said.counted.filter((metric) => metric === "TextUnanswered")).toHaveLength(35);
    const told = house.said.lines.filter((line) => line.includes("left without answers"));
    expect(told).toHaveLength(1);
    expect(house.said.lines.join()).not.toContain(stranger.slice(1));
  });

  test.each(["I'm driving with Do Not Disturb on.", "help", "1 Z1234"])(
    "to %s of a person, with or without a page",
    async (body) => {
      expect(await answered(body, adasPhone)).toBe(5);
      house.pass(seconds(1));
      await house.page();
      expect(await answered(body, adasPhone)).toBe(5);
    },
  );

  test("and what acts is answered always", async () => {
    const page = await house.page();
    expect(await answered("who is on this", adasPhone)).toBe(5);
    expect(await text("1")).toBe("You have it.");
    expect(await page.owner()).toBe("ada");
    // From here on there are as many again.
    expect(await answered("who is on this", adasPhone)).toBe(5);
    await text("STOP");
    expect(Object.keys((await house.house.people.load("person/ada")).state.closed)).toEqual(["sms"]);
    expect(await text("START")).toMatch(/^You get pages by SMS again/);
  });

  test("and noise under somebody's number does not cost the question which page they mean", async () => {
    const first = await house.page("Disk full");
    await house.page("Cards refused");
    await answered("who is on this", adasPhone);
    expect(await text("1")).toMatch(/^Which page\? Reply 1 and its code/);
    expect(await text(`1 ${await codeOf(first)}`)).toBe("You have it.");
    expect(await first.owner()).toBe("ada");
  });

  test("and that question comes to an end as well, for a phone that says OK to everything", async () => {
    await house.page("Disk full");
    await house.page("Cards refused");
    expect(await answered("OK", adasPhone, 60)).toBe(20);
  });

  test.each(["72404", "+882162000001"])(
    "a text of %s is not answered: nobody in the config has a phone in that country",
    async (from) => {
      expect(await answered("Your parcel is on its way", from)).toBe(0);
    },
  );

  test("strangers together get thirty answers an hour, however many they are; people of the config get theirs", async () => {
    const numbers = Array.from({ length: 40 }, (_, n) => `+4477009002${String(n).padStart(2, "0")}`);
    const answers = [];
    for (const number of numbers) answers.push(await answered("hello", number, 1));
    expect(answers.filter((count) => count > 0)).toHaveLength(30);
    expect(house.said.counted).toContain("OperatorAlarm");
    expect(await answered("hello", adasPhone, 1)).toBe(1);
    house.pass(hours(1));
    expect(await answered("hello", "+447700900299", 1)).toBe(1);
  });

  test("one number's silence is nobody else's", async () => {
    await answered("hello", stranger);
    expect(await text("hello", "+447700900178")).toMatch(/^This number pages/);
  });

  test("a yes that is repeated is answered longer than what means nothing", async () => {
    await house.page();
    expect(await answered("1", adasPhone, 12)).toBe(12);
    expect(await answered("ok", adasPhone, 40)).toBeLessThan(20);
  });
});
