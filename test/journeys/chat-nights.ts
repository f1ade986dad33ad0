// Nights in the chat, wherever the hub runs: what a channel shows of an incident, and what becomes of it when the chat is
// slow, full, down, or when somebody deletes what stood there.
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { minutes, seconds } from "../../functions/core/time.ts";
import { incidentsChannel, simulatedTeams } from "../../infra/local/simulator/chat/account.ts";
import { wordsOf } from "../../infra/local/simulator/chat/cards.ts";
import { chatPath } from "../../infra/local/simulator/chat/chat-simulator.ts";
import type { ChatMessage } from "../../infra/local/simulator/chat/memory.ts";
import { asAda, phones, sampleConfig, type World, type WorldSettings } from "../support/world.ts";

const { ada, linus } = phones;
const outage = { title: "Payments time out", service: "checkout", severity: "critical" };

const chat = { channel: incidentsChannel, team: simulatedTeams.team.groupId };
interface Person {
  readonly teams?: string;
  readonly contact?: readonly { readonly id: string }[];
  readonly rules?: object;
}
type Organisation = Readonly<Record<string, unknown>> & {
  readonly people: Readonly<Record<string, Person>>;
};
/** What is told here is told of texts: without the calls and cards that come beside them the sentences stay short. */
const texted = ({ teams: _card, contact, rules: _order, ...person }: Person): Person =>
  contact === undefined ? person : { ...person, contact: contact.filter(({ id }) => id !== "chat") };
const sample = parse(sampleConfig().replaceAll("phone: ", "sms: ")) as Organisation;
const people = Object.fromEntries(Object.entries(sample.people).map(([id, one]) => [id, texted(one)]));
const withoutChat = { ...sample, people, chat: undefined };
const withChat = { ...withoutChat, chat };
/** Ada can be reached there, too. */
const ownChannels = {
  ...withoutChat,
  people: { ...people, ada: { ...people["ada"], teams: "ada@brightwater.example" } },
  chat: { ...chat, own_channels: true },
};

type Ask = (settings: WorldSettings) => Promise<World>;

const nightsOf =
  (aWorld: Ask) =>
  async (tell: (night: Night) => Promise<void>, config: object = withChat): Promise<void> => {
    const world = await aWorld({ config, chat: true });
    try {
      await tell(nightOf(world));
    } finally {
      await world.end();
    }
  };

