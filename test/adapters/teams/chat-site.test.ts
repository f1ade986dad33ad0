// What the chat's connector can answer, and what the hub makes of it.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { chatTokenOf, noChatSite, teamsChatSite } from "../../../functions/adapters/teams/chat-site.ts";
import type { ChatMode } from "../../../infra/local/simulator/chat/modes.ts";
import { simulatedChat } from "../../support/simulated-chat.ts";

let chat: Awaited<ReturnType<typeof simulatedChat>>;
beforeEach(async () => {
  chat = await simulatedChat();
});
afterEach(() => chat.stop());

test("a line that can be posted and read back is proof, and nothing of it stays", async () => {
  expect(await chat.site().probe()).toEqual({ outcome: "well" });
  expect(chat.chat.said("probe")).toEqual([]);
});

describe("a chat is not reached", () => {
  test.each<[ChatMode, string]>([
    ["off", "provider-unreachable"],
    ["slow", "timed-out"],
    ["failing", "provider-error"],
    ["rate-limited", "rate-limited"],
    ["taken-without-id", "not-delivered"],
    ["failure-text", "provider-error"],
    ["forgetful", "not-delivered"],
  ])("that is %s: %s", async (mode, reason) => {
    chat.chat.behave(mode);
    expect(await chat.site().probe()).toEqual({ outcome: "unreachable", reason });
    chat.chat.behave("well");
    expect(await chat.site().probe()).toEqual({ outcome: "well" });
  });

  test("that does not know us", async () => {
    const stranger = await chat.site({ token: "another" }).probe();
    expect(stranger).toEqual({ outcome: "unreachable", reason: "account-refused" });
  });

  test("in which there is no such conversation: that is ours to mend", async () => {
    const nowhere = await chat.site({ conversation: "nowhere" }).probe();
    expect(nowhere).toEqual({ outcome: "unreachable", reason: "sender-misconfigured" });
  });

  test("for which nobody gives us a token", async () => {
    const site = teamsChatSite({
      conversation: chat.url,
      token: () => Promise.reject(new Error("the identity provider is down")),
    });
    expect(await site.probe()).toEqual({ outcome: "unreachable", reason: "account-refused" });
  });

  test.each([
    ["sends us elsewhere", 302, "{}", "provider-unreachable"],
    ["talks without end", 200, "x".repeat(70_000), "provider-unreachable"],
    ["answers with a list", 201, '["1"]', "not-delivered"],
    ["answers with an empty name", 201, '{"id":""}', "not-delivered"],
    ["answers with a name that is none", 201, '{"id":7}', "not-delivered"],
    ["answers with something else than JSON", 201, "<html>", "provider-error"],
  ])("that %s", async (_, status, body, reason) => {
    const server = createServer((_request, response) =>
      response.writeHead(status, { location: "http://127.0.0.1:1/" }).end(body),
    );
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const conversation = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const site = teamsChatSite({ conversation, token: () => Promise.resolve("t") });
    expect(await site.probe()).toEqual({ outcome: "unreachable", reason });
    server.closeAllConnections();
    server.close();
  });
});

test("a hub without a chat says so", async () => {
  expect(await noChatSite.probe()).toEqual({ outcome: "absent" });
});

test("a secret of another form is refused without being quoted", () => {
  expect(chatTokenOf({ token: "t" })).toBe("t");
  for (const wrong of [{}, null, "s3cret", { token: "" }, { token: { a: "s3cret" } }])
    expect(() => chatTokenOf(wrong)).toThrow(/^(?!.*s3cret).*token/);
});
