// What the page loads of Microsoft's library: three names and what they need, small enough for a phone at night.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { clientName, layTeamsClient, teamsClient } from "../../../infra/teams/client.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "muster-client-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("it is within its budget, and the same each time", async () => {
  const built = await teamsClient();
  // KB. Grown on purpose? Write the new size down.
  expect(Math.round(built.length / 1024)).toBeLessThanOrEqual(66);
  expect(Math.round(gzipSync(built).length / 1024)).toBeLessThanOrEqual(22);
  expect(await teamsClient()).toBe(built);
});

test("it gives three names, says its version, and bears the library's licence", async () => {
  const built = await teamsClient();
  expect(built.split("\n")[0]).toMatch(
    /^\/\/ @microsoft\/teams-js 2\.58\.0: export \{ app, authentication, pages \}/,
  );
  expect(built).toContain("Copyright (c) Microsoft Corporation");
  expect(
    /export\{([^}]*)\};?\s*$/
      .exec(built)?.[1]
      ?.split(",")
      .map((one) => one.split(" as ")[1]),
  ).toEqual(["app", "authentication", "pages"]);
});

test("it asks one address of the world, which the page's policy names, and writes no markup", async () => {
  const built = await teamsClient();
  expect([...built.matchAll(/fetch\(/g)]).toHaveLength(1);
  expect(built).toContain("https://res.cdn.office.net/teams-js/validDomains/json/validDomains.json");
  expect(built).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/);
});

test("it is laid where it is missing or old, whole, and left alone where it is there", async () => {
  const file = join(folder, clientName);
  writeFileSync(file, "// @microsoft/teams-js 2.0.0: an older one\n");
  await layTeamsClient(folder);
  const laid = readFileSync(file, "utf8");
  expect(laid).toContain("2.58.0");
  writeFileSync(file, `${laid}// as it was`);
  await layTeamsClient(folder);
  expect(readFileSync(file, "utf8").endsWith("// as it was")).toBe(true);
  expect(existsSync(file) && readdirSync(folder)).toEqual([clientName]);
});
