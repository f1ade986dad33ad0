// The connector's answers, held against tables written after Microsoft's reference:
// https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
// https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/conversation-messages
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { simulatedChat } from "../../../../support/simulated-chat.ts";
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
let ours: string;
let hers: string;
let now: number;
beforeEach(async () => {
  now = Date.parse("2026-11-21T02:00:00Z");
  chat = await simulatedChat({ people: teamsPeople, notInstalledFor: [joan], now: () => now, rates: "none" });
  ours = chat.chat.user(ada).conversation;
  hers = chat.chat.user(joan).conversation;
});
afterEach(() => chat.stop());

const tenant = () => chat.chat.account.tenant;
const post = async (conversation: string, activity: object = aMessage("hello")) =>
  (
    (await chat.connector("POST", `/conversations/${conversation}/activities`, activity)).body as {
      id: string;
    }
  ).id;

describe("what it takes, it answers as documented", () => {
  test("a message in a chat: 201 and its id", async () => {
    const said = await chat.connector("POST", `/conversations/${ours}/activities`, aMessage("hello"));
    expect([said.status, said.body]).toEqual([201, { id: expect.stringMatching(/^\d{13}$/) }]);
    expect(chat.chat.said(ours)).toMatchObject([{ text: "hello" }]);
  });

  test("a change: 200 and the same id; a card takes the place of what was there", async () => {
    const id = await post(ours);
    now += 1_000;
    const said = await chat.connector(
      "PUT",
      `/conversations/${ours}/activities/${id}`,
      cardMessage(aCard("new")),
    );
    expect([said.status, said.body]).toEqual([200, { id }]);
    expect(chat.chat.said(ours)).toMatchObject([
      { id, text: "", card: { version: "1.5" }, editedAt: "2026-11-21T02:00:01.000Z" },
    ]);
  });

  test("a deletion: 200 and nothing more", async () => {
    const id = await post(ours);
    const said = await chat.connector("DELETE", `/conversations/${ours}/activities/${id}`);
    expect([said.status, said.text]).toEqual([200, ""]);
    expect(chat.chat.said(ours)).toEqual([]);
  });

  test("a post in a channel begins a thread, a reply goes on with it, and both ways lead there", async () => {
    const root = await post(incidents);
    const reply = await chat.connector(
      "POST",
      `/conversations/${incidents}/activities/${root}`,
      aMessage("one"),
    );
    expect(reply.status).toBe(201);
    await post(`${incidents};messageid=${root}`, aMessage("two"));
    await post(incidents, aMessage("another thread"));
    const thread = chat.chat.said(`${incidents};messageid=${root}`);
    expect(thread.map(({ text }) => text)).toEqual(["hello", "one", "two"]);
    expect(chat.chat.said(incidents)).toHaveLength(4);
    const changed = await chat.connector(
      "PUT",
      `/conversations/${incidents};messageid=${root}/activities/${root}`,
      aMessage("x"),
    );
    expect(changed.status).toBe(200);
  });

  test.each(["mri", "aadObjectId"] as const)(
    "a chat with one person, by %s: 201 and its id, always the same",
    async (by) => {
      const body = { members: [{ id: chat.chat.user(ada)[by] }], channelData: { tenant: { id: tenant() } } };
      for (let time = 0; time < 2; time++) {
        const met = await chat.connector("POST", "/conversations", body);
        expect([met.status, met.body]).toEqual([201, { id: ours }]);
      }
    },
  );

  test("a thread in a channel: 201, its id and that of the post", async () => {
    const activity = cardMessage(aCard("Checkout is down"));
    const body = { isGroup: true, channelData: { channel: { id: incidents } }, activity };
    const begun = await chat.connector("POST", "/conversations", body);
    const { activityId } = begun.body as { activityId: string };
    expect([begun.status, begun.body]).toEqual([
      201,
      { id: `${incidents};messageid=${activityId}`, activityId },
    ]);
    expect(chat.chat.said(incidents)).toMatchObject([
      { id: activityId, thread: activityId, card: { type: "AdaptiveCard" } },
    ]);
  });

  test("text and card in one: 202, and no word of any id", async () => {
    const both = { ...cardMessage(aCard("x")), text: "hello" };
    const said = await chat.connector("POST", `/conversations/${ours}/activities`, both);
    expect([said.status, said.text]).toEqual([202, ""]);
    expect(chat.chat.said(ours)).toHaveLength(1);
  });

  const member = () => ({
    id: chat.chat.user(ada).mri,
    name: "Ada Okafor",
    objectId: chat.chat.user(ada).aadObjectId,
    aadObjectId: chat.chat.user(ada).aadObjectId,
    givenName: "Ada",
    surname: "Okafor",
    email: ada,
    userPrincipalName: ada,
    tenantId: tenant(),
    userRole: "user",
  });

  test("the roster of a chat has the one person", async () => {
    const roster = await chat.connector("GET", `/conversations/${ours}/members`);
    expect([roster.status, roster.body]).toEqual([200, [member()]]);
  });

  test.each(["mri", "aadObjectId", "upn"] as const)("one of a channel's roster, by %s", async (by) => {
    const found = await chat.connector(
      "GET",
      `/conversations/${incidents}/members/${encodeURIComponent(chat.chat.user(ada)[by])}`,
    );
    expect([found.status, found.body]).toEqual([200, member()]);
  });

  test("a roster by pages: of no fewer than 50, with a token while there is more", async () => {
    const many = Array.from({ length: 120 }, (_, number) => ({
      name: `P ${number}`,
      email: `p${number}@brightwater.example`,
      methods: [],
    }));
    const crowd = await simulatedChat({ people: many });
    const page = async (query: string) =>
      (await crowd.connector("GET", `/conversations/${incidents}/pagedMembers?${query}`)).body as {
        members: unknown[];
        continuationToken?: string;
      };
    const first = await page("pageSize=10");
    expect(first.members).toHaveLength(50);
    const last = await page(`pageSize=100&continuationToken=${first.continuationToken}`);
    expect([last.members.length, last.continuationToken]).toEqual([70, undefined]);
    await crowd.stop();
  });

  test("a team, and its channels, of which General has no name", async () => {
    const found = await chat.connector("GET", `/teams/${team}`);
    expect([found.status, found.body]).toEqual([
      200,
      {
        id: team,
        name: "Incident response",
        aadGroupId: expect.any(String),
        channelCount: 2,
        memberCount: 3,
        tenantId: tenant(),
        type: "standard",
      },
    ]);
    const channels = await chat.connector("GET", `/teams/${team}/conversations`);
    expect([channels.status, channels.body]).toEqual([
      200,
      {
        conversations: [
          { id: team, name: null },
          { id: incidents, name: "Incidents" },
        ],
      },
    ]);
  });
});

