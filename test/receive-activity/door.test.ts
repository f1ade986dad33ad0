// Who is let in at the bot's door, and what is answered to what is no activity.
import { afterAll, beforeAll, expect, test } from "vitest";
import { ada, aTeamsDoor, type TeamsDoor } from "../support/teams-door.ts";

let door: TeamsDoor;
beforeAll(async () => {
  door = await aTeamsDoor();
  await door.teams.user(ada).installs();
});
afterAll(() => door.close());

/** As Teams would bring it. */
const activity = (more: object = {}): Readonly<Record<string, unknown>> => {
  const template = door.teams.sent().find(({ activity: each }) => each["type"] === "installationUpdate");
  return {
    ...template?.activity,
    id: `x${Math.random()}`,
    type: "message",
    text: "help",
    action: undefined,
    ...more,
  };
};
const status = async (given: object, forged: object = {}) => {
  const delivered = await door.teams.deliver(given as never, forged);
  return delivered.outcome === "answered" ? delivered.status : delivered.outcome;
};

test("a client that only looks is told that somebody is there", async () => {
  const looked = await fetch(door.url);
  expect([looked.status, await looked.text()]).toEqual([
    200,
    "Muster's bot. Activities are taken by POST.\n",
  ]);
  expect((await fetch(door.url, { method: "HEAD" })).status).toBe(200);
});

test("an activity that is signed as Teams signs is heard", async () => {
  expect(await status(activity())).toBe(200);
});

test.each([
  ["no token", { authorization: null }],
  ["something that is no token", { authorization: "Bearer x.y.z" }],
  ["another bot's token", { claims: { aud: "somebody-else" } }],
  ["another issuer's", { claims: { iss: "https://sts.windows.net/x/" } }],
  ["one that is long over", { claims: { exp: 1_000 } }],
  ["one for another address", { claims: { serviceurl: "https://elsewhere.example/" } }],
] as const)("with %s nobody gets in, and nothing is said of why", async (_, forged) => {
  const before = door.wordsTo(ada).length;
  const delivered = await door.teams.deliver(activity(), forged);
  expect(delivered).toMatchObject({
    outcome: "answered",
    status: 401,
    body: { type: "urn:muster:problem:activity-not-proven" },
  });
  expect(door.wordsTo(ada)).toHaveLength(before);
  expect(door.said.lines.at(-1)).toContain("activity refused");
});

test("the token that the tab gets for a person opens nothing here", async () => {
  expect(await status(activity(), { authorization: `Bearer ${door.teams.tabToken(ada)}` })).toBe(401);
  expect(await status(activity(), { authorization: `Bearer ${door.teams.appToken()}` })).toBe(401);
});

test.each([
  ["another tenant", { channelData: { tenant: { id: "somebody-elses" } } }],
  ["another channel", { channelId: "webchat" }],
  ["no address to answer at", { serviceUrl: undefined }],
])("an activity of %s is not let in, whoever signed it", async (_, more) => {
  expect(await status(activity(more))).toBe(401);
});

test("no token, and nothing that was said, stands in the log", async () => {
  await status(activity({ text: "a secret of ours" }), { authorization: "Bearer aaa.bbb.ccc" });
  const log = door.said.lines.join("\n");
  expect(log).not.toContain("aaa.bbb.ccc");
  expect(log).not.toContain("a secret of ours");
});

/** Signed by nobody, and said to be for this bot: the first thing that is looked at. */
const claimed = () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const token = `${part({ alg: "RS256", kid: "k" })}.${part({ aud: door.teams.account.bot.id })}.x`;
  return { "content-type": "application/json", authorization: `Bearer ${token}` };
};

test.each(["", "{", "[".repeat(100)])("what is no JSON is refused: %j", async (body) => {
  const answered = await fetch(door.url, {
    method: "POST",
    body,
    headers: claimed(),
  });
  expect(answered.status).toBe(400);
  expect(answered.headers.get("content-type")).toBe("application/problem+json");
});

test("more than a chat ever brings is not read", async () => {
  const answered = await fetch(door.url, {
    method: "POST",
    body: JSON.stringify({ text: "x".repeat(1024 * 1024) }),
    headers: claimed(),
  });
  expect(answered.status).toBe(413);
});

test.each([
  ["from", { from: undefined }],
  ["id", { id: undefined }],
  ["conversation", { conversation: { id: 7 } }],
])("an activity without its %s is refused by name", async (field, more) => {
  const delivered = await door.teams.deliver(activity(more));
  expect(delivered).toMatchObject({
    status: 400,
    body: { type: "urn:muster:problem:activity-not-understood" },
  });
  expect(JSON.stringify(delivered)).toContain(field);
});

test.each(["typing", "messageReaction", "endOfConversation", "somethingNew"])(
  "a %s is taken, and nothing comes of it",
  async (type) => {
    const before = door.teams.requests().length;
    expect(await status(activity({ type }))).toBe(200);
    expect(door.teams.requests()).toHaveLength(before);
  },
);

test("an invoke that is no press on a card is not implemented, and one that can't be read is bad", async () => {
  expect(await status(activity({ type: "invoke", name: "task/fetch", value: {} }))).toBe(501);
  const broken = await door.teams.deliver(
    activity({ type: "invoke", name: "adaptiveCard/action", value: { action: "no" } }),
  );
  expect(broken).toMatchObject({
    status: 400,
    body: { statusCode: 400, type: "application/vnd.microsoft.error", value: { code: "BadRequest" } },
  });
});

test("where the chat does not say whose account speaks nothing is done, and that is answered", async () => {
  const heard = door.teams.sent().find(({ activity: each }) => each["type"] === "message")?.activity;
  const from = { id: door.teams.user(ada).mri };
  expect(await status({ ...heard, id: "n1", from })).toBe(200);
  expect(door.wordsTo(ada).at(-1)).toContain("not known whose account");
  const press = { type: "invoke", name: "adaptiveCard/action", value: { action: { verb: "list" } } };
  expect(await door.teams.deliver({ ...heard, ...press, id: "n2", from })).toMatchObject({
    status: 200,
    body: { statusCode: 403 },
  });
});

test("while nobody can tell whether it is Teams, an activity is to come again and nothing is done", async () => {
  const blind = await aTeamsDoor(undefined, { keys: "http://127.0.0.1:9/keys" });
  const delivered = await blind.teams.deliver(activity());
  expect(delivered).toMatchObject({
    outcome: "answered",
    status: 503,
    body: { type: "urn:muster:problem:keys-not-available" },
  });
  expect(blind.wordsTo(ada)).toHaveLength(0);
  await blind.close();
});
