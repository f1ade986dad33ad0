// What Teams tells, as it is read: bounded, and without failing whatever it is.
import fc from "fast-check";
import { expect, test } from "vitest";
import { originOf, teamsActivity } from "../../functions/sources/teams-activity.ts";
import { spokenTo } from "../../functions/sources/teams-text.ts";

const user = "AAAAAAAA-0000-4000-8000-000000000001";
const bot = { id: "28:bot", name: "Muster" };
const message = {
  type: "message",
  id: "1",
  text: "ack",
  serviceUrl: "https://chat.example.com/",
  channelId: "msteams",
  from: { id: "29:1", aadObjectId: user },
  recipient: bot,
  conversation: { id: "a:1", conversationType: "personal", tenantId: "t1" },
  channelData: { tenant: { id: "t1" } },
};
const inChannel = {
  conversation: { id: "19:x@thread.tacv2;messageid=7", conversationType: "channel", isGroup: true },
  channelData: { tenant: { id: "t1" }, team: { id: "19:team" }, channel: { id: "19:x@thread.tacv2" } },
};
const mention = { type: "mention", mentioned: { id: bot.id, name: "Muster" }, text: "<at>Muster</at>" };

test("who speaks is an object id in lower case; a name that is no object id is nobody's", () => {
  expect(teamsActivity(message)).toMatchObject({ from: { id: "29:1", user: user.toLowerCase() } });
  for (const aadObjectId of ["ada@test.example", "", null, "../person/ada", "a b", "x".repeat(65)]) {
    const read = teamsActivity({ ...message, from: { id: "29:1", aadObjectId } });
    expect(read).toMatchObject({ kind: "message", from: { id: "29:1" } });
    expect(JSON.stringify(read)).not.toContain('"user"');
  }
});

test("a thread's place is the thread, and its channel and team are known", () => {
  expect(teamsActivity({ ...message, ...inChannel })).toMatchObject({
    at: {
      kind: "channel",
      conversation: "19:x@thread.tacv2;messageid=7",
      channel: "19:x@thread.tacv2",
      team: "19:team",
    },
    isToUs: false,
  });
});

test.each([
  [{ id: "a:1", tenantId: "t1" }, "personal"],
  [{ id: "a:1", tenantId: "t1", isGroup: true }, "group"],
  [{ id: "19:x@thread.v2", conversationType: "groupChat", tenantId: "t1" }, "group"],
])("the place %j is %s", (conversation, kind) => {
  expect(teamsActivity({ ...message, conversation })).toMatchObject({ at: { kind } });
});

test("the tenant is that of the channel's data; of the conversation where that says nothing", () => {
  expect(teamsActivity({ ...message, channelData: undefined })).toMatchObject({ tenant: "t1" });
  expect(originOf({ ...message, channelData: undefined })).toMatchObject({ tenants: ["t1"] });
  const none = { ...message, channelData: {}, conversation: { id: "a:1" } };
  expect(teamsActivity(none)).toMatchObject({ kind: "malformed", wrong: "channelData.tenant.id" });
});

test("the tenant that is proved is the tenant that is read", () => {
  const tenants = fc.option(fc.constantFrom("t1", "t2", "", 7, null, { id: "t1" }), { nil: undefined });
  fc.assert(
    fc.property(tenants, tenants, (inData, inConversation) => {
      const body = {
        ...message,
        channelData: { tenant: { id: inData } },
        conversation: { ...message.conversation, tenantId: inConversation },
      };
      const read = teamsActivity(body);
      if (read.kind === "message") expect(originOf(body).tenants).toContain(read.tenant);
    }),
  );
});

test("every tenant that an activity names is proved, and what is no name is no tenant of ours", () => {
  const of = (body: object) =>
    originOf({ ...message, channelData: undefined, conversation: {}, ...body }).tenants;
  expect(of({ channelData: { tenant: { id: "t1" } }, conversation: { id: "a:1", tenantId: "t2" } })).toEqual([
    "t1",
    "t2",
  ]);
  expect(of({ from: { id: "29:1", tenantId: "t3" } })).toEqual(["t3"]);
  expect(of({ recipient: { id: "28:1", tenantId: "t4" } })).toEqual(["t4"]);
  for (const nobody of [7, true, {}, ["t1"], "x".repeat(3000)])
    expect(of({ conversation: { id: "a:1", tenantId: nobody } })).toEqual([
      expect.not.stringMatching(/^t\d$/),
    ]);
  for (const absent of [undefined, null, ""])
    expect(of({ conversation: { id: "a:1", tenantId: absent } })).toEqual([]);
});

test("whoever writes a book is heard, as far as it is read", () => {
  const read = teamsActivity({ ...message, text: `ack ${"and so on ".repeat(10_000)}` });
  expect(read).toMatchObject({ kind: "message", words: expect.stringMatching(/^ack and so on/) });
});

