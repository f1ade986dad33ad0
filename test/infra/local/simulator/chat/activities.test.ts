// What Teams tells a bot, held against tables written after Microsoft's pages on conversation events and card actions:
// https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/subscribe-to-conversation-events
// https://learn.microsoft.com/en-us/adaptive-cards/authoring-cards/universal-action-model
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { simulatedChat } from "../../../../support/simulated-chat.ts";
import { aTeamsBot, type TeamsBot } from "../../../../support/teams-bot.ts";
import {
  aCard,
  ada,
  adaptive,
  aMessage,
  cardMessage,
  joan,
  linus,
  teamsPeople,
} from "../../../../support/teams-cards.ts";

const incidents = "19:incidents@thread.tacv2";
const team = "19:general@thread.tacv2";
let chat: Awaited<ReturnType<typeof simulatedChat>>;
let bot: TeamsBot;
beforeEach(async () => {
  bot = await aTeamsBot({ keys: () => `${chat.at}/keys`, audience: "b0700b07-70a5-4b1e-8e57-000000000002" });
  chat = await simulatedChat({ people: teamsPeople, notInstalledFor: [joan], deliverTo: bot.url });
});
afterEach(async () => {
  await chat.stop();
  await bot.close();
});

const told = () => bot.heard.map(({ activity }) => activity);
const post = async (conversation: string, activity: object) =>
  (
    (await chat.connector("POST", `/conversations/${conversation}/activities`, activity)).body as {
      id: string;
    }
  ).id;
const account = () => chat.chat.account;
const recipient = () => ({ id: `28:${account().bot.id}`, name: "Muster" });
const tenant = () => ({ id: account().tenant });
const theTeam = () => ({ id: team, name: "Incident response", aadGroupId: account().team.groupId });
const aKnown = () => ({
  id: expect.any(String),
  timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
  channelId: "msteams",
  serviceUrl: `${chat.at}/`,
  recipient: recipient(),
});
const from = (name: string) => {
  const { mri, aadObjectId } = chat.chat.user(name);
  return { id: mri, aadObjectId };
};

describe("every activity is signed as the Bot Framework signs", () => {
  test("by a key that stands for Teams, for this bot, at this address, for an hour", async () => {
    await chat.chat.user(ada).says("help");
    const { keys } = (await chat.ask("GET", "/keys")).body as {
      keys: { kid: string; kty: string; endorsements: string[] }[];
    };
    const [{ claims, kid } = expect.fail("nothing was heard")] = bot.heard;
    expect(keys).toMatchObject([{ kid, kty: "RSA", use: "sig", endorsements: ["msteams"] }]);
    expect(claims).toMatchObject({
      iss: "https://api.botframework.com",
      aud: account().bot.id,
      serviceurl: `${chat.at}/`,
    });
    expect((claims.exp ?? 0) - (claims.nbf ?? 0)).toBe(3_600);
    expect((await chat.ask("GET", "/v1/.well-known/openidconfiguration")).body).toMatchObject({
      issuer: "https://api.botframework.com",
      jwks_uri: `${chat.at}/keys`,
    });
  });

  test("a forged one is one that the bot can refuse", async () => {
    const activity = { type: "message", id: "1", text: "x" };
    await chat.chat.deliver(activity, { claims: { aud: "another-bot" } });
    await chat.chat.deliver(activity, { claims: { exp: 1 } });
    await chat.chat.deliver(activity, { authorization: `Bearer ${chat.chat.tabToken(ada)}` });
    await chat.chat.deliver(activity, { authorization: null });
    expect(bot.heard).toEqual([]);
    expect(bot.refused).toHaveLength(4);
  });
});

