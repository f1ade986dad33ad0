// What the connector can answer, what the bot makes of it, and to whom it shows its token.
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { teamsBot } from "../../../functions/adapters/teams/bot.ts";
import { noChat } from "../../../functions/adapters/teams/chat.ts";
import type { Chat, ChatMessage, Place } from "../../../functions/ports.ts";
import { simulatedAddresses } from "../../../infra/local/settings.ts";
import { type Scripted, scriptedServer } from "../../support/scripted-server.ts";
import { simulatedChat } from "../../support/simulated-chat.ts";

const app = "b0700b07-70a5-4b1e-8e57-000000000002";
const tenant = "7e57ab1e-70a5-4b1e-8e57-000000000001";
const night = Date.parse("2026-11-21T02:00:00Z");
const text: ChatMessage = { text: "Is <b>checkout</b> **well**?" };
const card: ChatMessage = { card: { type: "AdaptiveCard", version: "1.5" }, summary: "Checkout" };

describe("spoken to by a script", () => {
  let connector: Awaited<ReturnType<typeof scriptedServer>>;
  let tokens: number;
  let chat: Chat;
  let place: Place;

  beforeEach(async () => {
    tokens = 0;
    connector = await scriptedServer(({ path, method }) => {
      if (path.endsWith("/token"))
        return { status: 200, body: { access_token: `t${++tokens}`, expires_in: 3599 } };
      if (method === "GET") return { status: 200, body: somebody };
      if (path.endsWith("/conversations"))
        return { status: 201, body: { id: "19:c@thread.tacv2;messageid=17", activityId: "17" } };
      return { status: method === "POST" ? 201 : 200, body: { id: "17" } };
    });
    chat = teamsBot({
      app,
      tenant,
      secret: () => Promise.resolve({ outcome: "done", secret: { clientSecrets: ["s3cret"] } }),
      clock: { now: () => night },
      addresses: simulatedAddresses(connector.url),
      patience: 400,
    }).chat;
    place = { serviceUrl: `${connector.url}/emea/`, conversation: "a:1/x?y" };
    await chat.post(place, text);
    connector.forget();
  });
  afterEach(() => connector.stop());

  const somebody = {
    id: "29:1abc",
    name: "Ada",
    objectId: "ADA00000-0000-4000-8000-000000000001",
    userPrincipalName: "Ada@Brightwater.example",
    tenantId: tenant,
  };
  /** Everything that the bot does, so that one table serves all. */
  const acts = {
    post: () => chat.post(place, text),
    begin: () => chat.begin(place, card),
    change: () => chat.change(place, "17", card),
    meet: () => chat.meet("29:1abc", tenant, place.serviceUrl),
    member: () => chat.member(place, "ada@brightwater.example"),
  };
  type Act = keyof typeof acts;
  const all = Object.keys(acts) as Act[];
  const creating: readonly Act[] = ["post", "begin"];

  const retry = (reason: string, after?: number) => ({
    outcome: "retry",
    reason,
    ...(after !== undefined && { after }),
  });
  const giveUp = (reason: string, operator: boolean) => ({ outcome: "giveUp", reason, operator });
  const refused = (status: number, code: string): Scripted => ({
    status,
    body: { error: { code, message: `${code} told of ada@brightwater.example` } },
  });

  describe.each(all)("%s", (name) => {
    const doubtful = (reason: string) =>
      creating.includes(name) ? { outcome: "unknown", reason } : retry(reason);
    // Whose roster it may not read it is no part of.
    const barred = name === "member" ? "conversation-gone" : "not-in-chat";
    const missing =
      name === "change"
        ? "message-gone"
        : name === "post" || name === "begin"
          ? "conversation-gone"
          : "not-in-chat";

    test.each<readonly [string, Scripted, object]>([
      ["too many at once", { status: 429, headers: { "retry-after": "30" } }, retry("rate-limited", 30_000)],
      [
        "too many at once, until a date",
        { status: 429, headers: { "retry-after": new Date(night + 60_000).toUTCString() } },
        retry("rate-limited", 60_000),
      ],
      ["too many at once, without a word about when", { status: 429 }, retry("rate-limited")],
      [
        "too many at once, with a word that means nothing",
        { status: 429, headers: { "retry-after": "soon" } },
        retry("rate-limited"),
      ],
      [
        "too many at once, for years",
        { status: 429, headers: { "retry-after": "99999999" } },
        retry("rate-limited", 900_000),
      ],
      ["several at once in one conversation", refused(412, "PreconditionFailed"), retry("provider-error")],
      ["a failure", refused(500, "ServiceError"), retry("provider-error")],
      ["a failure behind it", refused(502, "ServiceError"), retry("provider-error")],
      [
        "a service that is away",
        { status: 503, headers: { "retry-after": "9" } },
        retry("provider-error", 9000),
      ],
      ["a gateway that gave up", { status: 504, body: "<h1>Gateway Timeout</h1>" }, retry("provider-error")],
      ["a request that came too slowly", { status: 408 }, doubtful("timed-out")],
      ["silence", "silence", doubtful("timed-out")],
      ["a connection that breaks after it was asked", "reset", doubtful("provider-unreachable")],
      [
        "a failure under a status that means yes",
        { status: 200, body: "Failed to send" },
        doubtful("provider-error"),
      ],
      [
        "a refusal under a status that means yes",
        { status: 200, body: { error: { code: "ServiceError" } } },
        doubtful("provider-error"),
      ],
      ["a list", { status: 200, body: [] }, doubtful("provider-error")],
      ["an answer without end", { status: 200, body: "x".repeat(300_000) }, doubtful("provider-unreachable")],
      ["words that are too large", refused(413, "MessageSizeTooBig"), giveUp("too-large", false)],
      ["a bot that is not there", refused(403, "BotNotInConversationRoster"), giveUp(barred, false)],
      ["a bot that nobody installed", refused(403, "ForbiddenOperationException"), giveUp(barred, false)],
      ["a bot that somebody blocked", refused(403, "ConversationBlockedByUser"), giveUp(barred, false)],
      [
        "a bot that the tenant switched off",
        refused(403, "BotDisabledByAdmin"),
        giveUp("account-refused", true),
      ],
      ["another refusal", { status: 403 }, giveUp("account-refused", true)],
      ["another cloud's tenant", refused(403, "InvalidBotApiHost"), giveUp("sender-misconfigured", true)],
      [
        "a conversation that is no longer there",
        refused(404, "ConversationNotFound"),
        giveUp("conversation-gone", false),
      ],
      [
        "a message that is no longer there",
        refused(404, "ActivityNotFoundInConversation"),
        giveUp("message-gone", false),
      ],
      ["nobody of that name", refused(404, "MemberNotFoundInConversation"), giveUp("not-in-chat", false)],
      ["nothing there", { status: 404 }, giveUp(missing, false)],
      ["what it does not understand", refused(400, "BadSyntax"), giveUp("provider-error", true)],
      [
        "another place",
        { status: 307, headers: { location: "http://127.0.0.1:1/" } },
        giveUp("provider-error", true),
      ],
    ])("is answered with %s", async (_, answer, expected) => {
      connector.next(answer);
      const said = await acts[name]();
      expect(said).toEqual(expected);
      expect(JSON.stringify(said)).not.toMatch(/ada@|s3cret|t1/);
      expect(connector.asked).toHaveLength(1);
    });

    test("is asked once more where the token was taken back, with another one", async () => {
      connector.next({ status: 401 });
      expect(await acts[name]()).toMatchObject({ outcome: "done" });
      expect(connector.asked.map(({ headers }) => headers.authorization ?? "the sign-in")).toEqual([
        "Bearer t1",
        "the sign-in",
        "Bearer t2",
      ]);
    });

    test("is refused for good where another token opens nothing either", async () => {
      connector.next({ status: 401 }, { status: 200, body: { access_token: "t2" } }, { status: 401 });
      expect(await acts[name]()).toEqual(giveUp("account-refused", true));
      expect(connector.asked).toHaveLength(3);
    });

    test("is asked once more after a moment where it is told to wait no longer than that", async () => {
      connector.next({ status: 429, headers: { "retry-after": "0.1" } });
      const began = performance.now();
      expect(await acts[name]()).toMatchObject({ outcome: "done" });
      expect(performance.now() - began).toBeGreaterThan(95);
      connector.next(
        { status: 429, headers: { "retry-after": "0" } },
        { status: 429, headers: { "retry-after": "0" } },
      );
      expect(await acts[name]()).toEqual(retry("rate-limited", 0));
      expect(connector.asked).toHaveLength(4);
    });

    test("surely reached nobody where nobody listens", async () => {
      await connector.stop();
      await pause(20); // until the connections that stood are known to be closed
      expect(await acts[name]()).toEqual(retry("provider-unreachable"));
    });

    test.each([
      "https://stranger.example.com/",
      "http://smba.trafficmanager.net/emea/",
      "http://user@127.0.0.1:1/",
      "http://127.0.0.1:1/?to=x",
      "",
    ])("at %j is not tried: it would show the token to whoever is there", async (serviceUrl) => {
      place = { ...place, serviceUrl };
      expect(await acts[name]()).toEqual(giveUp("sender-misconfigured", true));
      expect(connector.asked).toEqual([]);
    });
  });

  const lastAsked = () => {
    const one = connector.asked.at(-1);
    return {
      method: one?.method,
      path: one?.path,
      body: one?.body === "" ? undefined : JSON.parse(one?.body ?? ""),
    };
  };

  test("words are plain: whatever looks like mark-up in them is shown as it is", async () => {
    expect(await acts.post()).toEqual({ outcome: "done", activity: "17" });
    expect(lastAsked()).toEqual({
      method: "POST",
      path: "/emea/v3/conversations/a%3A1%2Fx%3Fy/activities",
      body: {
        type: "message",
        from: { id: `28:${app}` },
        conversation: { id: place.conversation },
        textFormat: "plain",
        text: "Is <b>checkout</b> **well**?",
      },
    });
    expect(connector.asked.at(-1)?.headers).toMatchObject({
      authorization: "Bearer t1",
      "content-type": "application/json; charset=utf-8",
    });
  });

  test("a card goes alone, with what a notification shows of it", async () => {
    expect(await chat.change(place, "17/x", card)).toEqual({ outcome: "done", activity: "17/x" });
    expect(lastAsked()).toEqual({
      method: "PUT",
      path: "/emea/v3/conversations/a%3A1%2Fx%3Fy/activities/17%2Fx",
      body: {
        type: "message",
        id: "17/x",
        from: { id: `28:${app}` },
        conversation: { id: place.conversation },
        summary: "Checkout",
        attachments: [
          {
            contentType: "application/vnd.microsoft.card.adaptive",
            content: { type: "AdaptiveCard", version: "1.5" },
          },
        ],
      },
    });
  });

  test("a thread begins in a channel with what stands at its head", async () => {
    place = { ...place, conversation: "19:c@thread.tacv2" };
    expect(await chat.begin(place, text)).toEqual({
      outcome: "done",
      conversation: "19:c@thread.tacv2;messageid=17",
      activity: "17",
    });
    expect(lastAsked()).toMatchObject({
      method: "POST",
      path: "/emea/v3/conversations",
      body: {
        isGroup: true,
        bot: { id: `28:${app}` },
        channelData: { channel: { id: "19:c@thread.tacv2" }, tenant: { id: tenant } },
        activity: { type: "message", text: text.text },
      },
    });
  });

  test("of a thread that is told without its head, the head is in its name", async () => {
    connector.next({ status: 201, body: { id: "19:c@thread.tacv2;messageid=42" } });
    expect(await acts.begin()).toMatchObject({ activity: "42" });
  });

  test("a thread that began nobody knows where is in doubt, and so is a meeting tried again", async () => {
    connector.next({ status: 202 });
    expect(await acts.begin()).toEqual({ outcome: "unknown", reason: "provider-error" });
    connector.next({ status: 201, body: {} });
    expect(await acts.meet()).toEqual(retry("provider-error"));
  });

  test("somebody is met in the tenant that he is in", async () => {
    expect(await acts.meet()).toEqual({ outcome: "done", conversation: "19:c@thread.tacv2;messageid=17" });
    expect(lastAsked().body).toEqual({
      isGroup: false,
      bot: { id: `28:${app}` },
      members: [{ id: "29:1abc" }],
      tenantId: tenant,
      channelData: { tenant: { id: tenant } },
    });
  });

  test("somebody of the roster is told in small letters, whatever the connector calls the account", async () => {
    const member = {
      user: "ada00000-0000-4000-8000-000000000001",
      id: "29:1abc",
      name: "ada@brightwater.example",
      tenant,
    };
    expect(await acts.member()).toEqual({ outcome: "done", member });
    expect(connector.asked.at(-1)?.path).toBe(
      "/emea/v3/conversations/a%3A1%2Fx%3Fy/members/ada%40brightwater.example",
    );
    connector.next({ status: 200, body: { id: "29:1abc", aadObjectId: member.user } });
    expect(await acts.member()).toEqual({
      outcome: "done",
      member: { ...member, name: undefined, tenant: undefined },
    });
    connector.next({ status: 200, body: { id: "28:another-bot" } });
    expect(await acts.member()).toEqual(giveUp("not-in-chat", false));
  });

  test("what was taken without a word is done, and bears no name", async () => {
    connector.next({ status: 202 });
    expect(await acts.post()).toEqual({ outcome: "done", activity: undefined });
  });

  test("while a state of a card is on its way only the newest of the others follows", async () => {
    const states = [1, 2, 3, 4].map((n) => ({ card: { n }, summary: "x" }));
    const all = await Promise.all(states.map((state) => chat.change(place, "17", state)));
    expect(all).toEqual(all.map(() => ({ outcome: "done", activity: "17" })));
    const written = connector.asked.map(({ body }) => /"n":(\d)/.exec(body)?.[1]);
    expect(written).toEqual(["1", "4"]);
  });

  test("an app's second holds no more than the chat allows, whoever is spoken to", async () => {
    const began = performance.now();
    await Promise.all(
      Array.from({ length: 65 }, (_, n) => chat.post({ ...place, conversation: `a:${n}` }, text)),
    );
    // Ten at once, and thirty a second.
    expect(performance.now() - began).toBeGreaterThan(1_700);
    expect(connector.asked).toHaveLength(65);
  });
});

