// A call for help in the chat: by anybody of the tenant, made durable, and answered with what came of it.
import { afterEach, beforeEach, expect, test } from "vitest";
import { ada, aTeamsDoor, eve, linus, type TeamsDoor } from "../support/teams-door.ts";

let door: TeamsDoor;
beforeEach(async () => {
  door = await aTeamsDoor();
  for (const who of [ada, linus, eve]) await door.teams.user(who).installs();
});
afterEach(() => door.close());

const open = () => door.ports.incidents.open(10);
async function says(who: string, text: string): Promise<string> {
  const before = door.wordsTo(who).length;
  await door.teams.user(who).says(text);
  return door.wordsTo(who).slice(before).join("\n");
}

test("“help me” shows a form with the services, and wakes nobody yet", async () => {
  const words = await says(eve, "help me");
  expect(words).toContain("What do you need help with?");
  expect(words).toContain("Checkout");
  expect(await open()).toEqual([]);
});

test("the form has whoever answers for the service paged, and shows the incident as soon as it is there", async () => {
  await says(eve, "help me");
  const form = door.teams.user(eve).newestCard();
  if (form === undefined) throw new Error("no form");
  const inputs = { service: "checkout", synopsis: "Cards are declined" };
  await door.teams.user(eve).presses(form, "help-me", { inputs });
  const [incident] = await open();
  expect(incident).toMatchObject({
    service: "checkout",
    title: "Call for help from eve@test.example: Cards are declined",
  });
  const { state } = await door.house.incidents.load(incident?.stream ?? "incident/none");
  expect(Object.values(state.paging.pages).map(({ person }) => person)).toEqual(["ada", "linus"]);
  expect(state.signal.source).toBe("chat");
  const answer = JSON.stringify(door.teams.sent().at(-1)?.outcome);
  expect(answer).toContain("Help is on its way: whoever answers for Checkout is being paged.");
  expect(answer).toContain("Cards are declined");
});

test("a form that is brought twice opens one incident", async () => {
  await says(ada, "help me");
  const form = door.teams.user(ada).newestCard();
  if (form === undefined) throw new Error("no form");
  await door.teams.user(ada).presses(form, "help-me", { inputs: { service: "website", synopsis: "Slow" } });
  const again = await door.teams.deliver(door.teams.sent().at(-1)?.activity ?? {});
  expect(again).toMatchObject({ status: 200, body: { statusCode: 200, value: "That was done already." } });
  expect(await open()).toHaveLength(1);
});

test("a service and what is wrong in one line need no form", async () => {
  expect(await says(ada, "help me checkout: cards are declined")).toContain("whoever answers for Checkout");
  expect(await open()).toMatchObject([{ title: "Call for help from Ada: cards are declined" }]);
});

test("whoever does not know what it is about is helped all the same", async () => {
  await says(eve, "help me it smells of smoke");
  const form = door.teams.user(eve).newestCard();
  if (form === undefined) throw new Error("no form");
  expect(JSON.stringify(form.card)).toContain("it smells of smoke");
  await door.teams
    .user(eve)
    .presses(form, "help-me", { inputs: { service: "*", synopsis: "it smells of smoke" } });
  expect(await open()).toHaveLength(1);
});

test("what is known already is said, with who has it", async () => {
  const incident = await door.incident("website", "Slow");
  await says(ada, "ack");
  const { state } = await door.house.incidents.load(incident.stream);
  expect(state.signal.correlation).toBe("website-1");
  await says(eve, "help me website: nothing loads");
  expect(await says(linus, "help me website: it is slow")).toMatch(/Help is on its way|This is known/);
});

test("whoever calls for help about a sensitive incident learns that it is known, and nothing of its matter", async () => {
  await door.incident("website", "Keys were stolen");
  await says(ada, "ack");
  await says(ada, "declare keys are out");
  const sensitive = await door.incident("checkout", "Keys were stolen as well");
  await sensitive.order(
    { type: "Acknowledge" },
    { kind: "person", id: "ada", via: "web", assurance: "signed-in" },
  );
  await sensitive.order(
    { type: "Declare", synopsis: "Keys are out", sensitive: true },
    { kind: "person", id: "ada", via: "web", assurance: "signed-in" },
  );
  const { declaration } = await sensitive.state();
  const words = await says(linus, `status ${declaration?.codename ?? ""}`);
  expect(words).toContain(declaration?.codename);
  expect(words).not.toContain("Keys");
  expect(await says(ada, `status ${declaration?.codename ?? ""}`)).toContain("Keys are out");
});

test("whoever may only call for help is shown no other incident with the answer, whatever the card says", async () => {
  const slow = await aTeamsDoor(undefined, { settles: false });
  try {
    await slow.teams.user(eve).installs();
    const other = await slow.incident("website", "Accounts of customers");
    await slow.teams.user(eve).says("help me");
    const form = slow.teams.user(eve).newestCard();
    if (form === undefined) throw new Error("no form");
    const data = { incident: other.id, service: "checkout", synopsis: "Cards are declined" };
    await slow.teams.user(eve).presses(form, { type: "Action.Execute", verb: "help-me", data });
    const answer = JSON.stringify(slow.teams.sent().at(-1)?.outcome);
    expect(answer).toContain("Help is on its way");
    expect(answer).not.toContain("Accounts of customers");
  } finally {
    await slow.close();
  }
});
