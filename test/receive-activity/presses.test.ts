// A press on a card: the answer is the card as it is now, and says what was done or why not.
import { afterEach, beforeEach, expect, test } from "vitest";
import { postPlaceKey, postStream } from "../../functions/core/post/state.ts";
import { minutes } from "../../functions/core/time.ts";
import { incidentCard } from "../../functions/wording/cards/incident-card.ts";
import { incidentFacts } from "../../functions/wording/cards/incident-facts.ts";
import { pageCard } from "../../functions/wording/cards/page-card.ts";
import { pageFacts } from "../../functions/wording/cards/page-facts.ts";
import { incidentsChannel } from "../../infra/local/simulator/chat/account.ts";
import { hostile } from "../support/intake.ts";
import { ada, aTeamsDoor, type DoorIncident, eve, linus, type TeamsDoor } from "../support/teams-door.ts";

let door: TeamsDoor;
beforeEach(async () => {
  door = await aTeamsDoor();
  await door.teams.joinTeam();
  for (const who of [ada, linus]) await door.teams.user(who).installs();
});
afterEach(() => door.close());

const names = new Map([
  ["ada", "Ada"],
  ["linus", "Linus"],
]);
const beside = (now = door.ports.clock.now()) => ({
  names,
  now,
  address: "https://pager.example.com/",
  choices: [],
});

/** As send-page brings it. */
async function paged(incident: DoorIncident, who: string, address: string): Promise<string> {
  const page = await incident.pageOf(who);
  if (page === undefined) throw new Error(`${who} was not paged`);
  const state = await incident.state();
  return door.putCard(
    address,
    pageCard(pageFacts(incident.stream, state, page, { ...beside(), timeZone: "UTC" })),
  );
}
/** As it stands at the head of a thread. */
async function shownInChannel(incident: DoorIncident): Promise<string> {
  const card = incidentCard(incidentFacts(incident.stream, await incident.state(), beside()));
  const place = {
    serviceUrl: (await door.places.channel(incidentsChannel))?.serviceUrl ?? "",
    conversation: incidentsChannel,
  };
  const posted = await door.ports.chat.post(place, { card, summary: "An incident" });
  if (posted.outcome !== "done") throw new Error("not posted");
  return posted.activity ?? "";
}
async function press(who: string, target: string, action: string, inputs: object = {}) {
  const pressed = await door.teams.user(who).presses(target, action, { inputs: { ...inputs } });
  return pressed.outcome === "card" ? door.wordsOn(pressed.card) : JSON.stringify(pressed);
}
const history = async ({ stream }: DoorIncident) => door.ports.journal.history(stream, 0, 500);

test("“Acknowledge” takes the page, and the card says so", async () => {
  const incident = await door.incident();
  const words = await press(ada, await paged(incident, "ada", ada), "acknowledge");
  expect(words).toContain("You have it. One other stood down.");
  expect(await incident.owner()).toBe("ada");
});

test("a press on a card that is out of date is refused with the reason, and shows how it stands", async () => {
  const incident = await door.incident();
  const [adas, linuss] = [await paged(incident, "ada", ada), await paged(incident, "linus", linus)];
  await press(ada, adas, "acknowledge");
  const words = await press(linus, linuss, "acknowledge");
  expect(words).toContain("Ada has it already. Nothing changed.");
  expect(words).toMatch(/Ada\s+has it\. There is nothing for you to do\./);
  expect(await incident.owner()).toBe("ada");
});

test("two press at once: one has it, and the other's card says who", async () => {
  const incident = await door.incident();
  const [adas, linuss] = [await paged(incident, "ada", ada), await paged(incident, "linus", linus)];
  const words = await Promise.all([press(ada, adas, "acknowledge"), press(linus, linuss, "acknowledge")]);
  const [winner, loser] = (await incident.owner()) === "ada" ? [0, 1] : [1, 0];
  expect(words[winner]).toContain("You have it.");
  expect(words[loser]).toContain(`${["Ada", "Linus"][winner]} has it already.`);
});

test.each([
  ["in-20", "expected in 20 minutes", "acknowledged"],
  ["decline", "not you", "declined"],
  ["escalate", "You stay on it", "escalated"],
])("“%s” on a page's card does that", async (verb, says, state) => {
  const incident = await door.incident();
  expect(await press(ada, await paged(incident, "ada", ada), verb)).toContain(says);
  expect((await incident.pageOf("ada"))?.state).toBe(state);
  if (verb === "in-20")
    expect((await incident.state()).roster["ada"]?.promised).toBe(door.ports.clock.now() + minutes(20));
});