export function chatNights(aWorld: Ask): void {
  const within = nightsOf(aWorld);

  describe("an incident in triage", () => {
    test("has a post in the channel that shows how it stands, and a thread that tells how it went", () =>
      within(async ({ world, home, log, shows, inHome }) => {
        await world.alert(outage);
        expect(home()).toHaveLength(1);
        expect(shows(home()[0])).toContain("Payments time out");
        expect(shows(home()[0])).toContain("Nobody has it yet");
        expect(log()).toMatch(/Level 1 starts: Ada Okafor has 5 minutes to answer/);

        await world.pass(minutes(5));
        await world.reply(linus, "1");
        await world.pass(seconds(2));
        expect(home()).toHaveLength(1);
        expect(shows(home()[0])).toContain("Has it: Linus Ekdahl");
        expect(log()).toMatch(
          /Level 1 starts[^]*Nobody took it in time\. Level 2 starts[^]*Linus Ekdahl answered: yes/,
        );
        expect(log()).not.toMatch(/SMS|code/);

        await world.order((await world.theIncident()).id, "stand-down");
        await world.pass(seconds(2));
        expect(shows(home()[0])).toContain("Stood down");
        expect(log()).toMatch(/Stood down by [^\n]*$/);
        const before = inHome().length;
        await world.pass(minutes(30));
        expect(inHome().length).toBe(before);
      }));

    test("is meant by whoever writes in its thread, whatever else is open", () =>
      within(async ({ world, home, shows }) => {
        await world.alert({ ...outage, service: "website", title: "Pictures are missing" });
        await world.alert(outage);
        const { thread = "" } = home().find((post) => shows(post).includes("Payments time out")) ?? {};
        await world.chat.channel(incidentsChannel).says("ada@brightwater.example", "ack", { thread });
        await world.pass(seconds(3));
        const owned = (await world.open()).filter(({ owner }) => owner !== undefined);
        expect(owned.map(({ title }) => title)).toEqual(["Payments time out"]);
      }, ownChannels));

    test("has none where the config names no channel", () =>
      within(async ({ world, home }) => {
        await world.alert(outage);
        await world.pass(minutes(1));
        expect(home()).toEqual([]);
      }, withoutChat));

    test("of a drill says so in the post and in the thread", () =>
      within(async ({ world, home, log, shows }) => {
        await world.post("/alerts/drills/demo-drill-key-0001", outage);
        expect(shows(home()[0])).toContain("DRILL");
        expect(log()).toMatch(/^DRILL\n/);
      }));
  });

  describe("a declared incident", () => {
    test("has a channel of its own, named after it: the thread leads there, and the log goes on there", () =>
      within(async ({ world, declare, home, log, own, ownLog, shows }) => {
        await declare({ synopsis: "Nobody can pay since two o'clock" });
        const channel = own();
        const { codename } = await world.get<{ codename: string }>(
          `/api/incidents/${(await world.theIncident()).id}`,
        );
        expect(channel?.name).toBe(`incident-${codename.toLowerCase().replaceAll(" ", "-")}`);
        expect(channel).toMatchObject({ membershipType: "standard" });
        expect(channel?.description).toContain("Nobody can pay since two o'clock");
        expect(channel?.description).toContain(world.url);
        expect(log()).toMatch(/declared the incident[^]*has a channel of its own now: https:/);

        const { id } = await world.theIncident();
        await world.post(`/api/incidents/${id}/commands`, {
          type: "report",
          conditions: "Half of the tills work",
        });
        await world.pass(seconds(2));
        expect(ownLog()).toContain("Half of the tills work");
        expect(log()).not.toContain("Half of the tills work");
        for (const post of [home()[0], own()?.posts[0]])
          expect(shows(post)).toContain("Half of the tills work");

        await world.chat.channel(channel?.id ?? "").says("ada@brightwater.example", "I am here");
        await world.pass(seconds(2));
        expect(ownLog()).toContain("Ada Okafor is here.");

        // She was asked and is here: it is hers, and hers to end.
        await world.chat.channel(channel?.id ?? "").says("ada@brightwater.example", "close");
        await world.pass(seconds(2));
        expect(ownLog()).toMatch(/Ada Okafor closed the incident\.$/);
        for (const post of [home()[0], own()?.posts[0]]) expect(shows(post)).toContain("Closed");
      }, ownChannels));

    test("stays in its thread where nobody consented to channels, and says so once", () =>
      within(async ({ world, declare, log, own }) => {
        world.chat.consent(false);
        await declare({});
        expect(own()).toBeUndefined();
        const { id } = await world.theIncident();
        await world.post(`/api/incidents/${id}/commands`, { type: "report", conditions: "It is worse" });
        await world.pass(minutes(3));
        expect(log().match(/No channel of its own could be made/g)).toHaveLength(1);
        expect(log()).toContain("It is worse");
      }, ownChannels));

    test("that is sensitive is read of by those who work on it, in a private channel, and by nobody else", () =>
      within(async ({ world, declare, home, log, own, ownLog, shows }) => {
        await declare({ sensitive: "true", synopsis: "Somebody reads our mail" });
        expect(shows(home()[0])).not.toContain("Payments time out");
        expect(shows(home()[0])).toContain("sensitive");
        const channel = own();
        expect(channel).toMatchObject({ membershipType: "private" });
        expect(channel?.description).not.toContain("mail");
        expect(channel?.members).toEqual([world.chat.user("ada@brightwater.example").aadObjectId]);
        expect(shows(channel?.posts[0])).toContain("Somebody reads our mail");
        expect(ownLog()).toContain("Somebody reads our mail");
        expect(`${log()} ${shows(home()[0])}`).not.toContain("Somebody reads our mail");
      }, ownChannels));

    test("that is sensitive and has no channel is told on the command post alone", () =>
      within(async ({ world, declare, home, log, shows }) => {
        world.chat.consent(false);
        await declare({ sensitive: "true", synopsis: "Somebody reads our mail" });
        const { id } = await world.theIncident();
        const report = { type: "report", conditions: "Still reading" };
        expect((await world.post(`/api/incidents/${id}/commands`, report, asAda)).status).toBe(200);
        await world.pass(minutes(2));
        expect(`${log()} ${shows(home()[0])}`).not.toMatch(/reads our mail|Still reading|Payments/);
        expect(log()).toMatch(/It is told on the command post: http/);
      }, ownChannels));

    test("goes on in its thread when somebody deletes its channel in mid-incident", () =>
      within(async ({ world, declare, log, own }) => {
        await declare({});
        await world.chat.channel(own()?.id ?? "").deletes();
        const { id } = await world.theIncident();
        await world.post(`/api/incidents/${id}/commands`, { type: "report", conditions: "It goes on" });
        await world.pass(minutes(1));
        expect(log()).toMatch(/own channel is not there any more[^]*It goes on/);
        expect(log().match(/not there any more/g)).toHaveLength(1);
      }, ownChannels));
  });

  describe("somebody deletes what stood there", () => {
    test("the post: another one is put up, as the incident is now", () =>
      within(async ({ world, home, log, remove, shows }) => {
        await world.alert(outage);
        await remove(home()[0]);
        await world.reply(ada, "1");
        await world.pass(seconds(5));
        expect(home()).toHaveLength(1);
        expect(shows(home()[0])).toContain("Has it: Ada Okafor");
        expect(log()).toContain("Ada Okafor answered: yes");
      }));

    test("the channel: nobody is paged less for it, and when there is one again all of it is told", () =>
      within(async ({ world, home, log }) => {
        await world.chat.leaveTeam();
        await world.alert(outage);
        await world.pass(minutes(5));
        expect(world.pages(ada)).toHaveLength(1);
        expect(world.pages(linus)).toHaveLength(1);
        expect(home()).toEqual([]);
        await world.chat.joinTeam();
        await world.pass(minutes(11));
        expect(home()).toHaveLength(1);
        expect(log()).toMatch(/\(02:0\d UTC\) Level 1 starts[^]*Level 2 starts/);
      }));
  });

  describe("the chat is not well", () => {
    test("down for half an hour: people are paged as ever, and afterwards all of it is there, in its order", () =>
      within(async ({ world, home, lines, shows }) => {
        await world.alert(outage);
        world.chat.behave("off");
        await world.pass(minutes(5));
        expect(world.pages(linus)).toHaveLength(1);
        await world.reply(linus, "3");
        await world.pass(minutes(12));
        await world.reply(ada, `1 ${/[A-Z]\d{4}/.exec(world.pages(ada)[0] ?? "")?.[0]}`);
        await world.pass(minutes(13));
        world.chat.behave("well");
        await world.pass(seconds(90));
        expect(home()).toHaveLength(1);
        expect(shows(home()[0])).toMatch(/Has it: (Linus|Ada)/);
        const told = lines();
        const places = [
          "Level 1 starts",
          "Level 2 starts",
          "Linus Ekdahl asked for more help",
          "Ada Okafor answered: yes",
        ].map((words) => told.findIndex((line) => line.includes(words)));
        expect(places).not.toContain(-1);
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        expect(new Set(told).size).toBe(told.length);
      }));

    test("full: it is left alone for as long as it says, and then told all of it", () =>
      within(async ({ world, home, log, inHome }) => {
        world.chat.fail({ mode: "rate-limited", route: "create", retryAfter: 40 });
        await world.alert(outage);
        await world.reply(ada, "1");
        await world.pass(seconds(39));
        expect(inHome().map(({ status }) => status)).toEqual([429]);
        await world.pass(seconds(3));
        expect(home()).toHaveLength(1);
        expect(log()).toContain("Ada Okafor answered: yes");
      }));

    test("silent: it may have taken the first post, and rather two of them stand there than none", () =>
      within(async ({ world, home, shows }) => {
        world.chat.fail({ mode: "taken-and-reset", route: "create" });
        await world.alert(outage);
        await world.pass(seconds(5));
        expect(home()).toHaveLength(2);
        await world.reply(ada, "1");
        await world.pass(seconds(5));
        expect(
          home()
            .map(shows)
            .filter((words) => words.includes("Has it: Ada")),
        ).toHaveLength(1);
      }));

    test("slow: nobody waits for it, and it is brought up to date when it answers", () =>
      within(async ({ world, home, shows }) => {
        world.chat.fail({ mode: "slow", route: ["create", "reply"], times: 1 });
        await world.alert(outage);
        expect(world.pages(ada)).toHaveLength(1);
        await world.reply(ada, "1");
        await world.pass(seconds(5));
        expect(home().map(shows).join()).toContain("Has it: Ada Okafor");
      }));
  });
}

