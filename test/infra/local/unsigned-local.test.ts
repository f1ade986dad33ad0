// A client that signs nothing, at the bot's door of the one machine: let in there, if it is there, and if the host says so.
import { expect, test } from "vitest";
import { unsignedLocal } from "../../../infra/local/unsigned-local.ts";

const asked: unknown[] = [];
const strict = {
  faultIn: (authorization?: string) => (authorization === "Bearer good" ? undefined : "a token is needed"),
  judge(...claim: unknown[]) {
    asked.push(claim);
    return Promise.resolve({ outcome: "refused", why: "a signature is needed" } as const);
  },
};
const door = unsignedLocal(strict);
const origin = {
  channelId: "msteams",
  tenants: ["anybody's"],
  serviceUrl: "http://127.0.0.1:56150/_connector",
};

test.each([
  "http://127.0.0.1:56150/_connector",
  "http://localhost:3978",
  "http://[::1]:80/",
  "https://localhost/",
])("whoever shows no token and is answered at %s is let in", async (serviceUrl) => {
  expect(await door.judge(undefined, { ...origin, serviceUrl })).toEqual({ outcome: "proven" });
});

test.each([
  "http://127.0.0.1.stranger.example.com/",
  "http://localhost.stranger.example.com/",
  "http://localhost@stranger.example.com/",
  "https://smba.trafficmanager.net/emea/",
  "http://192.168.0.1/",
  "file://localhost/etc/passwd",
  "",
  undefined,
])("whoever is answered at %j is judged as anywhere", async (serviceUrl) => {
  asked.length = 0;
  expect(await door.judge(undefined, { ...origin, serviceUrl })).toMatchObject({ outcome: "refused" });
  expect(asked).toHaveLength(1);
});

test("whoever shows a token is judged by it, and whoever comes by another channel as well", async () => {
  for (const token of ["Bearer x", ""])
    expect(await door.judge(token, origin)).toMatchObject({ outcome: "refused" });
  expect(await door.judge(undefined, { ...origin, channelId: "webchat" })).toMatchObject({
    outcome: "refused",
  });
});

test("a client without a token is not refused for that, one with a bad token is", () => {
  expect(door.faultIn(undefined)).toBeUndefined();
  expect(door.faultIn("Bearer good")).toBeUndefined();
  for (const bad of ["", "Bearer bad"]) expect(door.faultIn(bad)).toBe("a token is needed");
});
