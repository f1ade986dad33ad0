// Long histories behind a word to the bot: only the cloud has them.
import { expect, test } from "vitest";
import { parse } from "yaml";
import { seconds } from "../../functions/core/time.ts";
import { incidentsChannel, simulatedTeams } from "../../infra/local/simulator/chat/account.ts";
import { ageIncident, agePerson, ageSite } from "../support/cloud/age.ts";
import { ageConversation } from "../support/cloud/age-chat.ts";
import type { CloudWorld } from "../support/cloud.ts";
import { phones, sampleConfig, type WorldSettings } from "../support/world.ts";

const sample = parse(sampleConfig()) as { readonly people: Readonly<Record<string, object>> };
const ada = "ada@brightwater.example";
const config = {
  ...sample,
  people: { ...sample.people, ada: { ...sample.people["ada"], teams: ada } },
  chat: { channel: incidentsChannel },
};

export function rareWordNights(aWorld: (settings: WorldSettings) => Promise<CloudWorld>): void {
  test("an incident, people and a conversation of long histories are served like any others", async () => {
    const world = await aWorld({ config, chat: true });
    try {
      await world.chat.announce();
      await world.alert({ title: "Payments time out", service: "checkout", severity: "critical" });
      const { id } = await world.theIncident();
      const user = world.chat.user(ada);
      await ageIncident(world.table, `incident/${id}`);
      await agePerson(world.table, "ada");
      await ageSite(world.table);
      await ageConversation(world.table, user.aadObjectId, {
        tenant: simulatedTeams.tenant,
        // It has moved since.
        serviceUrl: "https://smba.trafficmanager.net/emea/",
        conversation: user.conversation,
        person: { id: user.mri, name: ada },
      });
      world.cool();
      await user.says("more help");
      await world.rest();
      expect(user.sees().at(-1)?.text).toContain("More help is being paged.");
      expect((await world.theIncident()).pages.map(({ person }) => person.id)).toContain("linus");

      await world.reply(phones.linus, "1");
      await world.pass(seconds(2));
      await ageIncident(world.table, `incident/${id}`);
      world.cool();
      await user.says("sign in"); // the second of them asks whether the chat is there
      await world.rest();
      expect(user.sees().at(-1)?.text).toContain("you are here");
    } finally {
      await world.end();
    }
  });
}
