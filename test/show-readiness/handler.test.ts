// What would go wrong tonight, asked by the operator: of the people, and of a Teams that is really asked.
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { expect, onTestFinished, test } from "vitest";
import { noChat } from "../../functions/adapters/teams/chat.ts";
import { places } from "../../functions/chat-places.ts";
import { byHub } from "../../functions/core/command.ts";
import { carriers } from "../../functions/core/contact.ts";
import { deliveryReasons } from "../../functions/core/incident/events.ts";
import type { RefusalOrder } from "../../functions/core/person/refusals.ts";
import { refusalOf } from "../../functions/core/provider/refusal.ts";
import { decisions } from "../../functions/decisions.ts";
import { addressDigest } from "../../functions/digest.ts";
import type { Chat } from "../../functions/ports.ts";
import type { Finding } from "../../functions/show-readiness/finding.ts";
import { make } from "../../functions/show-readiness/handler.ts";
import { refusalAdvice } from "../../functions/wording/refusals.ts";
import { loadConfig } from "../../schemas/load-config.ts";
import { claimsOf } from "../support/accounts.ts";
import { anEntrance, config, listening } from "../support/intake.ts";
import { simulatedChat } from "../support/simulated-chat.ts";

const inTeams = config
  .replace('sms: "+447700900001"', 'sms: "+447700900001", teams: ada@test.example')
  .replace('sms: "+46701740605"', 'sms: "+46701740605", teams: linus@test.example')
  .concat('chat: { channel: "19:incidents@thread.tacv2" }\n');

/** A Teams in which these are members of the team; everybody of the config unless said. */
async function aTeams(text: string, who?: readonly string[]) {
  const loaded = loadConfig(text);
  if ("problems" in loaded) throw new Error(JSON.stringify(loaded.problems));
  const people = loaded.organisation.people.filter(({ id }) => who === undefined || who.includes(id));
  const teams = await simulatedChat({ people });
  onTestFinished(teams.stop);
  return teams;
}

async function aHouse({ text = config, chat = noChat }: { text?: string; chat?: Chat } = {}) {
  const store = await anEntrance(text);
  onTestFinished(() => store.close());
  const ask = async (claims: object = claimsOf("ada@test.example")) =>
    make({ ...store, chat, carrierNames: { all: () => ["twilio", "aws"] } })(
      {
        requestContext: { authorizer: { jwt: { claims } } },
        headers: {},
      } as unknown as APIGatewayProxyEventV2,
      listening().tools,
    );
  const mint = { id: () => "id", code: () => "A1000" };
  return {
    store,
    ask,
    ...decisions({ ...store, mint }),
    async found() {
      const body = JSON.parse((await ask()).body ?? "") as { ready: boolean; findings: readonly Finding[] };
      // How people sign in has a test of its own (sign-in.test.ts).
      const findings = body.findings.filter(({ about }) => about !== "sign-in");
      return { ready: body.ready, ...Object.groupBy(findings, ({ standing }) => standing) };
    },
  };
}

test("a house whose numbers all work and that speaks of no Teams has nothing to tell", async () => {
  const house = await aHouse();
  expect(await house.found()).toEqual({ ready: true });
});

test("a number that bounced and one that texted STOP are named; nobody is left without a way unnoticed", async () => {
  const house = await aHouse();
  const close = (person: string, address: string, why: "bounced" | "opted-out") =>
    house.people.dispatch(`person/${person}`, {
      ...byHub("test", `${person} ${why}`, house.store.clock.now()),
      type: "CloseMethod",
      method: "sms",
      address: addressDigest(address),
      why,
    });
  await close("ada", "+447700900001", "opted-out");
  expect(await house.found()).toMatchObject({
    ready: false,
    problem: [{ area: "people", about: "ada", says: "Ada can't be reached at all: every way is closed" }],
  });
});

test("one closed way among several is a warning that says what to do", async () => {
  const house = await aHouse({ text: config.replace('sms: "+46701740605"', 'phone: "+46701740605"') });
  await house.people.dispatch("person/linus", {
    ...byHub("test", "linus", house.store.clock.now()),
    type: "CloseMethod",
    method: "sms",
    address: addressDigest("+46701740605"),
    why: "bounced",
  });
  expect(await house.found()).toMatchObject({
    ready: true,
    warning: [{ about: "linus", advice: "mend the number in the config" }],
  });
});

const refused = { type: "RecordRefusal", method: "sms", channel: "sms", stage: "on-request" } as const;

async function refuse(
  house: Awaited<ReturnType<typeof aHouse>>,
  person: "ada" | "linus",
  about: Pick<Extract<RefusalOrder, { type: "RecordRefusal" }>, "carrier" | "reason" | "scope">,
) {
  const address = addressDigest(person === "ada" ? "+447700900001" : "+46701740605");
  const envelope = byHub("test", `${person} ${about.carrier}`, house.store.clock.now());
  await house.people.dispatch(`person/${person}`, { ...envelope, ...refused, address, ...about });
}

test("what a carrier refuses for a person is their problem, with what to do and since when", async () => {
  const house = await aHouse();
  await refuse(house, "ada", { carrier: "twilio", reason: "number-not-permitted", scope: "person" });
  expect(await house.found()).toEqual({
    ready: false,
    problem: [
      {
        standing: "problem",
        area: "people",
        about: "ada",
        says: 'Twilio refuses texts to Ada ("sms"): our account may not reach that number',
        advice: expect.stringMatching(/verify the number.*until a message has gone through/),
        since: "2026-11-03T01:15:00.000Z",
      },
    ],
  });
});