describe("before a chat that behaves as Teams", () => {
  const people = [
    {
      name: "Ada",
      methods: [{ id: "t", channel: "teams", address: "ada@brightwater.example" }],
    },
    {
      name: "Mei",
      methods: [{ id: "t", channel: "teams", address: "mei@brightwater.example" }],
    },
  ] as const;
  let teams: Awaited<ReturnType<typeof simulatedChat>>;
  let chat: Chat;
  let serviceUrl: string;
  beforeEach(async () => {
    teams = await simulatedChat({ people, notInstalledFor: ["mei@brightwater.example"] });
    chat = teams.bot().chat;
    serviceUrl = chat.bot()?.serviceUrl ?? "";
  });
  afterEach(() => teams.stop());

  test("somebody is found in the roster, met, told something, and shown what became of it", async () => {
    const home = { serviceUrl, conversation: "19:incidents@thread.tacv2" };
    const found = await chat.member(home, "ada@brightwater.example");
    if (found.outcome !== "done") throw new Error(found.reason);
    const met = await chat.meet(found.member.id, tenant, serviceUrl);
    if (met.outcome !== "done") throw new Error(met.reason);
    const ada = { serviceUrl, conversation: met.conversation };
    const posted = await chat.post(ada, card);
    if (posted.outcome !== "done") throw new Error(posted.reason);
    const changed = { card: { type: "AdaptiveCard", version: "1.5", body: [] }, summary: "Taken" };
    expect(await chat.change(ada, posted.activity ?? "", changed)).toEqual(posted);
    expect(teams.chat.said(met.conversation)).toMatchObject([{ id: posted.activity, summary: "Taken" }]);
  });

  test("a thread begins, and goes on", async () => {
    const home = { serviceUrl, conversation: "19:incidents@thread.tacv2" };
    const begun = await chat.begin(home, card);
    if (begun.outcome !== "done") throw new Error(begun.reason);
    expect(begun.conversation).toBe(`19:incidents@thread.tacv2;messageid=${begun.activity}`);
    expect(await chat.post({ serviceUrl, conversation: begun.conversation }, text)).toMatchObject({
      outcome: "done",
    });
    expect(teams.chat.said(begun.conversation)).toMatchObject([
      { summary: "Checkout" },
      { text: "Is <b>checkout</b> **well**?", thread: begun.activity },
    ]);
  });

  test("nobody is met who did not add the app, and nobody whom it does not know", async () => {
    const mei = teams.chat.user("mei@brightwater.example");
    expect(mei).toBeDefined();
    const [, meiIs] = teams.chat.users();
    expect(await chat.meet(meiIs?.mri ?? "", tenant, serviceUrl)).toEqual({
      outcome: "giveUp",
      reason: "not-in-chat",
      operator: false,
    });
    const nobody = await chat.member(
      { serviceUrl, conversation: "19:incidents@thread.tacv2" },
      "nobody@x.example",
    );
    expect(nobody).toEqual({ outcome: "giveUp", reason: "not-in-chat", operator: false });
  });
});

