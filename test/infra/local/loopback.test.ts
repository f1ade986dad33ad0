// Who may call the one machine: itself, and under the public name whoever has to prove who he is.
import { expect, test } from "vitest";
import { fromHere } from "../../../infra/local/loopback.ts";

const calls = (url: string, headers: object) =>
  fromHere({ method: "POST", url, headers: headers as never }, "muster.example.com");

test.each(["/alerts/anything", "/twilio/messages", "/teams/messages"])(
  "through a tunnel %s may be called under the public name, and under no other",
  (url) => {
    expect(calls(url, { host: "muster.example.com" })).toBe(true);
    expect(calls(url, { host: "MUSTER.example.com:443" })).toBe(true);
    expect(calls(url, { host: "stranger.example.com" })).toBe(false);
  },
);

test.each(["/", "/api/incidents", "/teams/", "/teams/messages/..", "/simulator/teams"])(
  "%s is for this machine alone",
  (url) => {
    expect(calls(url, { host: "muster.example.com" })).toBe(false);
    expect(calls(url, { host: "localhost:4300" })).toBe(true);
  },
);

test("no page in a browser on this machine speaks to the bot as a client that need sign nothing", () => {
  expect(calls("/teams/messages", { host: "127.0.0.1:4300" })).toBe(true);
  for (const origin of ["https://stranger.example.com", "null"])
    expect(calls("/teams/messages", { host: "127.0.0.1:4300", origin })).toBe(false);
});
