// The composition root: a factory for every port that a row may name, and an environment that says all that it lacks.
import { expect, test } from "vitest";
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