test("a crowd is written to, and a thread in a hurry, inside the rates that Teams documents", async () => {
  const crowd = Array.from({ length: 70 }, (_, n) => ({
    name: `Person ${n}`,
    methods: [{ id: "t", channel: "teams" as const, address: `person${n}@brightwater.example` }],
  }));
  const teams = await simulatedChat({ people: crowd });
  const { chat } = teams.bot({ patience: 3_000 });
  const serviceUrl = chat.bot()?.serviceUrl ?? "";
  const thread = { serviceUrl, conversation: "19:incidents@thread.tacv2" };
  const [all, hurried] = await Promise.all([
    Promise.all(teams.chat.users().map(({ conversation }) => chat.post({ serviceUrl, conversation }, card))),
    Promise.all(Array.from({ length: 9 }, () => chat.post(thread, text))),
  ]);
  expect([...all, ...hurried].filter(({ outcome }) => outcome !== "done")).toEqual([]);
  const refused = teams.chat.requests().filter(({ status }) => status === 429);
  // Of the thread the eighth in a second is told to wait, and waits.
  expect(refused.every(({ conversation }) => conversation === thread.conversation)).toBe(true);
  expect(teams.chat.said(thread.conversation)).toHaveLength(9);
  await teams.stop();
}, 20_000);

test("a hub without a bot says so, whatever is asked of it", async () => {
  const nowhere = { serviceUrl: "https://x/", conversation: "a" };
  expect(noChat.bot()).toBeUndefined();
  const said = await Promise.all([
    noChat.post(nowhere, text),
    noChat.begin(nowhere, text),
    noChat.change(nowhere, "1", text),
    noChat.meet("a", "b", "c"),
    noChat.member(nowhere, "a"),
  ]);
  for (const one of said)
    expect(one).toEqual({ outcome: "giveUp", reason: "chat-not-set-up", operator: true });
});