test("what is empty or strange beside the words costs neither them nor that we are named", () => {
  const strange = { type: "clientInfo", text: { of: "another kind" } };
  const beside = { tenant: {}, team: { id: null }, channel: {}, settings: { selectedChannel: {} } };
  const named = { ...mention, text: "<at>The pager</at>" };
  const text = "<at>The pager</at> ack";
  const read = teamsActivity({
    ...message,
    conversation: { ...inChannel.conversation, tenantId: "t1" },
    channelData: beside,
    text,
    entities: [strange, 7, named],
  });
  expect(read).toMatchObject({ kind: "message", words: "ack", isToUs: true, tenant: "t1" });
  expect(read).toMatchObject({ at: { kind: "channel", channel: "19:x@thread.tacv2" } });
});

test.each([
  ["installationUpdate", { action: "add" }, "came"],
  ["installationUpdate", { action: "add-upgrade" }, "came"],
  ["installationUpdate", { action: "remove" }, "went"],
  ["installationUpdate", { action: "remove-upgrade" }, "seen"],
  ["conversationUpdate", { membersAdded: [{ id: "29:2" }, { id: bot.id }] }, "came"],
  ["conversationUpdate", { membersAdded: [{ id: "29:2" }] }, "seen"],
  ["conversationUpdate", { membersRemoved: [{ id: bot.id }] }, "went"],
  ["conversationUpdate", { membersRemoved: [{ id: "29:2" }] }, "seen"],
  ["conversationUpdate", { channelData: { tenant: { id: "t1" }, eventType: "channelDeleted" } }, "gone"],
  ["conversationUpdate", { channelData: { tenant: { id: "t1" }, eventType: "teamDeleted" } }, "gone"],
  ["conversationUpdate", { channelData: { tenant: { id: "t1" }, eventType: "channelRenamed" } }, "seen"],
  ["conversationUpdate", { channelData: { tenant: { id: "t1" }, eventType: "channelRestored" } }, "seen"],
  ["messageReaction", {}, "nothing"],
])("%s %j is “%s”", (type, more, kind) => {
  expect(teamsActivity({ ...message, ...more, type })).toMatchObject({ kind });
});

test.each([
  [{ action: { type: "Action.Execute", verb: "acknowledge", data: { incident: "1" } } }, "press"],
  [{ action: { verb: "acknowledge" }, trigger: "automatic" }, "press"],
  [{ action: { verb: "" } }, "broken-press"],
  [{ action: { verb: "x", data: "text" } }, "broken-press"],
  ["text", "broken-press"],
  [undefined, "broken-press"],
])("the press %j is a %s", (value, kind) => {
  expect(teamsActivity({ ...message, type: "invoke", name: "adaptiveCard/action", value })).toMatchObject({
    kind,
  });
});

test("nothing that comes makes the reader fail", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(...Object.keys(message)), (value, key) => {
      for (const body of [value, { ...message, [key]: value }, { ...message, ...inChannel, [key]: value }]) {
        expect(teamsActivity(body)).toHaveProperty("kind");
        originOf(body);
      }
    }),
  );
});

test.each([
  ["<at>Muster</at> ack", [mention], "ack", true],
  ["ack <at>Muster</at>", [mention], "ack", true],
  ["<at>Muster</at>&nbsp;page&nbsp;linus", [mention], "page linus", true],
  ["<at>Muster</at> ack", [], "ack", true],
  ['<at id="0">Muster</at> ack', [], "ack", true],
  ["<at>Linus</at> ack", [], "Linus ack", false],
  ["ack", [], "ack", false],
  ['<quoted messageId="1778622003149"/> ack', [{ type: "quotedReply" }], "ack", false],
  ['<quoted messageId="1"/>\n<quoted messageId="2"/>\n<at>Muster</at> ack', [mention], "ack", true],
  ["<p>ack</p>", [], "ack", false],
  ["a &lt;b&gt; &amp;amp; &#39;c&#x27; &quot;", [], `a <b> &amp; 'c' "`, false],
  ["<script>alert(1)</script>", [], "<script>alert(1)</script>", false],
  ["&#0;&#99999999;x", [], "&#99999999;x", false],
])("“%s” says %j", (text, entities, words, isToUs) => {
  expect(spokenTo(text, entities, bot)).toEqual({ words, isToUs });
});

test("somebody who is called like the bot is not the bot", () => {
  const other = { type: "mention", mentioned: { id: "29:9", name: "Somebody" }, text: "<at>Somebody</at>" };
  expect(spokenTo("<at>Somebody</at> ack", [other], bot)).toEqual({ words: "Somebody ack", isToUs: false });
});
