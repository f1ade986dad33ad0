// A user principal name is changed, or given to another account: who acts, and who is paged, is whoever has it now.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hours } from "../../functions/core/time.ts";
import { incidentsChannel } from "../../infra/local/simulator/chat/account.ts";
import { ada, aTeamsDoor, doorConfig, eve, linus, type TeamsDoor } from "../support/teams-door.ts";

const inChannel = `${doorConfig}chat: { channel: "${incidentsChannel}" }\n`;

let door: TeamsDoor;
beforeEach(async () => {
  door = await aTeamsDoor(inChannel);
  await door.teams.joinTeam();
  await door.teams.user(ada).installs();
  await door.teams.user(eve).installs();
});
afterEach(() => door.close());

const accountOf = (who: string) => door.teams.user(who).aadObjectId;
/** What the bot answers to this account, under the name that it has now. */
async function answerTo(upn: string, words = "status"): Promise<string> {
  await door.teams.user(upn).says(words);
  return door.wordsTo(upn).at(-1) ?? "";
}
const stranger = "belongs to nobody in Muster's config";
const asks = () => door.teams.requests().filter(({ route }) => route === "member").length;

describe("an account that was given another name", () => {
  test("is nobody of the config any more within a day", async () => {
    const former = "former@test.example";
    door.renamed([accountOf(ada), former], [accountOf(linus), linus], [accountOf(eve), eve]);
    door.pass(hours(24));
    expect(await answerTo(former)).toContain(stranger);
  });

  test("is believed under the old one for half a day without being asked for again", async () => {
    door.pass(hours(11));
    const before = asks();
    expect(await answerTo(ada)).not.toContain(stranger);
    expect(asks()).toBe(before);
  });

  test("stays who it is where the config names the account itself", async () => {
    const account = accountOf(ada);
    await door.close();
    door = await aTeamsDoor(inChannel.replace(`teams: ${ada}`, `teams: ${account}`));
    door.renamed([account, "former@test.example"]);
    expect(await answerTo("former@test.example")).not.toContain(stranger);
  });
});

describe("a name that was given to another account", () => {
  const former = "former@test.example";
  const swap = () => door.renamed([accountOf(ada), former], [accountOf(eve), ada]);

  test("is taken from the account that had it as soon as the other one speaks", async () => {
    const adas = accountOf(ada);
    swap();
    door.pass(hours(13));
    expect(await answerTo(ada)).not.toContain(stranger);
    expect((await door.places.known(adas))?.person?.name).toBeUndefined();
    expect(await answerTo(former)).toContain(stranger);
  });

  test("gets the pages from then on, though the other one never spoke since", async () => {
    const eves = door.teams.user(eve).conversation;
    expect(await door.places.personal(ada)).toMatchObject({
      place: { conversation: door.teams.user(ada).conversation },
    });
    swap();
    door.pass(hours(13));
    expect(await door.places.personal(ada)).toMatchObject({
      outcome: "open",
      place: { conversation: eves },
    });
  });
});

describe("while Teams tells no names", () => {
  const silent = () => door.teams.fail({ mode: "failing", route: "member", times: 100 });

  test("a name that was given within a day is believed", async () => {
    door.pass(hours(23));
    silent();
    expect(await answerTo(ada)).not.toContain(stranger);
  });

  test("an older one acts for nobody, and says so; help is called for all the same", async () => {
    door.pass(hours(25));
    silent();
    expect(await answerTo(ada)).toContain("Teams does not tell me who you are");
  });

  test("pages go where they went before: an old address is better than none", async () => {
    const { conversation } = door.teams.user(ada);
    door.pass(hours(48));
    silent();
    expect(await door.places.personal(ada)).toMatchObject({ outcome: "open", place: { conversation } });
  });
});