describe("what it refuses, it refuses with Microsoft's code", () => {
  const chatWith = (id: string, more: object = {}) => ({
    members: [{ id }],
    channelData: { tenant: { id: tenant() } },
    ...more,
  });
  const activities = (conversation: string) => `/conversations/${conversation}/activities`;

  test.each<[string, () => Promise<[string, string, unknown?]>, number, string]>([
    ["no activity in it", async () => ["POST", activities(ours), "{"], 400, "BadSyntax"],
    [
      "an activity of another type",
      async () => ["POST", activities(ours), { type: "event" }],
      400,
      "BadSyntax",
    ],
    [
      "a message that says nothing",
      async () => ["POST", activities(ours), { type: "message" }],
      400,
      "BadSyntax",
    ],
    [
      "a card that is none",
      async () => [
        "POST",
        activities(ours),
        { type: "message", attachments: [{ contentType: adaptive, content: {} }] },
      ],
      400,
      "BadArgument",
    ],
    ["a chat with nobody", async () => ["POST", "/conversations", chatWith("29:nobody")], 400, "BadArgument"],
    [
      "a chat without a tenant",
      async () => ["POST", "/conversations", { members: [{ id: ada }] }],
      400,
      "BadArgument",
    ],
    [
      "a chat of another tenant",
      async () => ["POST", "/conversations", { members: [{ id: ada }], tenantId: "x" }],
      400,
      "BadArgument",
    ],
    [
      "a group chat",
      async () => ["POST", "/conversations", chatWith(ada, { isGroup: true })],
      400,
      "BadArgument",
    ],
    [
      "a thread without a post",
      async () => ["POST", "/conversations", { channelData: { channel: { id: incidents } } }],
      400,
      "BadArgument",
    ],
    [
      "a chat with somebody who has not the app",
      async () => ["POST", "/conversations", chatWith(joan)],
      403,
      "ForbiddenOperationException",
    ],
    [
      "words for somebody who has not the app",
      async () => ["POST", activities(hers), aMessage("x")],
      403,
      "BotNotInConversationRoster",
    ],
    [
      "words for somebody who blocked the bot",
      async () => {
        chat.chat.user(ada).blocks();
        return ["POST", activities(ours), aMessage("x")];
      },
      403,
      "ConversationBlockedByUser",
    ],
    [
      "words in a team that it has left",
      async () => {
        await chat.chat.leaveTeam();
        return ["POST", activities(incidents), aMessage("x")];
      },
      403,
      "BotNotInConversationRoster",
    ],
    [
      "a change of what a person said",
      async () => {
        await chat.chat.user(ada).says("hi");
        return ["PUT", `${activities(ours)}/${chat.chat.said(ours)[0]?.id}`, aMessage("x")];
      },
      403,
      "NotEnoughPermissions",
    ],
    [
      "a conversation that never was",
      async () => ["POST", activities("a:none"), aMessage("x")],
      404,
      "ConversationNotFound",
    ],
    [
      "a channel that was deleted",
      async () => {
        await chat.chat.channel("Incidents").deletes();
        return ["POST", activities(incidents), aMessage("x")];
      },
      404,
      "ConversationNotFound",
    ],
    [
      "a thread whose post was deleted",
      async () => {
        const root = await post(incidents);
        await chat.connector("DELETE", `${activities(incidents)}/${root}`);
        return ["POST", activities(`${incidents};messageid=${root}`), aMessage("x")];
      },
      404,
      "ActivityNotFoundInConversation",
    ],
    [
      "a change of what was never said",
      async () => ["PUT", `${activities(ours)}/9`, aMessage("x")],
      404,
      "ActivityNotFoundInConversation",
    ],
    [
      "a deletion of it",
      async () => ["DELETE", `${activities(ours)}/9`],
      404,
      "ActivityNotFoundInConversation",
    ],
    [
      "an answer to it",
      async () => ["POST", `${activities(ours)}/9`, aMessage("x")],
      404,
      "ActivityNotFoundInConversation",
    ],
    [
      "one of a roster who is not on it",
      async () => ["GET", `/conversations/${ours}/members/${linus}`],
      404,
      "MemberNotFoundInConversation",
    ],
    ["another team", async () => ["GET", "/teams/19:other@thread.tacv2"], 404, "ConversationNotFound"],
    ["another address", async () => ["GET", "/bots"], 404, "NotFound"],
    ["another method", async () => ["PATCH", activities(ours), aMessage("x")], 405, "MethodNotAllowed"],
    [
      "more than 100 KB in UTF-16",
      async () => ["POST", activities(ours), aMessage("x".repeat(52_000))],
      413,
      "MessageSizeTooBig",
    ],
  ])("%s", async (_, asking, status, code) => {
    const said = await chat.connector(...(await asking()));
    expect([said.status, said.body]).toEqual([status, { error: { code, message: expect.any(String) } }]);
  });

  test("a little less than 100 KB goes through", async () => {
    expect((await chat.connector("POST", activities(ours), aMessage("x".repeat(51_000)))).status).toBe(201);
  });
});