test("who acts is who Teams says: a card that names somebody else's page answers for nobody", async () => {
  const incident = await door.incident();
  const linusPage = (await incident.pageOf("linus"))?.id ?? "";
  const card = await paged(incident, "ada", ada);
  const forged = {
    type: "Action.Execute",
    verb: "acknowledge",
    data: { verb: "acknowledge", incident: incident.id, page: linusPage, person: "linus", user: "linus" },
  };
  const pressed = await door.teams.user(ada).presses(card, forged);
  expect(JSON.stringify(pressed)).toContain("that page went to somebody else");
  expect((await incident.pageOf("linus"))?.state).toBe("open");
  expect(await incident.owner()).toBeUndefined();
});

test("the same press brought again changes nothing, and shows the card as it is now", async () => {
  const incident = await door.incident();
  await press(ada, await paged(incident, "ada", ada), "acknowledge");
  const before = await history(incident);
  const sent = door.teams.sent().at(-1)?.activity ?? {};
  const again = await Promise.all([door.teams.deliver(sent), door.teams.deliver(sent)]);
  for (const each of again) {
    expect(each).toMatchObject({
      status: 200,
      body: { statusCode: 200, type: "application/vnd.microsoft.card.adaptive" },
    });
    expect(JSON.stringify(each)).toContain("You have it.");
  }
  expect(await history(incident)).toEqual(before);
});

test("a press that was interrupted is carried on, and what it had done is not done twice", async () => {
  const incident = await door.incident();
  const card = await paged(incident, "ada", ada);
  // The order went out, and nobody got to the end of it.
  const finish = door.ports.leases.finish.bind(door.ports.leases);
  door.ports.leases.finish = () => Promise.reject(new Error("the machine stopped"));
  await press(ada, card, "acknowledge");
  expect(await incident.owner()).toBe("ada");
  door.ports.leases.finish = finish;
  door.pass(11_000);
  const before = await history(incident);
  const sent = door.teams.sent().at(-1)?.activity ?? {};
  expect(await door.teams.deliver(sent)).toMatchObject({ status: 200, body: { statusCode: 200 } });
  expect(await history(incident)).toEqual(before);
});

test("a card that asks by itself how it stands has pressed nothing", async () => {
  const incident = await door.incident();
  await press(ada, await paged(incident, "ada", ada), "decline");
  const sent = door.teams.sent().at(-1)?.activity ?? {};
  const before = await history(incident);
  const value = {
    action: { type: "Action.Execute", verb: "acknowledge", data: { incident: incident.id } },
    trigger: "automatic",
  };
  const shown = await door.teams.deliver({ ...sent, id: "auto", value });
  expect(shown).toMatchObject({ status: 200, body: { statusCode: 200 } });
  const from = { id: door.teams.user(eve).mri, aadObjectId: door.teams.user(eve).aadObjectId };
  const strange = await door.teams.deliver({ ...sent, id: "auto2", value, from });
  expect(strange).toMatchObject({ status: 200, body: { statusCode: 403 } });
  expect(await history(incident)).toEqual(before);
});

test("the forms of an incident's card: declared, reported, somebody paged, closed", async () => {
  const incident = await door.incident();
  const card = await shownInChannel(incident);
  expect(await press(ada, card, "acknowledge")).toContain("You have it.");
  const declared = await press(ada, card, "declare", { synopsis: "Nobody can buy", sensitive: "false" });
  expect(declared).toContain("Its name is");
  expect(declared).toContain("Nobody can buy");
  const now = await shownInChannel(incident);
  expect(await press(linus, now, "sign-in")).toContain("Noted: you are here.");
  expect(await press(linus, now, "report", { conditions: "down", actions: "", needs: "hands" })).toContain(
    "hands",
  );
  expect(await press(linus, now, "close")).toContain("only whoever is in command");
  expect(await press(ada, now, "close")).toContain("Closed. Everybody was told");
  expect((await incident.state()).phase).toBe("closed");
});

test("of a sensitive incident a channel reads no more than its name", async () => {
  const incident = await door.incident("checkout", "Keys were stolen");
  const card = await shownInChannel(incident);
  await press(ada, card, "acknowledge");
  const words = await press(ada, card, "declare", { synopsis: "Keys are out", sensitive: "true" });
  expect(words).toContain("sensitive");
  expect(words).not.toMatch(/Keys/);
  await door.teams.channel(incidentsChannel).says(ada, "status");
  expect(door.wordsIn(incidentsChannel).at(-1)).not.toMatch(/Keys/);
  await door.teams.user(ada).says("list");
  expect(door.wordsTo(ada).at(-1)).toContain("Keys were stolen");
});

test("whoever is not part of a sensitive incident gives orders in vain, and is told how to be let in", async () => {
  const incident = await door.incident("checkout", "Keys were stolen");
  const card = await shownInChannel(incident);
  await press(ada, card, "acknowledge");
  await press(ada, card, "declare", { synopsis: "Keys are out", sensitive: "true" });
  for (const order of ["sign in checkout", "ack checkout", "bridge checkout", "more help checkout"]) {
    await door.teams.user(linus).says(order);
    const words = door.wordsTo(linus).at(-1);
    expect(words).toContain("ask the people working on it to page you");
    expect(words).not.toMatch(/Keys/);
  }
  await door.teams.user(linus).says("status");
  expect(door.wordsTo(linus).at(-1)).not.toMatch(/Keys/);
  await press(ada, card, "page", { whom: "person:linus" });
  await door.teams.user(linus).says("status");
  expect(door.wordsTo(linus).at(-1)).toContain("Keys were stolen");
});