/** What a storm of answers does to the chat is the same wherever the hub runs. */
export function chatCrowd(aWorld: Ask): void {
  const within = nightsOf(aWorld);

  test("200 people are asked and answer within seconds: the chat is changed every two seconds, and never says that it is too much", () =>
    within(async ({ world, home, lines, shows, inHome }) => {
      await world.alert(outage);
      await world.pass(seconds(10));
      const everybody = Array.from({ length: 200 }, (_, n) => numberOf(n));
      for (let n = 0; n < 200; n += 20) {
        await Promise.all(
          everybody.slice(n, n + 20).map((phone) => world.simulator.text(phone, n === 180 ? "1" : "2")),
        );
        await world.pass(500);
      }
      await world.pass(minutes(1));
      const inChannel = inHome();
      expect(inChannel.map(({ status }) => status)).not.toContain(429);

      const changes = inChannel.filter(({ route }) => route === "update").map(({ at }) => at);
      for (const [n, at] of changes.entries())
        if (n > 0) expect(at - (changes[n - 1] ?? 0)).toBeGreaterThanOrEqual(2000);
      expect(inChannel.length).toBeLessThan(60);
      expect(lines().filter((line) => line.endsWith("declined."))).toHaveLength(180);
      expect(home()).toHaveLength(1);
      expect(shows(home()[0])).toMatch(/Has it: Person 1[89]\d/);
    }, crowd()));
}

