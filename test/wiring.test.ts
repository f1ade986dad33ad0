// The composition root: a factory for every port that a row may name, and an environment that says all that it lacks.
import { describe, expect, test } from "vitest";
import { pagesAt } from "../functions/command-post.ts";
import { optional, required, requiredJson } from "../functions/config.ts";
import type { Ports } from "../functions/ports.ts";
import { type PortName, subscriptions } from "../functions/subscriptions.ts";
import * as wiring from "../functions/wiring.ts";

// The compiler names a port without a factory, and a factory that makes something else.
const factories: { readonly [Port in PortName]: () => Ports[Port] } = wiring;

test("every port that a row uses has its factory", () => {
  const used = new Set<PortName>(Object.values(subscriptions).flatMap(({ uses }) => uses));
  expect([...used].filter((port) => typeof factories[port] !== "function")).toEqual([]);
});

test("an environment that lacks several settings is told all of them at once", () => {
  expect(() =>
    required(["TABLE_NAME", "BUS_NAME", "PUBLIC_URL"], { BUS_NAME: "bus", PUBLIC_URL: "" }),
  ).toThrow(/TABLE_NAME, PUBLIC_URL/);
});

test("an empty setting is none", () => {
  expect(optional("TWILIO_API_URL", { TWILIO_API_URL: "" })).toBeUndefined();
});

test("a setting that should be JSON and is not is named, not quoted", () => {
  expect(() => requiredJson("SIGN_IN", { SIGN_IN: "{secret" })).toThrow(
    /^SIGN_IN in the function's environment is not JSON$/,
  );
});

describe("a hub without a bot", () => {
  test("has nothing to say in the chat, lets nobody in there, and makes no channels", async () => {
    expect(wiring.chat().bot()).toBeUndefined();
    expect(
      await wiring.botProof().judge("Bearer x", { serviceUrl: "x", channelId: "msteams", tenants: ["x"] }),
    ).toEqual({
      outcome: "refused",
      why: "there is no bot",
    });
    const channel = { name: "x", description: "x", isPrivate: false };
    expect(await wiring.chatChannels().create("x", channel)).toMatchObject({ reason: "chat-not-set-up" });
    expect(await wiring.chatSite().probe()).toEqual({ outcome: "absent" });
    expect(wiring.carrierNames().all()).toEqual(["twilio"]);
  });
});

test("pages for people lie below the public address", () => {
  for (const base of ["https://muster.example.com", "https://muster.example.com/"]) {
    expect(pagesAt(base).address()).toBe("https://muster.example.com/");
    expect(pagesAt(base).address("incident/01J")).toBe("https://muster.example.com/incidents/01J");
  }
});
