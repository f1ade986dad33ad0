// Words that are typed to the bot: in the chat with it, in a channel, in an incident's thread.
import { afterEach, beforeEach, expect, test } from "vitest";
import { byHub } from "../../functions/core/command.ts";
import { postPlaceKey, postStream } from "../../functions/core/post/state.ts";
import { minutes } from "../../functions/core/time.ts";
import { understood } from "../../functions/receive-activity/commands/registry.ts";
import { incidentsChannel } from "../../infra/local/simulator/chat/account.ts";
import { hostile } from "../support/intake.ts";
import { ada, aTeamsDoor, type DoorIncident, eve, linus, type TeamsDoor } from "../support/teams-door.ts";

let door: TeamsDoor;
beforeEach(async () => {
  door = await aTeamsDoor();
  await door.teams.joinTeam();
});
afterEach(() => door.close());

/** What the bot says to it. */
async function says(who: string, text: string): Promise<string> {
  const before = door.wordsTo(who).length;
  expect(await door.teams.user(who).says(text)).toMatchObject({ outcome: "answered", status: 200 });
  return door.wordsTo(who).slice(before).join("\n");
}
const history = async ({ stream }: DoorIncident) => door.ports.journal.history(stream, 0, 500);

test("“ack” takes the page that this person got, and says who stood down", async () => {
  const incident = await door.incident();
  expect(await says(ada, "ack")).toBe("You have it. One other stood down.");
  expect(await incident.owner()).toBe("ada");
});

test("who comes second is told who has it, and changes nothing", async () => {
  const incident = await door.incident();
  await says(ada, "ack");
  expect(await says(linus, "ack")).toBe("Ada has it already. Nothing changed.");
  expect(await incident.owner()).toBe("ada");
});

test("“not me” after another took it is told who has it, and takes nothing from them", async () => {
  const incident = await door.incident();
  await says(ada, "ack");
  expect(await says(linus, "not me")).toBe("Ada has it. There is nothing for you to do.");
  expect(await incident.owner()).toBe("ada");
});

test("two who acknowledge at once: one has it, and the other is told who", async () => {
  const incident = await door.incident();
  const answers = await Promise.all([says(ada, "on it"), says(linus, "ack")]);
  expect(answers.filter((answer) => answer.startsWith("You have it"))).toHaveLength(1);
  const owner = (await incident.owner()) === "ada" ? "Ada" : "Linus";
  expect(answers).toContain(`${owner} has it already. Nothing changed.`);
});

test("“in 45 minutes” is an answer and a promise", async () => {
  const incident = await door.incident();
  expect(await says(ada, "in 45 minutes")).toContain("expected in 45 minutes");
  const promised = (await incident.state()).roster["ada"]?.promised;
  expect(promised).toBe(door.ports.clock.now() + minutes(45));
});

test("whoever has it says later when to expect them", async () => {
  const incident = await door.incident();
  await says(ada, "ack");
  expect(await says(ada, "in an hour")).toBe("You have it, and are expected in 1 hour.");
  expect((await incident.state()).roster["ada"]?.promised).toBe(door.ports.clock.now() + minutes(60));
  expect(await says(ada, "ack")).toBe("You have it.");
});

test("“report” and “page” alone bring the card with the forms", async () => {
  await door.incident();
  for (const text of ["report", "page"]) {
    await says(ada, text);
    const card = door.teams.user(ada).newestCard();
    expect(JSON.stringify(card?.card)).toContain(`"verb":"${text}"`);
  }
});

test("“not me” declines, and “more help” pages the next and stays", async () => {
  const one = await door.incident();
  expect(await says(ada, "not me")).toContain("not you");
  expect((await one.pageOf("ada"))?.state).toBe("declined");
  expect(await says(linus, "more help")).toContain("More help is being paged");
  expect((await one.pageOf("linus"))?.state).toBe("escalated");
});

test("a question acknowledges nothing, and gets help", async () => {
  const incident = await door.incident();
  expect(await says(ada, "ack?")).toContain("did not understand");
  expect(await says(ada, "ok thanks")).toContain("help me");
  expect((await incident.pageOf("ada"))?.state).toBe("open");
});