/** Reserved for fiction. */
const numberOf = (n: number): string => `+447700900${String(n).padStart(3, "0")}`;

function crowd(): object {
  const all = Array.from({ length: 200 }, (_, n) => n);
  const person = (n: number) =>
    [`p${n}`, { name: `Person ${n}`, time_zone: "Europe/London", sms: numberOf(n) }] as const;
  const together = { levels: [{ page: all.map((n) => `p${n}`), within: "30m" }], catch_all: ["p0"] };
  return {
    organisation: "Brightwater Books",
    chat,
    people: Object.fromEntries(all.map(person)),
    policies: { together },
    services: { checkout: { name: "Checkout", importance: "high", policy: "together" } },
    sources: { anything: { kind: "generic", key: "demo-anything-key-0001" } },
    routing: [{ service: "checkout" }],
  };
}

type Night = ReturnType<typeof nightOf>;

function nightOf(world: World) {
  const posts = (channel: string): readonly ChatMessage[] =>
    world.chat.said(channel).filter(({ id, thread }) => id === thread);
  const replies = (channel: string): string =>
    world.chat
      .said(channel)
      .filter(({ id, thread }) => id !== thread)
      .map(({ text }) => text)
      .join("\n");
  const own = () => {
    const found = world.chat.channels().find(({ name }) => /^(incident|drill)-/.test(name));
    return found === undefined ? undefined : { ...found, posts: posts(found.id) };
  };
  return {
    world,
    /** The posts in the channel of the config. */
    home: () => posts(incidentsChannel),
    shows: (post: ChatMessage | undefined): string =>
      wordsOf(post?.card).replace(/\n+/g, " ").replace(/ {2,}/g, " "),
    /** What stands in their threads. */
    log: () => replies(incidentsChannel),
    lines: (): readonly string[] => replies(incidentsChannel).split("\n"),
    /** What the bot said there, or tried to. */
    inHome: () =>
      world.chat
        .requests()
        .filter(
          ({ conversation, route }) =>
            route === "create" ||
            (conversation === incidentsChannel && ["post", "reply", "update"].includes(route ?? "")),
        ),
    own,
    ownLog: () => replies(own()?.id ?? ""),
    /** Ada is on it, and while nobody commands it whoever looks at it may declare it. */
    declare: async (how: Readonly<Record<string, string>>): Promise<void> => {
      await world.alert(outage);
      await world.reply(ada, "3");
      await world.pass(seconds(3));
      const { id } = await world.theIncident();
      const declared = await world.post(`/api/incidents/${id}/commands`, { type: "declare", ...how });
      expect(declared.status).toBe(200);
      await world.pass(seconds(3));
    },
    remove: async (post: ChatMessage | undefined): Promise<void> => {
      const at = `${world.url}${chatPath}/v3/conversations/${encodeURIComponent(post?.conversation ?? "")}`;
      const headers = { authorization: `Bearer ${world.chat.appToken()}` };
      const removed = await fetch(`${at}/activities/${post?.id}`, { method: "DELETE", headers });
      expect(removed.status).toBe(200);
    },
  };
}
