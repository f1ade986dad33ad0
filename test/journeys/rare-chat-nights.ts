// Of the chat what only the cloud has: long histories, too large for one item.
import { expect, test } from "vitest";
import { parse } from "yaml";
import { minutes, seconds } from "../../functions/core/time.ts";
import { incidentsChannel, simulatedTeams } from "../../infra/local/simulator/chat/account.ts";
import { wordsOf } from "../../infra/local/simulator/chat/cards.ts";
import { chatPath } from "../../infra/local/simulator/chat/chat-simulator.ts";
import { ageIncident, agePerson } from "../support/cloud/age.ts";
import { ageConversation, agePost } from "../support/cloud/age-chat.ts";
import { ageHeldCalls, ageLimits } from "../support/cloud/age-line.ts";
import type { CloudWorld } from "../support/cloud.ts";
import { phones, sampleConfig, type WorldSettings } from "../support/world.ts";

const sample = parse(sampleConfig()) as Readonly<Record<string, unknown>> & {
  readonly people: Readonly<Record<string, object>>;
};
const config = { ...sample, chat: { channel: incidentsChannel } };
const ada = "ada@brightwater.example";
const inTeams = {
  ...config,
  people: { ...sample.people, ada: { ...sample.people["ada"], teams: ada } },
};
/** Nothing else rings for her. */
const byChatAlone = {
  ...config,
  people: {
    ...sample.people,
    ada: { name: "Ada Okafor", time_zone: "America/New_York", teams: ada },
  },
};

export function rareChatNights(aWorld: (settings: WorldSettings) => Promise<CloudWorld>): void {
  test("an incident's place in the chat that has a long history is brought up to date like any other", async () => {
    const world = await aWorld({ config, chat: true });
    try {
      await world.alert({ title: "Payments time out", service: "checkout", severity: "critical" });
      const { id } = await world.theIncident();
      const age = async () => {
        await ageIncident(world.table, `incident/${id}`);
        await agePost(world.table, `post/${id}`);
        await ageConversation(world.table, incidentsChannel, {
          tenant: simulatedTeams.tenant,
          serviceUrl: `${world.url}${chatPath}/`,
        });
        world.cool();
      };
      const told = () =>
        world.chat
          .said(incidentsChannel)
          .map(({ text }) => text)
          .join("\n");

      await world.pass(seconds(10));
      await age(); // update-site
      await world.reply(phones.ada, "1");
      await world.pass(seconds(5));
      expect(told()).toContain("Ada Okafor answered: yes");

      world.chat.behave("failing");
      await world.order(id, "escalate");
      await world.pass(seconds(5));
      await age(); // fire-timers asks for another try
      world.chat.behave("well");
      await world.pass(minutes(2));
      expect(told()).toContain("More help was asked for");
    } finally {
      await world.end();
    }
  });

  test("calls for help beyond the limit are held, however long the history of others", async () => {
    const world = await aWorld({ config: inTeams, chat: true });
    try {
      const opened = new Set<string>();
      for (let n = 0; n < 5; n++) {
        await ageLimits(world.table);
        await ageHeldCalls(world.table);
        world.cool();
        await world.chat.user(ada).says(`help me website: it is slow, ${n}`);
        await world.rest();
        for (const { id } of await world.open()) {
          opened.add(id);
          await world.order(id, "stand-down");
        }
      }
      expect(opened.size).toBe(4);
      await world.pass(minutes(11));
      const titles = (await world.open()).map(({ title }) => title);
      expect(titles).toContain("Unanswered call for help from Ada Okafor");
    } finally {
      await world.end();
    }
  });

  test("a page's card is changed however long the history of its incident, and of the conversation", async () => {
    const world = await aWorld({ config: inTeams, chat: true });
    try {
      await world.alert({ title: "Payments time out", service: "checkout", severity: "critical" });
      const { id } = await world.theIncident();
      const { aadObjectId, conversation } = world.chat.user(ada);
      await ageIncident(world.table, `incident/${id}`);
      await ageConversation(world.table, aadObjectId, {
        tenant: simulatedTeams.tenant,
        serviceUrl: `${world.url}${chatPath}/`,
        conversation,
      });
      world.cool();
      await world.reply(phones.ada, "1"); // update-cards
      expect(wordsOf(world.chat.user(ada).newestCard()?.card)).toContain("You have it.");
    } finally {
      await world.end();
    }
  });

  test("whoever brought the app back gets the page and the notice, however long the history of the conversation", async () => {
    const world = await aWorld({ config: byChatAlone, chat: true });
    try {
      const { aadObjectId: user, conversation, mri } = world.chat.user(ada);
      const isGone = async () => {
        await ageConversation(world.table, user, {
          tenant: simulatedTeams.tenant,
          serviceUrl: `${world.url}${chatPath}/`,
          conversation,
          person: { id: mri, name: ada },
        });
        world.cool();
        world.chat.fail({ mode: "gone", route: "post", conversation });
      };
      const posted = () =>
        world.chat
          .requests()
          .flatMap(({ route, status, ...at }) =>
            route === "post" && at.conversation === conversation ? [status] : [],
          );
      await world.chat.announce();
      await world.rest();

      await isGone();
      await world.alert({ title: "Payments time out", service: "checkout", severity: "critical" });
      expect(posted().slice(-2)).toEqual([404, 201]);
      expect(wordsOf(world.chat.user(ada).newestCard()?.card)).toContain("Payments time out");

      world.hold("send-notice");
      await world.order((await world.theIncident()).id, "stand-down");
      await isGone();
      await world.letGo("send-notice");
      expect(posted().slice(-2)).toEqual([404, 201]);
      expect(world.chat.user(ada).sees().at(-1)?.text).toMatch(/^STOOD DOWN Checkout/);
    } finally {
      await world.end();
    }
  });

  test("people and conversations of long histories are looked at like any others before the night", async () => {
    const world = await aWorld({ config: inTeams, chat: true });
    try {
      const at = { tenant: simulatedTeams.tenant, serviceUrl: `${world.url}${chatPath}/` };
      const { aadObjectId: user, conversation } = world.chat.user(ada);
      const findings = async () => {
        world.cool();
        const { findings: found } = await world.get<{
          findings: readonly { about: string; says: string }[];
        }>("/api/readiness");
        return found.map(({ about, says }) => `${about}: ${says}`);
      };
      expect(await findings()).toContain("ada: Ada Okafor is in the team; the first page opens the chat");
      await world.chat.announce();
      await agePerson(world.table, "ada");
      await ageConversation(world.table, user, { ...at, conversation });
      await ageConversation(world.table, incidentsChannel, at);
      expect(await findings()).toContain("ada: Ada Okafor and the bot have met");
    } finally {
      await world.end();
    }
  });
}
