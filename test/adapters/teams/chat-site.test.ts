// What the chat's connector can answer to a look whether it is reached, and what the hub makes of that.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { noChatSite } from "../../../functions/adapters/teams/chat-site.ts";
import type { ChatMode } from "../../../infra/local/simulator/chat/modes.ts";
import { simulatedChat } from "../../support/simulated-chat.ts";

let chat: Awaited<ReturnType<typeof simulatedChat>>;
beforeEach(async () => {
  chat = await simulatedChat();
});
afterEach(() => chat.stop());

const probe = (conversation = chat.conversation(), secret?: string) =>
  chat
    .bot(secret === undefined ? {} : { secret })
    .site(conversation)
    .probe();

test("a line that can be posted and read back is proof, and nothing of it stays", async () => {
  expect(await probe()).toEqual({ outcome: "well" });
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
    expect(await probe()).toEqual({ outcome: "unreachable", reason });
    chat.chat.behave("well");
    expect(await probe()).toEqual({ outcome: "well" });
  });

  test("that does not know us", async () => {
    expect(await probe(chat.conversation(), "another")).toEqual({
      outcome: "unreachable",
      reason: "account-refused",
    });
  });

  test("in which there is no such conversation: that is ours to mend", async () => {
    const reason = "sender-misconfigured";
    expect(await probe(chat.conversation("nowhere"))).toEqual({ outcome: "unreachable", reason });
  });

  test("for which nobody gives us a token", async () => {
    chat.chat.fail({ route: "token", mode: "failing" });
    expect(await probe()).toEqual({ outcome: "unreachable", reason: "provider-error" });
  });

  test.each(["https://stranger.example.com/v3/conversations/probe", "not an address", ""])(
    "at %j, where the bot shows its token to nobody",
    async (conversation) => {
      expect(await probe(conversation)).toEqual({ outcome: "unreachable", reason: "sender-misconfigured" });
      expect(chat.chat.requests()).toEqual([]);
    },
  );

  test.each([
    ["sends us elsewhere", 302, "{}", "provider-error"],
    ["talks without end", 200, "x".repeat(300_000), "provider-unreachable"],
    ["answers with a list", 201, '["1"]', "provider-error"],
    ["answers with an empty name", 201, '{"id":""}', "not-delivered"],
    ["answers with a name that is none", 201, '{"id":7}', "not-delivered"],
    ["answers with something else than JSON", 201, "<html>", "provider-error"],
  ])("that %s", async (_, status, body, reason) => {
    const server = createServer((_request, response) =>
      response.writeHead(status, { location: "http://127.0.0.1:1/" }).end(body),
    );
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const site = chat.bot().site(`${at}/v3/conversations/probe`);
    expect(await site.probe()).toEqual({ outcome: "unreachable", reason });
    server.closeAllConnections();
    server.close();
  });
});

test("a hub without a chat says so", async () => {
  expect(await noChatSite.probe()).toEqual({ outcome: "absent" });
});
