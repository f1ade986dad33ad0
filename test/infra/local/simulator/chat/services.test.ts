// The services beside the connector: the sign-in, Graph, and what goes wrong on demand with any of them.
// https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-client-creds-grant-flow
// https://learn.microsoft.com/en-us/graph/api/channel-post
import { createRemoteJWKSet, decodeJwt, jwtVerify } from "jose";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ChatFaultScript } from "../../../../../infra/local/simulator/chat/modes.ts";
import { simulatedChat } from "../../../../support/simulated-chat.ts";
import { aTeamsBot, type TeamsBot } from "../../../../support/teams-bot.ts";
import { ada, aMessage, linus, teamsPeople } from "../../../../support/teams-cards.ts";

const incidents = "19:incidents@thread.tacv2";
let chat: Awaited<ReturnType<typeof simulatedChat>>;
let bot: TeamsBot;
beforeEach(async () => {
  bot = await aTeamsBot({ keys: () => `${chat.at}/keys`, audience: "b0700b07-70a5-4b1e-8e57-000000000002" });
  chat = await simulatedChat({ people: teamsPeople, deliverTo: bot.url });
});
afterEach(async () => {
  await chat.stop();
  await bot.close();
});

describe("the sign-in", () => {
  const good = () => ({
    grant_type: "client_credentials",
    client_id: chat.chat.account.bot.id,
    client_secret: chat.chat.account.bot.secret,
    scope: "https://api.botframework.com/.default",
  });
  const ask = (form: Readonly<Record<string, string>>, tenant = chat.chat.account.tenant) =>
    chat.ask("POST", `/${tenant}/oauth2/v2.0/token`, new URLSearchParams(form).toString(), {
      "content-type": "application/x-www-form-urlencoded",
    });

  test.each(["https://api.botframework.com", "https://graph.microsoft.com"])(
    "gives the bot a token for %s",
    async (audience) => {
      const given = await ask({ ...good(), scope: `${audience}/.default` });
      expect([given.status, given.body]).toEqual([
        200,
        { token_type: "Bearer", expires_in: 3599, ext_expires_in: 3599, access_token: expect.any(String) },
      ]);
      const { access_token: token } = given.body as { access_token: string };
      expect(decodeJwt(token)).toMatchObject({
        aud: audience,
        appid: good().client_id,
        tid: chat.chat.account.tenant,
      });
      const connector = await chat.ask("GET", `/v3/conversations/${incidents}/members`, undefined, {
        authorization: `Bearer ${token}`,
      });
      expect(connector.status).toBe(audience === "https://api.botframework.com" ? 200 : 401);
    },
  );

  test.each([
    ["a wrong secret", { client_secret: "x" }, 401, "invalid_client", 7000215],
    ["another app", { client_id: "x" }, 400, "unauthorized_client", 700016],
    ["another scope", { scope: "https://vault.azure.net/.default" }, 400, "invalid_scope", 70011],
    ["another grant", { grant_type: "password" }, 400, "unsupported_grant_type", 70003],
  ])("refuses %s as Entra does", async (_, wrong, status, error, code) => {
    const refused = await ask({ ...good(), ...wrong });
    expect([refused.status, refused.body]).toEqual([
      status,
      {
        error,
        error_description: expect.stringMatching(
          new RegExp(`^AADSTS${code}: .+ Trace ID: .+ Correlation ID: .+ Timestamp: .+Z$`),
        ),
        error_codes: [code],
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/),
        trace_id: expect.any(String),
        correlation_id: expect.any(String),
        error_uri: expect.stringContaining(String(code)),
      },
    ]);
  });

  test("another tenant is not known there", async () => {
    expect((await ask(good(), "common")).status).toBe(400);
  });

  test("a person in the tab has a token that Entra's own keys prove, and the Bot Framework's do not", async () => {
    const token = chat.chat.tabToken(ada);
    const proven = (keys: string) =>
      jwtVerify(token, createRemoteJWKSet(new URL(`${chat.at}/${keys}`)), {
        audience: chat.chat.account.tab.id,
      });
    const { payload } = await proven(`${chat.chat.account.tenant}/discovery/v2.0/keys`);
    expect(payload).toMatchObject({
      oid: chat.chat.user(ada).aadObjectId,
      preferred_username: ada,
      tid: chat.chat.account.tenant,
    });
    await expect(proven("keys")).rejects.toThrow("no applicable key");
  });
});

