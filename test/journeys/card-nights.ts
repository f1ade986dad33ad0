// Nights on which people are paged by a card in Teams, wherever the hub runs: what it shows to each of them, and what becomes
// of it when somebody else presses first, by whichever way.
import { expect, test } from "vitest";
import { parse } from "yaml";
import { minutes } from "../../functions/core/time.ts";
import { incidentsChannel } from "../../infra/local/simulator/chat/account.ts";
import { actionsOf, wordsOf } from "../../infra/local/simulator/chat/cards.ts";
import { phones, sampleConfig, type World, type WorldSettings } from "../support/world.ts";

type Organisation = Readonly<Record<string, unknown>> & {
  readonly people: Readonly<Record<string, object>>;
  readonly policies: Readonly<Record<string, object>>;
};
const sample = parse(
  sampleConfig().replaceAll("phone: ", "sms: ").replaceAll("work-sms", "work"),
) as Organisation;
const [ada, linus] = ["ada@brightwater.example", "linus@brightwater.example"] as const;
/** Both are asked at once, in the chat and by text. */
const config = {
  ...sample,
  people: {
    ...sample.people,
    ada: { ...sample.people["ada"], teams: ada },
    linus: { ...sample.people["linus"], teams: linus },
  },
  policies: {
    ...sample.policies,
    shop: { ...sample.policies["shop"], levels: [{ page: ["ada", "linus"], within: "5m" }] },
  },
  chat: { channel: incidentsChannel },
};
const outage = { title: "Payments time out", service: "checkout", severity: "critical" };

export function cardNights(aWorld: (settings: WorldSettings) => Promise<World>): void {
  const within = async (tell: (night: Night) => Promise<void>): Promise<void> => {
    const world = await aWorld({ config, chat: true });
    try {
      await tell(nightOf(world));
    } finally {
      await world.end();
    }
  };

  test("one presses, and the other's card says who has it; the press that comes too late says why", () =>
    within(async ({ world, card, shows, offers, press }) => {
      await world.alert(outage);
      expect(shows(ada)).toMatch(/CRITICAL\s+Checkout/);
      expect(offers(linus)).toContain("Acknowledge");
      const stale = card(ada);

      await press(linus, "Acknowledge");
      expect(shows(linus)).toContain("You have it.");
      expect(shows(ada)).toContain("Linus Ekdahl has it. There is nothing for you to do.");
      expect(offers(ada)).toEqual(["Command post"]);
      expect((await world.theIncident()).owner?.id).toBe("linus");

      const late = await world.chat.user(ada).presses(stale, "acknowledge");
      expect(late).toMatchObject({ outcome: "card" });
      expect(wordsOf("card" in late ? late.card : {})).toMatch(/Linus Ekdahl has it already/);
      expect((await world.theIncident()).owner?.id).toBe("linus");
      // She may have left her desk: the phone that was texted is told as well.
      expect(world.texts(phones.ada).at(-1)).toBe(
        "TAKEN Checkout: Linus Ekdahl has it. Your page is called off.",
      );
    }));

  test("a card shows what was answered by text as well", () =>
    within(async ({ world, shows, offers }) => {
      await world.alert(outage);
      await world.reply(phones.ada, "1");
      expect(shows(ada)).toContain("You have it.");
      expect(shows(linus)).toContain("Ada Okafor has it.");
      await world.order((await world.theIncident()).id, "stand-down");
      expect(shows(ada)).toContain("Stood down.");
      expect(offers(ada)).toEqual(["Command post"]);
    }));

  test("whoever has blocked the app gets the text, and the card is given up", () =>
    within(async ({ world }) => {
      world.chat.user(ada).blocks();
      await world.alert(outage);
      const [page] = (await world.theIncident()).pages.filter(({ person }) => person.id === "ada");
      expect(page?.deliveries).toMatchObject([
        { channel: "sms", state: "handed" },
        { channel: "teams", state: "failed" },
      ]);
    }));

  test("while the chat is gone the texts go out; what could not be shown is shown when it is back", () =>
    within(async ({ world, shows, press }) => {
      await world.alert(outage);
      await press(ada, "More help");
      world.chat.behave("failing");
      await world.reply(phones.linus, "1");
      world.chat.behave("well");
      await world.pass(minutes(10));
      expect(shows(ada)).toContain("Linus Ekdahl has it.");
    }));
}

type Night = ReturnType<typeof nightOf>;

function nightOf(world: World) {
  const card = (who: string) => {
    const newest = world.chat.user(who).newestCard();
    if (newest === undefined) throw new Error(`${who} has no card`);
    return newest;
  };
  return {
    world,
    card,
    shows: (who: string) => wordsOf(card(who).card).replace(/\s+/g, " "),
    offers: (who: string) => actionsOf(card(who).card).flatMap(({ title }) => title ?? []),
    press: async (who: string, title: string) => {
      const pressed = await world.chat.user(who).presses(card(who), title);
      await world.chat.settled();
      await world.rest();
      return pressed;
    },
  };
}