test("what a carrier refuses of our sender is one problem of the hub, however many it hit", async () => {
  const house = await aHouse();
  for (const person of ["ada", "linus"] as const)
    await refuse(house, person, { carrier: "aws", reason: "sender-misconfigured", scope: "sender" });
  expect((await house.found()).problem).toMatchObject([
    {
      area: "carriers",
      about: "aws",
      says: expect.stringContaining("refuses our texts, to Ada and Linus so far"),
    },
  ]);
});

test("of a way that is closed no refusal is told beside that", async () => {
  const house = await aHouse({ text: config.replace('sms: "+46701740605"', 'phone: "+46701740605"') });
  await refuse(house, "linus", { carrier: "twilio", reason: "region-not-permitted", scope: "person" });
  await house.people.dispatch("person/linus", {
    ...byHub("test", "closed", house.store.clock.now()),
    type: "CloseMethod",
    method: "sms",
    address: addressDigest("+46701740605"),
    why: "opted-out",
  });
  expect(await house.found()).toMatchObject({ ready: true, warning: [{ about: "linus" }] });
});

test("every reason for which a carrier refuses has its advice", () => {
  for (const carrier of carriers)
    for (const reason of deliveryReasons)
      for (const operator of [true, false])
        for (const channel of carrier === "teams" ? (["teams"] as const) : (["sms", "voice"] as const)) {
          // In the chat a number is no reason, and no phone is written to by it.
          const isOfPhones = /region|number|blocked|rate/.test(reason);
          const known = refusalOf({ reason, operator }) !== undefined && !(carrier === "teams" && isOfPhones);
          if (!known || (carrier !== "teams" && reason === "not-in-chat")) continue;
          expect(refusalAdvice({ carrier, channel, reason }), `${carrier} ${reason}`).not.toContain(
            "own log",
          );
        }
});

test("a config that speaks of Teams needs a hub with a bot", async () => {
  const house = await aHouse({ text: inTeams });
  expect(await house.found()).toMatchObject({
    ready: false,
    problem: [{ area: "teams", about: "the bot", advice: expect.stringContaining("teamsBotApp") }],
  });
});

test("a bot without a channel is there, and knows nobody to whom it has not spoken", async () => {
  const text = inTeams.replace(/^chat: .*\n/m, "");
  const teams = await aTeams(text);
  const house = await aHouse({ text, chat: teams.bot().chat });
  expect(await house.found()).toMatchObject({ ready: true, warning: [{ about: "the channel" }] });
});

test("whoever is in the team is found there, and whoever has spoken with the bot is not even looked up", async () => {
  const teams = await aTeams(inTeams);
  const { chat } = teams.bot();
  const house = await aHouse({ text: inTeams, chat });
  expect(await house.found()).toMatchObject({
    ready: true,
    fine: [{ about: "ada", says: "Ada is in the team; the first page opens the chat" }, { about: "linus" }],
  });
  const known = places({ ...house.store, chat }, house.directory);
  expect((await known.personal("ada@test.example")).outcome).toBe("open");
  const before = teams.chat.requests().length;
  expect(await house.found()).toMatchObject({
    ready: true,
    fine: [{ about: "ada", says: "Ada and the bot have met" }, { about: "linus" }],
  });
  const looked = teams.chat.requests().slice(before);
  expect(looked.map(({ path }) => decodeURIComponent(path)).join()).not.toContain("ada@");
});

test("whoever is not in the team and never opened the chat is a problem: no card would reach them", async () => {
  const teams = await aTeams(inTeams, ["ada"]);
  const house = await aHouse({ text: inTeams, chat: teams.bot().chat });
  expect(await house.found()).toMatchObject({
    ready: false,
    problem: [{ about: "linus", advice: expect.stringContaining("add them to the team") }],
    fine: [{ about: "ada" }],
  });
});

test("a wrong secret and a team without the app are said once, not once for everybody", async () => {
  const teams = await aTeams(inTeams);
  const locked = await aHouse({ text: inTeams, chat: teams.bot({ secret: "not-the-secret" }).chat });
  expect((await locked.found()).problem).toMatchObject([
    { about: "the bot", says: "the chat refuses the hub's bot" },
  ]);
  await teams.chat.leaveTeam();
  const outside = await aHouse({ text: inTeams, chat: teams.bot().chat });
  expect((await outside.found()).problem).toHaveLength(1);
});

test("a chat that does not answer is a warning, and tomorrow is another day", async () => {
  const teams = await aTeams(inTeams);
  teams.chat.behave("failing");
  const house = await aHouse({ text: inTeams, chat: teams.bot().chat });
  expect(await house.found()).toMatchObject({ ready: true, warning: [{ advice: "try again later" }, {}] });
});

test("nobody who is not signed in is told who can't be reached", async () => {
  expect((await (await aHouse()).ask({})).statusCode).toBe(401);
});

test("a chat that lets everybody wait is not asked about one after the other until nobody listens any more", async () => {
  const { chat } = (await aTeams(inTeams)).bot();
  const slow = { ...chat };
  const house = await aHouse({ text: inTeams, chat: slow });
  slow.member = async (...about) => {
    house.store.pass(5_000);
    return chat.member(...about);
  };
  expect(await house.found()).toMatchObject({
    ready: true,
    fine: [{ about: "ada" }],
    warning: [{ about: "everybody", says: "1 of 2 people were not looked up in Teams" }],
  });
});