describe("Graph", () => {
  const channels = () => `/teams/${chat.chat.account.team.groupId}/channels`;
  const make = (channel: object) => chat.graph("POST", channels(), channel);

  test("makes a channel, and the bot is told", async () => {
    const made = await make({
      displayName: "brisk-otter",
      description: "Checkout is down",
      membershipType: "standard",
    });
    const { id } = made.body as { id: string };
    expect([made.status, made.body]).toEqual([
      201,
      {
        "@odata.context": expect.stringContaining("channels/$entity"),
        id: expect.stringMatching(/^19:[0-9a-f]{32}@thread\.tacv2$/),
        createdDateTime: expect.any(String),
        displayName: "brisk-otter",
        description: "Checkout is down",
        isFavoriteByDefault: null,
        email: "",
        tenantId: chat.chat.account.tenant,
        webUrl: expect.stringMatching(
          /^https:\/\/teams\.microsoft\.com\/l\/channel\/19%3A.+\/brisk-otter\?groupId=.+&tenantId=.+/,
        ),
        membershipType: "standard",
        isArchived: false,
      },
    ]);
    await chat.chat.settled();
    expect(bot.heard.map(({ activity }) => activity)).toMatchObject([
      {
        type: "conversationUpdate",
        channelData: { eventType: "channelCreated", channel: { id, name: "brisk-otter" } },
      },
    ]);
    expect((await chat.connector("POST", `/conversations/${id}/activities`, aMessage("x"))).status).toBe(201);
    const found = await chat.graph(
      "GET",
      `${channels()}?$filter=${encodeURIComponent("displayName eq 'Brisk-Otter'")}`,
    );
    expect(found.body).toMatchObject({ value: [{ id }] });
  });

  test("a private one is for its members, of whom one owns it", async () => {
    const member = (name: string, roles: readonly string[] = []) => ({
      "@odata.type": "#microsoft.graph.aadUserConversationMember",
      "user@odata.bind": `https://graph.microsoft.com/v1.0/users('${chat.chat.user(name).aadObjectId}')`,
      roles,
    });
    const wanted = { displayName: "quiet-otter", membershipType: "private" };
    expect((await make(wanted)).status).toBe(400);
    const made = await make({ ...wanted, members: [member(ada, ["owner"])] });
    expect(made.body).toMatchObject({ membershipType: "private" });
    const { id } = made.body as { id: string };
    const roster = await chat.connector("GET", `/conversations/${id}/members`);
    expect(roster.body).toMatchObject([{ userPrincipalName: ada }]);
    expect((await chat.connector("GET", `/conversations/${id}/members/${linus}`)).status).toBe(404);
  });

  test.each([
    ["no name", { description: "x" }],
    ["an empty one", { displayName: "" }],
    ["more than 50 characters", { displayName: "x".repeat(51) }],
    ..."~#%&*{}/\\:<>?+|'\"."
      .split("")
      .map((sign): [string, object] => [`a ${sign}`, { displayName: `otter${sign}1` }]),
    ["an underscore to begin with", { displayName: "_otter" }],
    ["the name of another", { displayName: "INCIDENTS" }],
  ])("refuses %s", async (_, channel) => {
    const refused = await make(channel);
    expect([refused.status, refused.body]).toMatchObject([
      400,
      {
        error: { code: "BadRequest", message: expect.any(String), innerError: { date: expect.any(String) } },
      },
    ]);
  });

  test("a name stays taken when the channel is deleted", async () => {
    await chat.chat.channel("Incidents").deletes();
    expect((await make({ displayName: "Incidents" })).body).toMatchObject({
      error: { innerError: { code: "NameAlreadyExists" } },
    });
  });

  test("lets nobody without consent, nobody with another token, and nobody into another team", async () => {
    const channel = { displayName: "brisk-otter" };
    const elsewhere = await chat.graph(
      "POST",
      "/teams/00000000-0000-4000-8000-000000000000/channels",
      channel,
    );
    expect([elsewhere.status, elsewhere.body]).toMatchObject([404, { error: { code: "NotFound" } }]);
    const stranger = await chat.ask("POST", `/graph/v1.0${channels()}`, channel, {
      authorization: `Bearer ${chat.chat.appToken()}`,
    });
    expect([stranger.status, stranger.body]).toMatchObject([
      401,
      { error: { code: "InvalidAuthenticationToken" } },
    ]);
    chat.chat.consent(false);
    const refused = await make(channel);
    expect([refused.status, refused.body]).toMatchObject([403, { error: { code: "Forbidden" } }]);
  });
});

