// What the bot learns of where it can speak, and whom it greets.
import { afterEach, beforeEach, expect, test } from "vitest";
import { incidentsChannel } from "../../infra/local/simulator/chat/account.ts";
import { ada, aTeamsDoor, doorConfig, eve, type TeamsDoor } from "../support/teams-door.ts";

let door: TeamsDoor;
beforeEach(async () => {
  door = await aTeamsDoor(`${doorConfig}chat: { channel: "${incidentsChannel}" }\n`);
});
afterEach(() => door.close());

const known = (who: string) => door.places.known(door.teams.user(who).aadObjectId);

test("whoever adds the app is known by account and name, and told who Muster thinks this is", async () => {
  await door.teams.user(ada).installs();
  const { aadObjectId, mri, conversation } = door.teams.user(ada);
  expect(await door.places.known(aadObjectId)).toMatchObject({
    tenant: door.tenant,
    conversation,
    person: { id: mri, name: ada },
  });
  expect(await door.places.personal(ada)).toMatchObject({ outcome: "open", place: { conversation } });
  expect(door.wordsTo(ada)).toHaveLength(1);
  expect(door.wordsTo(ada)[0]).toContain("Hello Ada");
});

test("whoever is not in the config is told so, and what to write there", async () => {
  await door.teams.user(eve).installs();
  expect(door.wordsTo(eve)).toHaveLength(1);
  expect(door.wordsTo(eve)[0]).toContain(`teams: ${door.teams.user(eve).aadObjectId}`);
});

test("an installation that is told twice greets once", async () => {
  door.teams.failDelivery({ kind: "doubled" });
  await door.teams.user(ada).installs();
  expect(door.wordsTo(ada)).toHaveLength(1);
});

test("an app that was taken away reaches nobody, and one that comes back does again", async () => {
  const user = door.teams.user(ada);
  await user.installs();
  await user.uninstalls();
  expect(await known(ada)).toBeUndefined();
  await user.installs();
  expect(await known(ada)).toMatchObject({ conversation: user.conversation });
});

test("an upgrade of the app forgets nobody", async () => {
  await door.teams.user(ada).installs();
  const [installed] = door.teams.sent();
  for (const action of ["remove-upgrade", "add-upgrade"])
    await door.teams.deliver({ ...installed?.activity, id: `f:${action}`, action });
  expect(await known(ada)).toMatchObject({ person: { name: ada } });
  expect(door.wordsTo(ada)).toHaveLength(1);
});

test("every activity refreshes the address at which its conversation takes words", async () => {
  await door.teams.user(ada).installs();
  const [installed] = door.teams.sent();
  const serviceUrl = `${String(installed?.activity["serviceUrl"])}emea/`;
  await door.teams.deliver({ ...installed?.activity, id: "f:2", type: "typing", serviceUrl });
  expect((await known(ada))?.serviceUrl).not.toBe(serviceUrl);
  await door.teams.deliver({ ...installed?.activity, id: "f:3", action: "add-upgrade", serviceUrl });
  expect((await known(ada))?.serviceUrl).toBe(serviceUrl);
});

test("the team's channel is learned with its team; without the bot in the team nobody can speak there", async () => {
  await door.teams.joinTeam();
  expect(await door.places.known(incidentsChannel)).toMatchObject({ team: door.teams.account.team.id });
  await door.teams.leaveTeam();
  expect(await door.places.known(incidentsChannel)).toBeUndefined();
  await door.teams.joinTeam();
  expect(await door.places.known(incidentsChannel)).toBeDefined();
});

test("a channel that is deleted is lost, and one that is restored is known again", async () => {
  await door.teams.joinTeam();
  await door.teams.channel(incidentsChannel).deletes();
  expect(await door.places.known(incidentsChannel)).toBeUndefined();
  const deleted = door.teams.sent().at(-1)?.activity;
  const channelData = { ...(deleted?.["channelData"] as object), eventType: "channelRestored" };
  await door.teams.deliver({ ...deleted, id: "f:restored", channelData });
  expect(await door.places.known(incidentsChannel)).toBeDefined();
});

test("somebody who speaks in a channel is not taken for reachable one to one after taking the app away", async () => {
  await door.teams.joinTeam();
  const user = door.teams.user(ada);
  await user.installs();
  await user.uninstalls();
  await door.teams.channel(incidentsChannel).says(ada, "status");
  expect((await known(ada))?.conversation).toBeUndefined();
});