test("of two incidents the code says which; without one a card asks, and its button does what was typed", async () => {
  const [one, two] = [await door.incident(), await door.incident("website", "Slow")];
  expect(await says(ada, "in 45")).toContain("Which incident");
  expect(await one.owner()).toBeUndefined();
  const card = door.teams.user(ada).newestCard();
  if (card?.card === undefined) throw new Error("no card");
  await door.teams.user(ada).presses(card, "in-20");
  const taken = [one, two][(await one.owner()) === "ada" ? 0 : 1];
  expect((await taken?.state())?.roster["ada"]?.promised).toBe(door.ports.clock.now() + minutes(45));
  const other = taken === one ? two : one;
  expect(await says(ada, `ack ${(await other.pageOf("ada"))?.code}`)).toContain("You have it");
  expect(await other.owner()).toBe("ada");
});

test("somebody else's code says which incident is meant, and answers for nobody else", async () => {
  const incident = await door.incident();
  await says(ada, `ack ${(await incident.pageOf("linus"))?.code}`);
  expect((await incident.pageOf("linus"))?.state).toBe("cancelled");
  expect((await incident.pageOf("ada"))?.state).toBe("acknowledged");
});

test("an incident is declared, signed in to, reported on and closed, by its name", async () => {
  const incident = await door.incident();
  await says(ada, "ack");
  expect(await says(ada, "declare: Nobody can BUY anything")).toContain("Its name is");
  const { declaration } = await incident.state();
  expect(declaration).toMatchObject({ synopsis: "Nobody can BUY anything", declaredBy: "ada" });
  const name = declaration?.codename ?? "";
  expect(await says(linus, `sign in ${name}`)).toBe("Noted: you are here.");
  expect(await says(ada, "report checkout is down / rolling back / a database expert")).toContain("Reported");
  expect((await incident.state()).can).toMatchObject({
    conditions: "checkout is down",
    actions: "rolling back",
    needs: "a database expert",
    reportedBy: "ada",
  });
  expect(await says(linus, `close ${name}`)).toContain("only whoever is in command");
  expect(await says(ada, `close ${name}`)).toContain("Closed");
  expect((await incident.state()).phase).toBe("closed");
});

test("“can somebody look at this” is no report, and is told how one is typed", async () => {
  const incident = await door.incident();
  expect(await says(ada, "can somebody look at this")).toContain("conditions / actions / needs");
  expect((await incident.state()).can).toBeUndefined();
});

test("“page linus” asks for one person more, and a slip of the finger is asked about", async () => {
  const incident = await door.incident();
  await says(ada, "ack");
  expect(await says(ada, "page linsu")).toContain("Did you mean Linus?");
  expect(await says(ada, "page linus")).toBe("Linus is being paged.");
  expect((await incident.pageOf("linus"))?.state).toBe("open");
  expect(await says(ada, "page website")).toBe("Website is being paged.");
  expect(await says(ada, "page linus")).toContain("asked for already");
});

test("who is on call is told level by level, and changes nothing", async () => {
  const incident = await door.incident();
  const before = await history(incident);
  expect(await says(ada, "who is on call for checkout?")).toBe(
    "Checkout: first Ada and Linus (5 minutes), and when nobody answers Ada and Linus, until somebody does.",
  );
  expect(await says(ada, "on call nothing")).toContain("no service called");
  expect(await history(incident)).toEqual(before);
});

test("status shows what is open, and of one incident its card", async () => {
  expect(await says(ada, "status")).toBe("No incident is open.");
  await door.incident();
  await door.incident("website", "Slow");
  expect(await says(ada, "status")).toContain("No sales");
  expect(await says(ada, "status website")).toContain("Slow");
});

test("a bridge is opened by words; without one nobody is called", async () => {
  const incident = await door.incident();
  expect(await says(ada, "join")).toContain("no open bridge");
  expect(await says(ada, "bridge")).toContain("bridge is being opened");
  expect((await incident.state()).bridge.name).toBe("wanted");
  expect(await says(ada, "stand down")).toContain("Stood down");
  expect((await incident.state()).phase).toBe("stood-down");
});

test("in an incident's thread its own is meant, whatever else this person was paged for", async () => {
  await door.incident();
  const incident = await door.incident("website", "Slow");
  const conversation = `${incidentsChannel};messageid=77`;
  await door.ports.journal.append({
    stream: postStream(incident.stream),
    expected: 0,
    events: [{ type: "PostWanted" }],
    claims: [{ key: postPlaceKey(conversation), change: "take" }],
    nextDue: undefined,
    epoch: 0,
    summary: undefined,
    cause: byHub("test", "t", 0).id,
    drill: false,
    at: 0,
  });
  const answered = await door.teams.channel(incidentsChannel).says(ada, "ack", { thread: "77" });
  expect(answered).toMatchObject({ status: 200 });
  expect(await incident.owner()).toBe("ada");
  expect(door.said.lines.join("\n")).not.toContain("Error");
});