describe("on demand", () => {
  const post = () => chat.connector("POST", `/conversations/${incidents}/activities`, aMessage("x"));

  test.each<[ChatFaultScript["mode"], number]>([
    ["failing", 503],
    ["rate-limited", 429],
    ["precondition-failed", 412],
    ["bad-gateway", 502],
    ["gateway-timeout", 504],
    ["gone", 404],
    ["not-in-roster", 403],
    ["failure-text", 200],
    ["taken-without-id", 202],
  ])("it is %s: %s, once, and then well", async (mode, status) => {
    chat.chat.fail({ mode });
    expect((await post()).status).toBe(status);
    expect((await post()).status).toBe(201);
  });

  test("it says when to come again, or does not say", async () => {
    chat.chat.fail({ mode: "rate-limited", retryAfter: 7 }, { mode: "rate-limited", retryAfter: null });
    expect([(await post()).headers.get("retry-after"), (await post()).headers.get("retry-after")]).toEqual([
      "7",
      null,
    ]);
  });

  test("it is late by so much", async () => {
    chat.chat.fail({ mode: "late", ms: 80 });
    const begun = performance.now();
    expect((await post()).status).toBe(201);
    expect(performance.now() - begun).toBeGreaterThan(75);
  });

  test("it does what it was asked and nobody hears of it", async () => {
    chat.chat.fail({ mode: "taken-and-reset" });
    await expect(post()).rejects.toThrow("fetch failed");
    expect(chat.chat.said(incidents)).toHaveLength(1);
    expect(chat.chat.requests()).toMatchObject([{ route: "post", conversation: incidents, status: "reset" }]);
  });

  test("one route fails, or one conversation, and no other", async () => {
    chat.chat.fail(
      { mode: "failing", route: "update", times: 9 },
      { mode: "gone", conversation: chat.chat.user(ada).conversation, times: 9 },
    );
    const { id } = (await post()).body as { id: string };
    expect(
      (await chat.connector("PUT", `/conversations/${incidents}/activities/${id}`, aMessage("y"))).status,
    ).toBe(503);
    const to = (name: string) =>
      chat.connector("POST", `/conversations/${chat.chat.user(name).conversation}/activities`, aMessage("x"));
    expect([(await to(ada)).status, (await to(linus)).status]).toEqual([404, 201]);
  });

  test("the sign-in and Graph fail where they are named, and not with the connector", async () => {
    chat.chat.behave("failing");
    const path = `/teams/${chat.chat.account.team.groupId}/channels`;
    expect((await chat.graph("GET", path)).status).toBe(200);
    chat.chat.fail({ mode: "bad-gateway", route: ["new-channel", "token"], times: 2 });
    expect((await chat.graph("POST", path, { displayName: "x" })).status).toBe(502);
    expect((await chat.ask("POST", `/${chat.chat.account.tenant}/oauth2/v2.0/token`, "")).status).toBe(502);
  });
});