describe("it lets in whoever has Entra's token for it, and nobody else", () => {
  const asked = async (authorization?: string) => {
    const headers = authorization === undefined ? undefined : { authorization };
    return (await chat.ask("GET", `/v3/conversations/${ours}/members`, undefined, headers)).status;
  };

  test("the token that was given for it", async () => {
    expect(await asked(`Bearer ${chat.chat.appToken()}`)).toBe(200);
  });

  test.each<[string, () => string | undefined]>([
    ["none", () => undefined],
    ["another scheme", () => `Basic ${chat.chat.appToken()}`],
    ["a word", () => "Bearer token"],
    ["one for Graph", () => `Bearer ${chat.chat.appToken("graph")}`],
    ["a person's in the tab", () => `Bearer ${chat.chat.tabToken(ada)}`],
    ["one whose content was changed", () => `Bearer ${changed(chat.chat.appToken())}`],
  ])("not with %s", async (_, authorization) => {
    expect(await asked(authorization())).toBe(401);
  });

  test("not an hour later", async () => {
    const token = chat.chat.appToken();
    now += 3_600_000;
    expect(await asked(`Bearer ${token}`)).toBe(401);
  });

  const changed = (token: string) => {
    const [head, claims = "", signature] = token.split(".");
    const said = JSON.parse(Buffer.from(claims, "base64url").toString()) as object;
    return [head, Buffer.from(JSON.stringify({ ...said, x: 1 })).toString("base64url"), signature].join(".");
  };
});