test("in a channel the bot is named, and its answer says to whom it is", async () => {
  const incident = await door.incident();
  await door.teams.channel(incidentsChannel).says(ada, "ack");
  expect(await incident.owner()).toBe("ada");
  const [root, answer] = door.teams.channel(incidentsChannel).said();
  expect(answer).toMatchObject({ thread: root?.id, text: "Ada: You have it. One other stood down." });
});

test("what people say to each other in a channel is not for the bot", async () => {
  const incident = await door.incident();
  await door.teams.channel(incidentsChannel).says(ada, "help");
  const heard = door.teams.sent().at(-1)?.activity;
  const answers = door.wordsIn(incidentsChannel).length;
  await door.teams.deliver({ ...heard, id: "9", text: "ack", entities: [] });
  expect((await incident.pageOf("ada"))?.state).toBe("open");
  expect(door.wordsIn(incidentsChannel)).toHaveLength(answers);
});

test("a mention is taken out of the words, with the markup in which they come", async () => {
  const incident = await door.incident();
  await door.teams.channel(incidentsChannel).says(ada, "help");
  const heard = door.teams.sent().at(-1)?.activity;
  const text = "<p><at>Muster</at>&nbsp;page <at>Linus</at> &amp; co</p>";
  await door.teams.deliver({ ...heard, id: "9", text });
  expect(door.wordsIn(incidentsChannel).at(-1)).toContain("“Linus & co”");
  await door.teams.deliver({ ...heard, id: "10", text: "<at>Muster</at>&nbsp;ack" });
  expect(await incident.owner()).toBe("ada");
});

test("somebody who is not in the config gives no orders, and is told what to do", async () => {
  const incident = await door.incident();
  for (const order of ["ack", "stand down", "status", "page linus", "close"])
    expect(await says(eve, order)).toContain(`teams: ${door.teams.user(eve).aadObjectId}`);
  expect((await history(incident)).length).toBe((await history(incident)).length);
  expect((await incident.state()).phase).toBe("triage");
  expect(await says(eve, "help")).toContain("help me");
});

test("a message that is brought twice is carried out and answered once", async () => {
  const incident = await door.incident();
  door.teams.failDelivery({ kind: "doubled" });
  expect(await says(ada, "ack")).toBe("You have it. One other stood down.");
  const before = await history(incident);
  const heard = door.teams.sent().at(-1)?.activity ?? {};
  expect(await door.teams.deliver(heard)).toMatchObject({ status: 200 });
  expect(await history(incident)).toEqual(before);
});

test("a message whose answer the chat does not take is carried out all the same", async () => {
  const incident = await door.incident();
  await says(ada, "help");
  door.teams.behave("bad-gateway");
  await door.teams.user(ada).says("ack");
  expect(await incident.owner()).toBe("ada");
});

test("while the chat does not tell who somebody is nothing is done, and that is said", async () => {
  const incident = await door.incident();
  door.teams.fail({ route: "member", mode: "failing", times: 5 });
  expect(await says(ada, "ack")).toContain("does not tell me who you are");
  expect(await incident.owner()).toBeUndefined();
  door.teams.mend();
  expect(await says(ada, "ack")).toContain("You have it");
});

test("whatever is typed is answered, and orders nothing", async () => {
  const incident = await door.incident();
  for (const text of hostile) {
    if (text.length > 40_000) continue;
    const answered = await door.teams.user(ada).says(text === "" ? " " : text);
    expect(answered).toMatchObject({ outcome: "answered", status: 200 });
  }
  expect((await incident.pageOf("ada"))?.state).toBe("open");
  expect(door.said.lines.join("\n")).not.toMatch(/Error/);
});

test("the help's examples are names of this organisation, and never whoever asks", async () => {
  expect(await says(ada, "help")).toContain("page linus");
  expect(await says(linus, "help")).toContain("page ada");
  const directory = { everybody: async () => [], services: async () => [] };
  const typed = (await understood({ directory }, undefined)).map((line) => line.typed);
  expect(typed.filter((each) => each.startsWith("page") || each.startsWith("on call"))).toEqual(["on call"]);
});
