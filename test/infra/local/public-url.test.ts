// The address behind a tunnel, as the environment gives it.
import { expect, test } from "vitest";
import { publicUrlIn } from "../../../infra/local/settings.ts";

test("a hub without MUSTER_PUBLIC_URL, or with an empty one, has none", () => {
  expect(publicUrlIn({})).toBeUndefined();
  expect(publicUrlIn({ MUSTER_PUBLIC_URL: "" })).toBeUndefined();
});

test("an http address is taken as it is written", () => {
  expect(publicUrlIn({ MUSTER_PUBLIC_URL: "https://hub.example/" })).toBe("https://hub.example/");
});

test.each([
  "hub.example",
  "ftp://hub.example",
  "https://",
  "https://ada@hub.example",
  "https://hub.example?x",
])("%s is refused by the name of the variable", (written) => {
  expect(() => publicUrlIn({ MUSTER_PUBLIC_URL: written })).toThrow(/^MUSTER_PUBLIC_URL is no address/);
});