describe("it is told", () => {
  test("where it is installed: in the team, and for everybody but those who did not add it", async () => {
    await chat.chat.announce();
    const inTeam = { isGroup: true, conversationType: "channel", tenantId: account().tenant, id: incidents };
    const inChat = (name: string) => ({
      conversationType: "personal",
      tenantId: account().tenant,
      id: chat.chat.user(name).conversation,
    });
    expect(told()).toMatchObject([
      {
        ...aKnown(),
        type: "installationUpdate",
        action: "add",
        from: from(ada),
        conversation: inTeam,
        channelData: { team: theTeam(), tenant: tenant() },
      },
      {
        ...aKnown(),
        type: "conversationUpdate",
        membersAdded: [{ id: recipient().id }],
        conversation: inTeam,
        channelData: { eventType: "teamMemberAdded", team: theTeam(), tenant: tenant() },
      },
      ...[ada, linus].flatMap((name) => [
        {
          ...aKnown(),
          type: "installationUpdate",
          action: "add",
          from: from(name),
          conversation: inChat(name),
          channelData: { tenant: tenant() },
        },
        {
          ...aKnown(),
          type: "conversationUpdate",
          membersAdded: [from(name), { id: recipient().id }],
          from: from(name),
          conversation: inChat(name),
          channelData: { tenant: tenant() },
        },
      ]),
    ]);
  });

  test("that somebody adds it, and takes it away", async () => {
    await chat.chat.user(joan).installs();
    await chat.chat.user(joan).uninstalls();
    expect(told()).toMatchObject([
      { type: "installationUpdate", action: "add", from: from(joan) },
      { type: "conversationUpdate", from: from(joan) },
      { type: "installationUpdate", action: "remove", from: from(joan) },
    ]);
  });

  test("what somebody writes to it alone", async () => {
    const user = chat.chat.user(ada);
    await user.says("who is on call for checkout?");
    expect(told()).toMatchObject([
      {
        ...aKnown(),
        type: "message",
        id: user.sees()[0]?.id,
        text: "who is on call for checkout?",
        textFormat: "plain",
        locale: "en-GB",
        from: { ...from(ada), name: "Ada Okafor" },
        conversation: { conversationType: "personal", tenantId: account().tenant, id: user.conversation },
        channelData: { tenant: tenant() },
      },
    ]);
  });

  test("what mentions it in a channel, with the thread, and nothing else of what is said there", async () => {
    const channel = chat.chat.channel("Incidents");
    await channel.says(ada, "the coffee machine is down", { mentions: false });
    await channel.says(ada, "declare");
    const [root] = channel.said().slice(-1);
    await channel.says(linus, "status", { thread: root?.id ?? "" });
    const inThread = {
      isGroup: true,
      conversationType: "channel",
      tenantId: account().tenant,
      id: `${incidents};messageid=${root?.id}`,
    };
    const at = "<at>Muster</at>";
    const mention = { type: "mention", mentioned: recipient(), text: at };
    const channelData = {
      teamsChannelId: incidents,
      teamsTeamId: team,
      channel: { id: incidents },
      team: { id: team },
      tenant: tenant(),
    };
    expect(told()).toMatchObject([
      {
        ...aKnown(),
        type: "message",
        id: root?.id,
        text: `${at} declare`,
        entities: [mention, { type: "clientInfo" }],
        conversation: inThread,
        channelData,
        from: from(ada),
      },
      {
        ...aKnown(),
        type: "message",
        text: `${at} status`,
        replyToId: root?.id,
        entities: [mention, { type: "clientInfo" }],
        conversation: inThread,
        channelData,
        from: from(linus),
      },
    ]);
  });

  test("that a channel was deleted, that it left the team, and a like", async () => {
    const id = await post(incidents, aMessage("hello"));
    await chat.chat.user(ada).reacts(id, "like");
    await chat.chat.channel(incidents).deletes();
    await chat.chat.leaveTeam();
    const general = { isGroup: true, conversationType: "channel", tenantId: account().tenant, id: team };
    expect(told()).toMatchObject([
      {
        ...aKnown(),
        type: "messageReaction",
        reactionsAdded: [{ type: "like" }],
        replyToId: id,
        conversation: { id: `${incidents};messageid=${id}` },
      },
      {
        ...aKnown(),
        type: "conversationUpdate",
        conversation: general,
        channelData: {
          channel: { id: incidents, name: "Incidents" },
          team: theTeam(),
          eventType: "channelDeleted",
          tenant: tenant(),
        },
      },
      {
        ...aKnown(),
        type: "conversationUpdate",
        membersRemoved: [{ id: recipient().id }],
        conversation: general,
        channelData: { eventType: "teamMemberRemoved" },
      },
      { ...aKnown(), type: "installationUpdate", action: "remove", conversation: general },
    ]);
  });
});

