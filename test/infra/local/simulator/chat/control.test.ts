// The simulated chat, as its page and a test see it.
import { afterEach, beforeEach, expect, test } from "vitest";
import { simulatedToken } from "../../../../../infra/local/simulator/chat/chat-simulator.ts";
import { simulatedChat } from "../../../../support/simulated-chat.ts";

let chat: Awaited<ReturnType<typeof simulatedChat>>;
beforeEach(async () => {
  chat = await simulatedChat();
});
afterEach(() => chat.stop());

const call = (path: string, method = "GET", body?: unknown, headers: Record<string, string> = {}) =>
  fetch(`${chat.url}/simulator/chat${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const asBot = { authorization: `Bearer ${simulatedToken}` };
const line = { type: "message", text: "hello" };

test("it shows how it behaves and what was said in it", async () => {
  const posted = await call("/v3/conversations/probe/activities", "POST", line, asBot);
  expect([posted.status, await posted.json()]).toEqual([201, { id: "1" }]);
  await call("/v3/conversations/probe/activities/1", "PUT", { ...line, text: "again" }, asBot);
  expect(await (await call("")).json()).toMatchObject({
    mode: "well",
    conversations: [{ id: "probe", activities: [{ id: "1", text: "again" }] }],
  });
});

test("it is broken and mended by command, and takes no other word", async () => {
  expect(await (await call("/mode", "POST", { mode: "failing" })).json()).toMatchObject({ mode: "failing" });
  expect((await call("/v3/conversations/probe/activities", "POST", line, asBot)).status).toBe(503);
  expect((await call("/mode", "POST", { mode: "sulking" })).status).toBe(400);
  expect(chat.chat.mode).toBe("failing");
});

test("a page of another origin can't break it", async () => {
  const foreign = await call("/mode", "POST", { mode: "off" }, { origin: "https://elsewhere.example" });
  expect(foreign.status).toBe(403);
});

test.each([
  ["nobody without the token", "/v3/conversations/probe/activities", "POST", line, {}, 401],
  ["no other conversation", "/v3/conversations/x/activities", "POST", line, asBot, 404],
  ["no change of what was never said", "/v3/conversations/probe/activities/9", "PUT", line, asBot, 404],
  ["no taking away of it either", "/v3/conversations/probe/activities/9", "DELETE", undefined, asBot, 404],
  ["nothing that is no line", "/v3/conversations/probe/activities", "POST", { type: "x" }, asBot, 400],
  ["no other method", "/v3/conversations/probe/activities", "PUT", line, asBot, 405],
  ["no other address", "/v3/teams", "GET", undefined, asBot, 404],
])("it takes %s", async (_, path, method, body, headers, status) => {
  expect((await call(path, method, body, headers)).status).toBe(status);
});
