// A channel of its own for an incident: made where the organisation lets the app make one, and otherwise why not.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { teamsBot } from "../../../functions/adapters/teams/bot.ts";
import { noChannels } from "../../../functions/adapters/teams/channels.ts";
import type { ChatChannels } from "../../../functions/ports.ts";
import { simulatedAddresses } from "../../../infra/local/settings.ts";
import { type Scripted, scriptedServer } from "../../support/scripted-server.ts";
import { simulatedChat } from "../../support/simulated-chat.ts";

const wanted = { name: "inc-amber-otter", description: "Checkout times out", isPrivate: false };

describe("in a Teams", () => {
  const people = ["ada@brightwater.example", "mei@brightwater.example"].map((address) => ({
    name: address,
    methods: [{ id: "t", channel: "teams" as const, address }],
  }));
  let teams: Awaited<ReturnType<typeof simulatedChat>>;
  let channels: ChatChannels;
  let team: string;
  beforeEach(async () => {
    teams = await simulatedChat({ people });
    channels = teams.bot().channels;
    team = teams.chat.account.team.groupId;
  });
  afterEach(() => teams.stop());

  test("it is made, everybody of the team sees it, and there is a link to it", async () => {
    const made = await channels.create(team, wanted);
    if (made.outcome !== "done") throw new Error(made.reason);
    expect(made.link).toMatch(/^https:\/\/teams\.microsoft\.com\/l\/channel\//);
    const found = teams.chat.channels().find(({ id }) => id === made.channel);
    expect(found).toMatchObject({
      name: wanted.name,
      description: wanted.description,
      membershipType: "standard",
    });
    expect(found?.members).toBeUndefined();
  });

  test("a private one is seen by those who are named; the first of them owns it", async () => {
    const members = people.map(({ name }) => name);
    const made = await channels.create(team, { ...wanted, isPrivate: true, members });
    if (made.outcome !== "done") throw new Error(made.reason);
    const found = teams.chat.channels().find(({ id }) => id === made.channel);
    expect(found).toMatchObject({ membershipType: "private" });
    expect(found?.members).toEqual(teams.chat.users().map(({ aadObjectId }) => aadObjectId));
  });

  test("a name is given once", async () => {
    await channels.create(team, wanted);
    expect(await channels.create(team, wanted)).toEqual({
      outcome: "giveUp",
      reason: "name-taken",
      operator: false,
    });
  });

  test("without the organisation's consent there is none, and that is nobody's fault", async () => {
    teams.chat.consent(false);
    expect(await channels.create(team, wanted)).toEqual({
      outcome: "giveUp",
      reason: "account-refused",
      operator: false,
    });
  });

  test("a team that is not there has none", async () => {
    expect(await channels.create("0ddba110-0000-4000-8000-000000000000", wanted)).toMatchObject({
      outcome: "giveUp",
      reason: "conversation-gone",
    });
  });

  test("a name that the chat does not take is for somebody to mend", async () => {
    expect(await channels.create(team, { ...wanted, name: "#what?" })).toEqual({
      outcome: "giveUp",
      reason: "provider-error",
      operator: true,
    });
  });
});

describe("Graph's other answers", () => {
  let graph: Awaited<ReturnType<typeof scriptedServer>>;
  let channels: ChatChannels;
  beforeEach(async () => {
    graph = await scriptedServer(() => ({ status: 200, body: { access_token: "t", expires_in: 3599 } }));
    channels = teamsBot({
      app: "a",
      tenant: "t",
      secret: () => Promise.resolve({ outcome: "done", secret: { clientSecrets: ["s3cret"] } }),
      clock: { now: () => 0 },
      addresses: simulatedAddresses(graph.url),
      patience: 200,
    }).channels;
  });
  afterEach(() => graph.stop());

  test.each<readonly [string, Scripted, object]>([
    [
      "that it is there already",
      { status: 409 },
      { outcome: "giveUp", reason: "name-taken", operator: false },
    ],
    [
      "that it is there already, in words alone",
      {
        status: 400,
        body: {
          error: { code: "BadRequest", message: "Channel name already existed, please use other name." },
        },
      },
      { outcome: "giveUp", reason: "name-taken", operator: false },
    ],
    [
      "too many",
      { status: 429, headers: { "retry-after": "20" } },
      { outcome: "retry", reason: "rate-limited", after: 20_000 },
    ],
    ["a failure", { status: 503 }, { outcome: "retry", reason: "provider-error" }],
    ["silence", "silence", { outcome: "unknown", reason: "timed-out" }],
    ["a broken connection", "reset", { outcome: "unknown", reason: "provider-unreachable" }],
    ["yes, and no more", { status: 202 }, { outcome: "unknown", reason: "provider-error" }],
    [
      "yes, without a link",
      { status: 201, body: { id: "19:x" } },
      { outcome: "done", channel: "19:x", link: undefined },
    ],
  ])("%s", async (_, answer, expected) => {
    graph.next({ status: 200, body: { access_token: "t", expires_in: 3599 } }, answer);
    expect(await channels.create("team/..", wanted)).toEqual(expected);
    expect(graph.asked[1]).toMatchObject({ method: "POST", path: "/graph/v1.0/teams/team%2F../channels" });
  });

  test("whatever somebody is called, nobody else is named", async () => {
    await channels.create("team", {
      ...wanted,
      isPrivate: true,
      members: ["o'mei@x.example", "a/../b') or ('"],
    });
    const { members } = JSON.parse(graph.asked[1]?.body ?? "") as { readonly members: readonly object[] };
    expect(members).toMatchObject([
      { "user@odata.bind": "https://graph.microsoft.com/v1.0/users('o''mei@x.example')", roles: ["owner"] },
      { "user@odata.bind": "https://graph.microsoft.com/v1.0/users('a%2F..%2Fb'')%20or%20(''')", roles: [] },
    ]);
  });
});

test("a hub without a bot makes none", async () => {
  expect(await noChannels.create("x", wanted)).toEqual({
    outcome: "giveUp",
    reason: "chat-not-set-up",
    operator: true,
  });
});
