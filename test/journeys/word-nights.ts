// Nights on which people speak with the bot, wherever the hub runs: they install it, type to it in the chat and in the
// incident's thread, and call for help.
import { expect, test } from "vitest";
import { parse } from "yaml";
import { seconds } from "../../functions/core/time.ts";
import { incidentsChannel } from "../../infra/local/simulator/chat/account.ts";
import { wordsOf } from "../../infra/local/simulator/chat/cards.ts";
import { sampleConfig, type World, type WorldSettings } from "../support/world.ts";

const sample = parse(sampleConfig()) as {
  readonly people: Readonly<Record<string, object>>;
};
const [ada, linus, mei] = ["ada@brightwater.example", "linus@brightwater.example", "mei@brightwater.example"];
const config = {
  ...sample,
  people: {
    ...sample.people,
    ada: { ...sample.people["ada"], teams: ada },
    linus: { ...sample.people["linus"], teams: linus },
    mei: { ...sample.people["mei"], teams: mei },
  },
  chat: { channel: incidentsChannel },
};
const outage = { title: "Payments time out", service: "checkout", severity: "critical" };

export function wordNights(aWorld: (settings: WorldSettings) => Promise<World>): void {
  const within = async (tell: (night: ReturnType<typeof nightOf>) => Promise<void>): Promise<void> => {
    const world = await aWorld({ config, chat: true });
    try {
      await world.chat.announce();
      await world.rest();
      await tell(nightOf(world));
    } finally {
      await world.end();
    }
  };

  test("a response that is run from the chat alone, from the page to the close", () =>
    within(async ({ world, says, inThread }) => {
      expect(world.chat.user(ada ?? "").sees()[0]?.summary).toContain("Hello Ada Okafor");
      await world.alert(outage);
      const { id, pages } = await world.theIncident();
      const code = pages.find(({ person }) => person.id === "ada")?.code ?? "";
      expect(await says(ada, `in 45 ${code}`)).toContain("expected in 45 minutes");
      expect(await inThread(ada, "declare Nobody can pay")).toContain("Declared. Its name is");
      expect(await inThread(linus, "I am here")).toContain("Linus Ekdahl: Noted: you are here.");
      expect(await inThread(ada, "report slow / rolling back / hands")).toContain("Reported");
      expect(await inThread(ada, "page mei")).toContain("Mei Tanaka is being paged.");
      expect(await says(mei, "ack")).toContain("You have it.");
      expect(await says(mei, "who is on call for checkout?")).toContain("Checkout: first Ada Okafor");
      expect(await inThread(linus, "close")).toContain("only whoever is in command");
      expect(await inThread(ada, "close")).toContain("Closed. Everybody was told");
      expect((await world.incident(id)).phase).toBe("closed");
    }));

  test("a call for help from the chat has whoever answers for the service paged, and is answered with the incident", () =>
    within(async ({ world, says }) => {
      expect(await says(linus, "list")).toBe("No incident is open.");
      expect(await says(linus, "help me checkout: cards are declined")).toContain("Help is on its way");
      const incident = await world.theIncident();
      expect(incident.title).toBe("Call for help from Linus Ekdahl: cards are declined");
      expect(incident.pages.map(({ person }) => person.id)).toEqual(["ada"]);
      expect(await says(linus, "status")).toContain("cards are declined");
      expect(await says(ada, "ack")).toContain("You have it.");
      expect(await says(linus, "help me checkout: still")).toContain("Ada Okafor has it.");
      expect(await says(ada, "stand down")).toContain("Stood down.");
    }));
}

function nightOf(world: World) {
  const wordsFrom = async (conversation: string, speak: () => Promise<unknown>): Promise<string> => {
    const before = world.chat.said(conversation).length;
    await speak();
    await world.chat.settled();
    const answers = world.chat.said(conversation).slice(before);
    // One conversation takes a few words a second.
    await world.pass(seconds(2));
    return answers
      .flatMap(({ from, text, card }) =>
        from !== undefined ? [] : [card === undefined ? text : wordsOf(card)],
      )
      .join("\n");
  };
  return {
    world,
    says: (who = "", text: string) =>
      wordsFrom(world.chat.user(who).conversation, () => world.chat.user(who).says(text)),
    /** Of the newest incident. */
    inThread: (who = "", text: string) => {
      const channel = world.chat.channel(incidentsChannel);
      const thread = channel.said().findLast(({ card }) => card !== undefined)?.thread;
      if (thread === undefined) throw new Error("The incident has no thread");
      return wordsFrom(`${incidentsChannel};messageid=${thread}`, () => channel.says(who, text, { thread }));
    },
  };
}
