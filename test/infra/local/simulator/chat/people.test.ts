// Who is in the simulated chat, and that it follows the clock that it is given.
import { afterEach, describe, expect, test } from "vitest";
import type { ChatSettings } from "../../../../../infra/local/simulator/chat/contract.ts";
import type { ChatPerson } from "../../../../../infra/local/simulator/chat/people.ts";
import { simulatedChat } from "../../../../support/simulated-chat.ts";
import { aTeamsBot } from "../../../../support/teams-bot.ts";
import { aMessage } from "../../../../support/teams-cards.ts";
import { virtualTime } from "../../../../support/virtual-time.ts";

const ended: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});
const aChat = async (settings: ChatSettings) => {
  const chat = await simulatedChat(settings);
  ended.push(() => chat.stop());
  return chat;
};

const person = (name: string, email: string | undefined, ...teams: readonly string[]): ChatPerson => ({
  name,
  ...(email !== undefined && { email }),
  methods: [
    { id: "phone", channel: "sms", address: "+12025550101" },
    ...teams.map((address) => ({ id: address, channel: "teams" as const, address })),
  ],
});
const guid = "11112222-3333-4444-5555-666677778888";

describe("in the chat is", () => {
  test("everybody with an address there, under it; whoever has an e-mail alone is not", async () => {
    const { chat } = await aChat({
      people: [
        person("Ada Okafor", "mail@brightwater.example", "ada@brightwater.example"),
        person("Linus Ekdahl", "linus@brightwater.example", guid),
        person("Joan Whitfield", "joan@brightwater.example"),
        person("Mei Tanaka", undefined),
      ],
    });
    expect(chat.users().map(({ name, upn }) => [name, upn])).toEqual([
      ["Ada Okafor", "ada@brightwater.example"],
      ["Linus Ekdahl", "linus@brightwater.example"],
    ]);
    expect(chat.user("linus@brightwater.example").aadObjectId).toBe(guid);
  });

  test("everybody with an e-mail where nobody has such an address", async () => {
    const { chat } = await aChat({
      people: [person("Ada Okafor", "ada@brightwater.example"), person("Mei Tanaka", undefined)],
    });
    expect(chat.users().map(({ upn }) => upn)).toEqual(["ada@brightwater.example"]);
  });

  test("whoever the config names now", async () => {
    let people: readonly ChatPerson[] = [];
    const { chat } = await aChat({ people: () => people });
    expect(chat.users()).toEqual([]);
    people = [person("Ada Okafor", "ada@brightwater.example")];
    expect(chat.users()).toHaveLength(1);
    expect(() => chat.user("linus@brightwater.example")).toThrow("nobody called linus@brightwater.example");
  });

  test("the same person after every start, by ids of the right form", async () => {
    const people = [person("Ada Okafor", undefined, "Ada@brightwater.example")];
    const [first] = (await aChat({ people })).chat.users();
    expect((await aChat({ people })).chat.users()).toEqual([first]);
    expect(first).toMatchObject({
      aadObjectId: expect.stringMatching(
        /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      ),
      mri: expect.stringMatching(/^29:1[\w-]{43}$/),
      upn: "ada@brightwater.example",
      conversation: expect.stringMatching(/^a:1[\w-]{43}$/),
    });
  });
});

describe("on a clock that a test moves", () => {
  const people = [person("Ada Okafor", "ada@brightwater.example")];
  const late = virtualTime(Date.parse("2031-05-01T00:00:00Z"));
  const timers = {
    after(ms: number, run: () => void) {
      const wait = late.waits.set(run, ms);
      return () => late.waits.clear(wait);
    },
  };

  test("messages, tokens and what is told have its time", async () => {
    const bot = await aTeamsBot({
      keys: () => `${chat.at}/keys`,
      audience: "b0700b07-70a5-4b1e-8e57-000000000002",
      now: late.clock.now,
    });
    ended.push(() => bot.close());
    const chat = await aChat({ people, now: late.clock.now, timers, deliverTo: bot.url });
    await chat.chat.user("ada@brightwater.example").says("help");
    expect(bot.heard).toMatchObject([{ activity: { timestamp: "2031-05-01T00:00:00.000Z" } }]);
    const { id } = (await chat.connector("POST", "/conversations/probe/activities", aMessage("x"))).body as {
      id: string;
    };
    // One more: that of what she wrote at the same instant is taken.
    expect(Number(id)).toBe(Date.parse("2031-05-01T00:00:00Z") + 1);
  });

  test("what is late is late by it", async () => {
    const chat = await aChat({ people, now: late.clock.now, timers });
    chat.chat.fail({ mode: "late", ms: 60_000 });
    let status = 0;
    const posting = chat
      .connector("POST", "/conversations/probe/activities", aMessage("x"))
      .then((said) => (status = said.status));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await late.pass(59_999);
    expect(status).toBe(0);
    await late.pass(1);
    await posting;
    expect(status).toBe(201);
  });
});