describe("a press on a card", () => {
  const answered = (type: string, value: unknown, statusCode = 200) => ({
    status: 200,
    body: { statusCode, type, value },
  });

  test("comes as an invoke, and its answer takes the place of the card for whoever pressed", async () => {
    const id = await post(incidents, cardMessage(aCard("Checkout is down")));
    bot.answer = () => answered(adaptive, aCard("Ada has it", []));
    const pressed = await chat.chat.user(ada).presses(id, "acknowledge");
    expect(pressed).toMatchObject({ outcome: "card" });
    expect(told()).toMatchObject([
      {
        ...aKnown(),
        type: "invoke",
        name: "adaptiveCard/action",
        replyToId: id,
        from: { ...from(ada), name: "Ada Okafor" },
        conversation: { id: `${incidents};messageid=${id}`, conversationType: "channel" },
        channelData: { source: { name: "message" }, legacy: { replyToId: id }, tenant: tenant() },
        value: {
          action: {
            type: "Action.Execute",
            title: "Acknowledge",
            verb: "acknowledge",
            id: "ack",
            data: { page: "p1" },
          },
          trigger: "manual",
        },
      },
    ]);
    expect(chat.chat.user(ada).newestCard(incidents)?.card).toMatchObject({ body: [{ text: "Ada has it" }] });
    expect(chat.chat.user(linus).newestCard(incidents)?.card).toMatchObject({
      body: [{ text: "Checkout is down" }],
    });
  });

  test("and a change of the post is what everybody sees from then on", async () => {
    const id = await post(incidents, cardMessage(aCard("Checkout is down")));
    bot.answer = () => answered(adaptive, aCard("Yours", []));
    await chat.chat.user(ada).presses(id, "acknowledge");
    await chat.connector(
      "PUT",
      `/conversations/${incidents}/activities/${id}`,
      cardMessage(aCard("Ada has it", [])),
    );
    for (const name of [ada, linus])
      expect(chat.chat.user(name).newestCard(incidents)?.card).toMatchObject({
        body: [{ text: "Ada has it" }],
      });
  });

  test("brings what was typed on the card, also under what is shown on demand", async () => {
    const { conversation } = chat.chat.user(ada);
    const id = await post(conversation, cardMessage(aCard("Checkout is down")));
    await chat.chat.user(ada).presses(id, "later", { inputs: { minutes: "20" } });
    expect(told()).toMatchObject([
      { value: { action: { verb: "later", data: { page: "p1", minutes: "20" } } } },
    ]);
  });

  test("from an older client comes as a message with a value", async () => {
    const id = await post(incidents, cardMessage(aCard("Checkout is down")));
    const pressed = await chat.chat.user(ada).presses(id, "acknowledge", { isOldClient: true });
    expect(pressed).toEqual({ outcome: "sent" });
    expect(told()).toMatchObject([
      { ...aKnown(), type: "message", replyToId: id, value: { verb: "acknowledge", page: "p1" } },
    ]);
    expect(told()[0]).not.toHaveProperty("text");
  });

  test("on an old card sends what the old card said", async () => {
    const id = await post(incidents, cardMessage(aCard("Checkout is down")));
    const [old = expect.fail("nothing was said")] = chat.chat.said(incidents);
    await chat.connector(
      "PUT",
      `/conversations/${incidents}/activities/${id}`,
      cardMessage(aCard("Ada has it", [])),
    );
    await chat.chat.user(linus).presses(old, "acknowledge");
    expect(told()).toMatchObject([{ type: "invoke", value: { action: { verb: "acknowledge" } } }]);
    await expect(chat.chat.user(linus).presses(id, "acknowledge")).rejects.toThrow(
      "nothing called acknowledge",
    );
  });

  test.each<[string, () => ReturnType<TeamsBot["answer"]>, object, object]>([
    [
      "words are shown under the card",
      () => answered("application/vnd.microsoft.activity.message", "Noted"),
      { outcome: "said", text: "Noted" },
      { kind: "said", text: "Noted" },
    ],
    [
      "a refusal as well",
      () => answered("application/vnd.microsoft.error", { code: "NotYours", message: "Linus has it" }, 403),
      { outcome: "refused", code: "NotYours", text: "Linus has it" },
      { kind: "refused", text: "Linus has it" },
    ],
    [
      "a broken bot is told as such",
      () => ({ status: 500 }),
      { outcome: "failed", why: "status 500" },
      { kind: "failed" },
    ],
    [
      "as is an answer of another form",
      () => ({ status: 200, body: { type: adaptive } }),
      { outcome: "failed" },
      { kind: "failed" },
    ],
    ["and a card that is none", () => answered(adaptive, "x"), { outcome: "failed" }, { kind: "failed" }],
  ])("%s", async (_, reply, outcome, notice) => {
    const id = await post(incidents, cardMessage(aCard("Checkout is down")));
    bot.answer = reply;
    expect(await chat.chat.user(ada).presses(id, "acknowledge")).toMatchObject(outcome);
    expect(chat.chat.user(ada).newestCard(incidents)).toMatchObject({
      notice,
      card: { body: [{ text: "Checkout is down" }] },
    });
    expect(chat.chat.user(linus).newestCard(incidents)).not.toHaveProperty("notice");
    expect(bot.heard).toHaveLength(1);
  });

  test("on a link leads away, and the bot hears nothing", async () => {
    const id = await post(incidents, cardMessage(aCard("Checkout is down")));
    expect(await chat.chat.user(ada).presses(id, "Dashboard")).toEqual({
      outcome: "link",
      url: "https://dashboard.example/",
    });
    expect(bot.heard).toEqual([]);
  });
});

