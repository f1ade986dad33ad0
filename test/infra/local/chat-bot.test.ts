// The bot of the one machine: which addresses it is given, and whom it lets in.
import { describe, expect, test } from "vitest";
import { trustedAddress } from "../../../functions/adapters/teams/addresses.ts";
import { botAt } from "../../../infra/local/chat-bot.ts";
import { chatSettings, simulatedChat } from "../../../infra/local/settings.ts";

const url = "http://127.0.0.1:4300";
const clock = { now: () => 0 };
const origin = { serviceUrl: `${url}/`, channelId: "msteams", tenants: [simulatedChat.tenant] };

describe("the bot speaks with", () => {
  test("the simulator at the hub's own address, and trusts nobody who is not on this machine", () => {
    const addresses = simulatedChat.addresses(url);
    expect(addresses).toMatchObject({
      serviceUrl: `${url}/simulator/chat/`,
      login: `${url}/simulator/chat`,
      graph: `${url}/simulator/chat/graph/v1.0`,
      keys: `${url}/simulator/chat/keys`,
    });
    for (const near of [addresses.serviceUrl, "http://localhost:56150/_connector", "http://[::1]:3978/"])
      expect(trustedAddress(near, addresses), near).toBeDefined();
    for (const far of [
      "https://smba.trafficmanager.net/emea/",
      "http://10.0.0.1/",
      "http://127.0.0.1.example.com/",
    ])
      expect(trustedAddress(far, addresses), far).toBeUndefined();
  });

  test("another connector where TEAMS_SERVICE_URL says so, and signs in as before", () => {
    const addresses = chatSettings({ TEAMS_SERVICE_URL: "http://connector.test:8080/teams" }).addresses(url);
    expect(addresses.serviceUrl).toBe("http://connector.test:8080/teams/");
    expect(addresses.login).toBe(`${url}/simulator/chat`);
    expect(trustedAddress("http://connector.test:8080/emea/", addresses)).toBeDefined();
    expect(trustedAddress("http://connector.test:8081/emea/", addresses)).toBeUndefined();
  });
});

describe("with a real bot's credentials", () => {
  const real = { TEAMS_APP: "A-1", TEAMS_TENANT: "T-1", TEAMS_CLIENT_SECRET: "of the real one" };

  test("it is Microsoft that is spoken to, and nobody else is trusted", () => {
    const settings = chatSettings(real);
    expect(settings).toMatchObject({ mode: "real", app: "a-1", tenant: "t-1" });
    const addresses = settings.addresses(url);
    expect(addresses.login).toBe("https://login.microsoftonline.com");
    expect(trustedAddress("http://127.0.0.1:3978/", addresses)).toBeUndefined();
    expect(trustedAddress("https://smba.trafficmanager.net/emea/", addresses)).toBeDefined();
  });

  test("half of them is a fault that names what is missing", () => {
    expect(() => chatSettings({ ...real, TEAMS_CLIENT_SECRET: "" })).toThrow("TEAMS_CLIENT_SECRET not set");
    expect(() => chatSettings({ TEAMS_APP: "A-1" })).toThrow("TEAMS_TENANT and TEAMS_CLIENT_SECRET not set");
  });

  test("another connector comes before them: nothing real is sent where somebody tries something out", () => {
    expect(chatSettings({ ...real, TEAMS_SERVICE_URL: "http://127.0.0.1:1/" }).mode).toBe("elsewhere");
  });
});

describe("let in unsigned", () => {
  test("is nobody, unless the host says so", async () => {
    const { botProof } = botAt(simulatedChat, url, clock);
    expect(await botProof.judge(undefined, origin)).toMatchObject({ outcome: "refused" });
    const lax = botAt({ ...simulatedChat, unsigned: true }, url, clock);
    expect(await lax.botProof.judge(undefined, origin)).toEqual({ outcome: "proven" });
  });

  test("is nobody where there is no bot", async () => {
    const { botProof, chat } = botAt(undefined, url, clock);
    expect(chat.bot()).toBeUndefined();
    expect(await botProof.judge(undefined, origin)).toMatchObject({ outcome: "refused" });
  });
});