test("somebody who is not in the config presses in vain, and is told why", async () => {
  const incident = await door.incident();
  const card = await shownInChannel(incident);
  const before = await history(incident);
  const pressed = await door.teams.user(eve).presses(card, "acknowledge");
  expect(pressed).toMatchObject({ outcome: "refused" });
  expect(JSON.stringify(pressed)).toContain(`teams: ${door.teams.user(eve).aadObjectId}`);
  expect(await history(incident)).toEqual(before);
});

test.each([
  ["a button that nobody knows", "explode", {}, 400],
  ["an incident that never was", "acknowledge", { incident: "nothing" }, 404],
  ["a name that leads elsewhere", "status", { incident: "../person/ada" }, 404],
  ["a page that never was", "acknowledge", { page: "p99" }, 404],
  ["a page called like a part of the language", "acknowledge", { page: "constructor" }, 404],
])("%s is answered as an error, under the card", async (_, verb, data, statusCode) => {
  const incident = await door.incident();
  const card = await paged(incident, "ada", ada);
  const action = { type: "Action.Execute", verb, data: { incident: incident.id, ...data } };
  await door.teams.user(ada).presses(card, action);
  const answer = door.teams.sent().at(-1)?.outcome;
  expect(answer).toMatchObject({
    status: 200,
    body: { statusCode, type: "application/vnd.microsoft.error", value: { message: expect.any(String) } },
  });
});

test("hostile data is refused or carried as text, and breaks nothing", async () => {
  const incident = await door.incident();
  const card = await paged(incident, "ada", ada);
  for (const text of hostile) {
    for (const data of [
      { incident: text },
      { incident: incident.id, page: text },
      { incident: incident.id, whom: text, synopsis: text, conditions: text },
      { [text]: text },
      { incident: { $gt: "" }, page: [text], minutes: 1e99 },
    ])
      for (const verb of ["report", "page"]) {
        await door.teams
          .user(linus)
          .presses(card, { type: "Action.Execute", verb, data })
          .catch(() => undefined);
        const sent = door.teams.sent().at(-1)?.outcome;
        expect(sent).toMatchObject({ outcome: "answered" });
        expect(JSON.stringify(sent)).not.toContain('"status":500');
      }
  }
}, 60_000);

test("an older client sends its press as a message: it does the same, and the card is changed", async () => {
  const incident = await door.incident();
  const card = await paged(incident, "ada", ada);
  await door.teams.user(ada).presses(card, "acknowledge", { isOldClient: true });
  expect(await incident.owner()).toBe("ada");
  const seen = door.teams
    .user(ada)
    .sees()
    .find(({ id }) => id === card);
  expect(door.wordsOn(seen?.card)).toContain("You have it. One other stood down.");
});

test("an older client's press in a channel changes the card for all, and says beside it what was done", async () => {
  const incident = await door.incident();
  const card = await shownInChannel(incident);
  await door.teams.user(ada).presses(card, "acknowledge", { isOldClient: true });
  expect(await incident.owner()).toBe("ada");
  const [root, answer] = door.teams.channel(incidentsChannel).said();
  expect(door.wordsOn(root?.card)).toMatch(/Has it: \s*Ada/);
  expect(door.wordsOn(root?.card)).not.toContain("You have it");
  expect(answer?.text).toBe("Ada: You have it. One other stood down.");
});

test("no press puts another incident's card in the place of the one that a thread is about", async () => {
  const incident = await door.incident("checkout", "No sales");
  const other = await door.incident("website", "Slow");
  const card = await shownInChannel(incident);
  await door.ports.journal.append({
    stream: postStream(incident.stream),
    expected: 0,
    events: [{ type: "PostWanted" }],
    claims: [{ key: postPlaceKey(`${incidentsChannel};messageid=${card}`), change: "take" }],
    nextDue: undefined,
    epoch: 0,
    summary: undefined,
    cause: undefined,
    drill: false,
    at: 0,
  });
  const data = { verb: "acknowledge", incident: other.id };
  const fallback = { type: "Action.Submit", title: "Take it", data };
  const action = { type: "Action.Execute", verb: "acknowledge", data, fallback };
  await door.teams.user(ada).presses(card, action, { isOldClient: true });
  expect(await other.owner()).toBe("ada");
  const [root, answer] = door.teams.channel(incidentsChannel).said();
  expect(door.wordsOn(root?.card)).toContain("No sales");
  expect(answer?.text).toContain("Ada: You have it.");
});