describe("on its way to the bot an activity", () => {
  test("comes once more where the bot broke, under the same id", async () => {
    bot.answer = (_, tries) => ({ status: tries === 1 ? 503 : 200 });
    expect(await chat.chat.user(ada).says("help")).toMatchObject({ outcome: "answered", status: 200 });
    const [first, second] = told();
    expect([second?.["id"], told()]).toEqual([first?.["id"], [expect.anything(), expect.anything()]]);
  });

  test("or where the connection did", async () => {
    bot.answer = (_, tries) => (tries === 1 ? "reset" : { status: 200 });
    expect(await chat.chat.user(ada).says("help")).toMatchObject({ outcome: "answered", status: 200 });
  });

  test("does not come again where the bot did not want it", async () => {
    bot.answer = () => ({ status: 401 });
    await chat.chat.user(ada).says("help");
    expect(bot.heard).toHaveLength(1);
  });

  test("is doubled, or lost, or late, on demand", async () => {
    chat.chat.failDelivery({ kind: "doubled" }, { kind: "lost" }, { kind: "late", ms: 30 });
    for (const text of ["one", "two", "three"]) await chat.chat.user(ada).says(text);
    expect(told().map(({ text }) => text)).toEqual(["one", "one", "three"]);
    expect(chat.chat.sent().map(({ outcome }) => outcome.outcome)).toEqual([
      "answered",
      "nowhere",
      "answered",
    ]);
  });
});
