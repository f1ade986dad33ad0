// The simulated chat, as its page and a test see it.
import { afterEach, beforeEach, expect, test } from "vitest";
import { simulatedChat } from "../../../../support/simulated-chat.ts";
import {
  aCard,
  ada,
  aMessage,
  cardMessage,
  joan,
  linus,
  teamsPeople,
} from "../../../../support/teams-cards.ts";

let chat: Awaited<ReturnType<typeof simulatedChat>>;
beforeEach(async () => {
  chat = await simulatedChat({ people: teamsPeople, notInstalledFor: [joan] });
});
afterEach(() => chat.stop());

test("it shows how it behaves and what was said in it", async () => {
  const activities = "/conversations/probe/activities";
  const { id } = (await chat.connector("POST", activities, aMessage("hello"))).body as { id: string };
  await chat.connector("PUT", `${activities}/${id}`, aMessage("again"));
  expect((await chat.ask("GET", "")).body).toMatchObject({
    mode: "well",
    conversations: [{ id: "probe", activities: [{ id, text: "again" }] }],
  });
});

test("it is broken and mended by command, and takes no other word", async () => {
  expect((await chat.ask("POST", "/mode", { mode: "failing" })).body).toMatchObject({ mode: "failing" });
  expect((await chat.connector("POST", "/conversations/probe/activities", aMessage("x"))).status).toBe(503);
  expect((await chat.ask("POST", "/mode", { mode: "sulking" })).status).toBe(400);
  expect(chat.chat.mode).toBe("failing");
  await chat.ask("DELETE", "/faults");
  expect(chat.chat.mode).toBe("well");
});

test("faults come by command, and are shown until they are used up", async () => {
  await chat.ask("POST", "/faults", { mode: "precondition-failed", route: "post", times: 2 });
  expect((await chat.ask("GET", "/faults")).body).toMatchObject({
    faults: [{ mode: "precondition-failed", times: 2 }],
  });
  const post = () => chat.connector("POST", "/conversations/probe/activities", aMessage("x"));
  expect([(await post()).status, (await post()).status, (await post()).status]).toEqual([412, 412, 201]);
});

test("a page of another origin can't touch it", async () => {
  for (const [path, body] of [
    ["/mode", { mode: "off" }],
    [`/people/${ada}/says`, { text: "hello" }],
  ] as const) {
    const foreign = await chat.ask("POST", path, body, { origin: "https://elsewhere.example" });
    expect(foreign.status).toBe(403);
  }
});

test("it shows who is there, and where", async () => {
  const { body } = await chat.ask("GET", "/people");
  expect(body).toMatchObject({
    bot: "Muster",
    people: [
      { upn: ada, name: "Ada Okafor", installed: "installed" },
      { upn: linus, installed: "installed" },
      { upn: joan, installed: "absent" },
    ],
    channels: [{ name: "General" }, { id: "19:incidents@thread.tacv2", name: "Incidents" }],
  });
});

test("everybody sees their own chat and every channel, and nobody the chat of somebody else", async () => {
  const { conversation } = chat.chat.user(ada);
  await chat.connector(
    "POST",
    `/conversations/${conversation}/activities`,
    cardMessage(aCard("Checkout is down")),
  );
  const seen = await chat.ask("GET", `/view?as=${ada}`);
  expect(seen.body).toMatchObject({ conversation, messages: [{ card: { type: "AdaptiveCard" } }] });
  expect((await chat.ask("GET", `/view?as=${linus}&in=${encodeURIComponent(conversation)}`)).status).toBe(
    403,
  );
  expect((await chat.ask("GET", "/view?as=nobody@brightwater.example")).status).toBe(404);
});

test.each([
  ["POST", "/people/nobody@brightwater.example/says", { text: "x" }, 404],
  ["POST", `/people/${ada}/says`, { text: "" }, 400],
  ["POST", `/people/${ada}/dances`, {}, 404],
  ["POST", "/channels/19:nowhere@thread.tacv2/says", { as: ada, text: "x" }, 404],
  ["POST", "/channels/19:incidents@thread.tacv2/says", { as: "nobody", text: "x" }, 404],
  [
    "POST",
    `/people/${ada}/presses`,
    { conversation: "x", message: "1", action: { type: "Action.Execute" } },
    404,
  ],
  ["GET", "/nowhere", undefined, 404],
  ["GET", "/people/a/b/c", undefined, 404],
  ["POST", "/consent", { given: "yes" }, 400],
] as const)("what is not there, or makes no sense, is refused: %s %s", async (method, path, body, status) => {
  expect((await chat.ask(method, path, body)).status).toBe(status);
});
